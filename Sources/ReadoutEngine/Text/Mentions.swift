import ReadoutVectors

/// `words mentions`: counting words and terms.
enum Mentions {
  static let words = BuiltInScalar(
    "words", [Parameter("text", .strings)], result: "integer", "Counts the words of a text.",
    examples: [("words('Korea does not want war.')", "5"), ("words('1,000.5')", "1"), ("words('')", "0")]
  ) { _ in
    StringKernel.kernel(.integer) { strings, _ in
      Values(
        integers: Vector(count: strings.count) { row in strings.withBytes(row) { Int64(Words.count(in: $0)) } })
    }
  }

  static let mentions = BuiltInScalar(
    "mentions", [Parameter("text", .strings), Parameter("term", .strings, .repeated, constant: true)],
    result: "integer",
    "Counts how often terms occur as whole words, case ignored; a term may be a phrase and may end in *, "
      + "and where terms overlap the longest counts.",
    examples: [
      ("mentions('The ROK and the rok', 'ROK')", "2"),
      ("mentions('nuclear weapons, Nuclear tests', 'nuclear test*')", "1"),
      ("mentions(\"North Korea and Korea's south\", 'Korea', 'North Korea')", "2"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let matcher: TermMatcher
    do throws(ReadoutError) {
      matcher = try TermMatcher(terms: arguments.dropFirst().map { $0.constantString ?? "" })
    } catch {
      var error = error
      error.range = arguments.dropFirst().first { $0.constantString == error.value }?.range
      throw error
    }
    return StringKernel.kernel(.integer) { strings, _ in
      Values(integers: Vector(count: strings.count) { row in strings.withBytes(row) { Int64(matcher.count(in: $0)) } })
    }
  }
}
