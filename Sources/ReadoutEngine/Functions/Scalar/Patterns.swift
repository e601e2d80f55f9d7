import ReadoutVectors

/// `matches extract`: regular expressions of PCRE2 over Unicode, found anywhere unless anchored.
///
/// The pattern is compiled once; each worker has its own working memory. A match that would take more than
/// `RegularExpression.Matcher.matchLimit` steps is an error, so that a pattern cannot hang a query.
enum Patterns {
  static let matches = BuiltInScalar(
    "matches", [Parameter("s", .strings), Parameter("regex", .strings, constant: true)], result: "boolean",
    "Whether a regular expression (PCRE2) matches anywhere in a string.",
    examples: [("matches('OPCON 2025', '[0-9]{4}')", "true"), ("matches('opcon', '^OPCON')", "false")]
  ) { (arguments) throws(ReadoutError) in
    let pattern = try Pattern(arguments[1], of: "matches")
    return StringKernel.kernel(.boolean, canFail: true, costly: true) { (strings, rows) throws(ReadoutError) in
      let matcher = try pattern.matcher(of: rows.worker)
      var found = MutableVector<UInt8>(repeating: 0, count: strings.count)
      for row in 0..<strings.count where rows.isPresent(row) {
        try pattern.lookAtTheClock(row, rows)
        if try pattern.matches(matcher, strings, row, rows) { found[row] = 1 }
      }
      return Values(booleans: found.freeze())
    }
  }

  static let extract = BuiltInScalar(
    "extract",
    [
      Parameter("s", .strings), Parameter("regex", .strings, constant: true),
      Parameter("group", [.integer], .optional, constant: true),
    ], result: "the type of s",
    "Gives the first match of a regular expression, or of one of its groups, or null; "
      + "without a number the first group where there is one, as Lua's string.match.",
    examples: [
      ("extract('in 2025', '[0-9]+')", "'2025'"), ("extract('a=1', '(.)=(.)', 2)", "'1'"),
      ("extract('a=1', '(.)=(.)')", "'a'"), ("extract('none', '[0-9]+')", "nil"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let type = arguments[0].type
    let pattern = try Pattern(arguments[1], of: "extract")
    let groups = pattern.expression.groupCount
    let group = arguments.count > 2 ? arguments[2].constantInteger ?? 0 : min(1, Int64(groups))
    guard 0...Int64(groups) ~= group else {
      throw ReadoutError(
        .request, "extract: no such group", value: String(group),
        hint: groups == 0 ? "it has none; 0 is the whole match" : "it has groups 1 to \(groups); 0 is the whole match",
        range: arguments[2].range)
    }
    return StringKernel.kernel(type, canFail: true, costly: true) { (strings, rows) throws(ReadoutError) in
      let matcher = try pattern.matcher(of: rows.worker)
      var starts = MutableVector<UInt32>(repeating: 0, count: strings.count)
      var ends = MutableVector<UInt32>(repeating: 0, count: strings.count)
      var found = BitmapBuilder()
      for row in 0..<strings.count {
        try pattern.lookAtTheClock(row, rows)
        guard rows.isPresent(row), try pattern.matches(matcher, strings, row, rows),
          let range = matcher.group(Int(group))
        else {
          found.append(false)
          continue
        }
        starts[row] = strings.starts[row] + UInt32(range.lowerBound)
        ends[row] = strings.starts[row] + UInt32(range.upperBound)
        found.append(true)
      }
      return Values(
        strings: StringVector(starts: starts.freeze(), ends: ends.freeze(), bytes: strings.bytes), type: type,
        validity: found.freezeValidity())
    }
  }

  /// A compiled pattern, and each worker's memory for it.
  private final class Pattern: Sendable {
    let expression: RegularExpression
    private let function: String

    init(_ argument: Argument, of function: String) throws(ReadoutError) {
      let text = argument.constantString ?? ""
      self.function = function
      do {
        expression = try RegularExpression(text)
      } catch {
        let place = String(decoding: Array(text.utf8).prefix(error.offset), as: UTF8.self).unicodeScalars.count
        throw ReadoutError(
          .request, "\(function): not a regular expression", value: text,
          hint: "\(error.message), at character \(place + 1) of it",
          range: argument.range)
      }
    }

    func matcher(of worker: Worker) throws(ReadoutError) -> RegularExpression.Matcher {
      // The matcher keeps the expression alive, so that no other object can take its place as the owner.
      try worker.resource(of: expression) { RegularExpression.Matcher(expression) }
    }

    /// A match may take some tenths of a second.
    func lookAtTheClock(_ row: Int, _ rows: Evaluation) throws(ReadoutError) {
      if row & 3 == 3 { try rows.worker.control?.checkpoint() }
    }

    func matches(
      _ matcher: RegularExpression.Matcher, _ strings: StringVector, _ row: Int, _ rows: Evaluation
    ) throws(ReadoutError) -> Bool {
      do {
        return try matcher.matches(strings, row)
      } catch .limit {
        throw rows.error(
          "\(function): too many steps for one match", value: expression.pattern, row: row,
          hint: "avoid nested repetitions such as (a+)+, or anchor it")
      } catch {
        throw ReadoutError.bug("PCRE2 failed: \(error)")
      }
    }
  }
}
