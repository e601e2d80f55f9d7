import ReadoutEngine

/// The option table of a step, `{ width = 5, column = "text" }`: each option asked for with its type.
///
/// An option that is left out is nil. Errors have blame `.request`, the step's place, and the option in their detail.
struct StepOptions {
  let step: String
  let data: LuaData
  /// The place of the call.
  let place: ReadoutError.Place
  /// The place of an option's text.
  let placeOfText: (String) -> ReadoutError.Place

  /// Reads argument `index` of a call; a missing table has no options.
  /// - Parameter known: The options there are: another name is refused, with the nearest of them.
  init(
    _ call: HostCall, _ index: Int, of step: String, known: [String], in analysis: Analysis
  ) throws(ReadoutError) {
    let place = analysis.place(of: call, step: step)
    do throws(ReadoutError) { data = try call[index].data("the options of \(step)") } catch {
      throw error.at(file: place.file, line: place.line, step: step)
    }
    self.step = step
    self.place = place
    placeOfText = { analysis.place(of: call, step: step, text: $0) }
    if data.isNull { return }
    guard case .table(let items, let fields) = data else {
      throw ReadoutError(
        .request, "\(step) takes its options in a table", value: data.typeName, place: place,
        hint: index == 1
          ? "q:\(step){ \(known.first ?? "option") = … }"
          : "q:\(step)(…, { \(known.joined(separator: " = …, ")) = … })")
    }
    if let item = items.first {
      throw ReadoutError(
        .request, "an option of \(step) without a name", value: item.string ?? item.typeName, place: place,
        hint: "options: \(known.joined(separator: ", "))")
    }
    for field in fields where !known.contains(field.key.string ?? "") {
      let name = field.key.string ?? field.key.typeName
      throw ReadoutError(
        .request, "unknown option of \(step)", value: name, place: place,
        hint: Suggestion.hint(for: name, among: known, kind: "options"))
    }
  }

  subscript(key: String) -> LuaData { data[key] }

  func string(_ key: String) throws(ReadoutError) -> String? {
    if data[key].isNull { return nil }
    guard let text = data[key].string else { throw wrong(key, "a string") }
    return text
  }

  func boolean(_ key: String) throws(ReadoutError) -> Bool? {
    if data[key].isNull { return nil }
    guard let value = data[key].boolean else { throw wrong(key, "true or false") }
    return value
  }

  /// A whole number in `range`.
  func integer(_ key: String, in range: ClosedRange<Int> = 0...Int.max) throws(ReadoutError) -> Int? {
    if data[key].isNull { return nil }
    guard let value = data[key].integer, let whole = Int(exactly: value), range.contains(whole) else {
      let bounds = range.upperBound == .max ? "from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      throw wrong(key, "a whole number, \(bounds)")
    }
    return whole
  }

  /// A number in `range`; NaN is in none.
  func number(
    _ key: String, in range: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) throws(ReadoutError) -> Double? {
    if data[key].isNull { return nil }
    guard let value = data[key].number, range.contains(value) else {
      throw wrong(
        key, range.lowerBound == -.infinity ? "a number" : "a number, \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A list of strings; one string alone is a list of one.
  func list(_ key: String) throws(ReadoutError) -> [String]? {
    if data[key].isNull { return nil }
    if let text = data[key].string { return [text] }
    let texts = data[key].items.compactMap(\.string)
    guard case .table(let items, let fields) = data[key], texts.count == items.count, fields.isEmpty else {
      throw wrong(key, "a list of strings")
    }
    return texts
  }

  /// One of a few words, given by name.
  func choice<Choice>(_ key: String, _ choices: KeyValuePairs<String, Choice>) throws(ReadoutError) -> Choice? {
    guard let name = try string(key) else { return nil }
    if let found = choices.first(where: { $0.key == name }) { return found.value }
    throw ReadoutError(
      .request, "unknown \(key)", value: name, place: place,
      hint: Suggestion.hint(for: name, among: choices.map(\.key), kind: "\(key) is one of"))
  }

  /// An expression or list in the text of an option, read by one of `ExpressionParser`'s functions; errors say where in the
  /// text. What the text's ranges count in travels with it, since an option's text is not the step's.
  func parsed<Parsed>(
    _ key: String, _ parse: (String) throws(ReadoutError) -> Parsed
  ) throws(ReadoutError) -> Parsed? {
    guard let text = try string(key) else { return nil }
    do throws(ReadoutError) { return try parse(text) } catch {
      let position = error.range.map { "\(key), \(ReadoutError.position(ofByte: $0.lowerBound, in: text))" }
      let place = placeOfText(text)
      throw error.at(file: place.file, line: place.line, step: step, detail: position ?? key)
    }
  }

  /// That an option has not the form it must have.
  func wrong(_ key: String, _ wanted: String) -> ReadoutError {
    let shown: String? =
      switch data[key] {
      case .string(let text): text
      case .integer(let value): "\(value)"
      case .number(let value): "\(value)"
      default: nil
      }
    return ReadoutError(.request, "\(key) is not \(wanted)", value: shown ?? data[key].typeName, place: place)
  }
}
