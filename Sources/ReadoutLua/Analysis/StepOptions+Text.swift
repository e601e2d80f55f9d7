import ReadoutEngine
import ReadoutVectors

extension StepOptions {
  /// A list of expressions, such as the keys of `by`.
  func list(of key: String) throws(ReadoutError) -> OptionExpressions? {
    try parsed(key) { (text) throws(ReadoutError) in
      OptionExpressions(key, text, try ExpressionParser.list(text), at: placeOfText(text))
    }
  }

  /// One expression.
  func condition(_ key: String) throws(ReadoutError) -> OptionExpressions? {
    try parsed(key) { (text) throws(ReadoutError) in
      OptionExpressions(key, text, [ListItem(name: key, try ExpressionParser.expression(text))], at: placeOfText(text))
    }
  }

  /// One of the cases, by name.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ key: String, of type: Choice.Type
  ) throws(ReadoutError) -> Choice? {
    guard let name = try string(key) else { return nil }
    if let found = Choice(rawValue: name) { return found }
    throw ReadoutError(
      .request, "unknown \(key)", value: name, place: place,
      hint: Suggestion.hint(for: name, among: Choice.allCases.map(\.rawValue), kind: "\(key) is one of"))
  }

  /// `stop`: a language, a file of words, or a list of words.
  func stopWords(_ analysis: Analysis) throws(ReadoutError) -> StopWords {
    guard let text = data["stop"].string else { return StopWords(try list("stop") ?? []) }
    if let words = StopWords(language: text) { return words }
    guard text.contains(where: { $0 == "." || $0 == "/" }) else {
      throw ReadoutError(
        .request, "unknown stop words", value: text, place: place,
        hint: "a language (\(StopWords.languages.joined(separator: ", "))), a file, or a list: { \"the\", \"of\" }")
    }
    do throws(ReadoutError) { return StopWords(file: text, contents: try analysis.host.contents(ofFile: text)) } catch {
      throw error.at(file: place.file, line: place.line, step: step, detail: "stop")
    }
  }

  /// `stem`: a language, or false for words as they stand.
  func stemming() throws(ReadoutError) -> Stemming {
    if data["stem"].isNull { return .ofColumn }
    if data["stem"].boolean == false { return .none }
    guard let name = data["stem"].string else { throw wrong("stem", "a language, or false") }
    guard let language = Stemmer.Language(name) else {
      throw ReadoutError(
        .request, "unknown language of stems", value: name, place: place,
        hint: Suggestion.hint(for: name, among: Stemmer.Language.names, kind: "languages"))
    }
    return .language(language)
  }
}
