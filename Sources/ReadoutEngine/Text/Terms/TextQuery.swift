import ReadoutVectors

/// A condition on a text, as `has(text, query)` takes it: terms joined by `AND`, `OR`, `NOT` and brackets.
///
/// ```
/// query  = all (OR all)*
/// all    = one ((AND [NOT] | NOT) one)*
/// one    = NOT one | ( query ) | 'term' | "term" | term
/// ```
/// A term without quotation marks goes to the next operator or bracket.
indirect enum TextQuery: Sendable {
  case term(Int)
  case not(TextQuery)
  case all([TextQuery])
  case any([TextQuery])

  /// Whether it holds where `holds` tells which terms a text has.
  func evaluate(_ holds: (Int) -> Bool) -> Bool {
    switch self {
    case .term(let number): holds(number)
    case .not(let query): !query.evaluate(holds)
    case .all(let queries): queries.allSatisfy { $0.evaluate(holds) }
    case .any(let queries): queries.contains { $0.evaluate(holds) }
    }
  }
}

/// Reads a query, gathering its terms.
struct TextQueryParser {
  private enum Token: Equatable {
    case open, close, and, or, not
    case term(String)
  }

  private let text: String
  private var tokens: [Token] = []
  private var at = 0
  private var depth = 0
  private(set) var terms: [String] = []

  /// - Throws: what cannot be read, the query being the error's value.
  static func parse(_ text: String) throws(ReadoutError) -> (query: TextQuery, terms: [String]) {
    var parser = TextQueryParser(text)
    try parser.cut()
    let query = try parser.any()
    if parser.at < parser.tokens.count { throw parser.failure("AND, OR or the end is missing") }
    return (query, parser.terms)
  }

  private init(_ text: String) { self.text = text }

  private func failure(_ message: String) -> ReadoutError {
    ReadoutError(
      .request, "a query that cannot be read: \(message)", value: text,
      hint: "write it like OPCON AND (transfer OR transition) NOT 'joint exercise'")
  }

  // MARK: Tokens

  private mutating func cut() throws(ReadoutError) {
    var words: [String] = []
    func flush(_ words: inout [String], _ tokens: inout [Token]) {
      if !words.isEmpty { tokens.append(.term(words.joined(separator: " "))) }
      words = []
    }
    // Scalars: CR LF is one character, and so is a quotation mark with an accent behind it.
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      if first.properties.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "(" || first == ")" {
        flush(&words, &tokens)
        tokens.append(first == "(" ? .open : .close)
        rest = rest.dropFirst()
      } else if first == "'" || first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: first) else { throw failure("a quotation mark is open") }
        flush(&words, &tokens)
        tokens.append(.term(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        let end = Self.wordEnd(in: rest)
        let word = String(rest[..<end])
        rest = rest[end...]
        switch word {
        case "AND", "OR", "NOT":
          flush(&words, &tokens)
          tokens.append(word == "AND" ? .and : word == "OR" ? .or : .not)
        default: words.append(word)
        }
      }
    }
    flush(&words, &tokens)
  }

  /// Up to a blank or a bracket; a regular expression, which may hold either, up to its slash.
  private static func wordEnd(in rest: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView.Index {
    func ends(_ scalar: Unicode.Scalar) -> Bool { scalar == "(" || scalar == ")" || scalar.properties.isWhitespace }
    return Term.expressionEnd(in: rest) { $0 != "(" && ends($0) } ?? rest.firstIndex(where: ends) ?? rest.endIndex
  }

  // MARK: Grammar

  private var next: Token? { at < tokens.count ? tokens[at] : nil }

  private mutating func take(_ token: Token) -> Bool {
    guard next == token else { return false }
    at += 1
    return true
  }

  private mutating func any() throws(ReadoutError) -> TextQuery {
    var queries = [try all()]
    while take(.or) { queries.append(try all()) }
    return queries.count == 1 ? queries[0] : .any(queries)
  }

  private mutating func all() throws(ReadoutError) -> TextQuery {
    var queries = [try one()]
    while true {
      if take(.and) || next == .not { queries.append(try one()) } else { break }
    }
    return queries.count == 1 ? queries[0] : .all(queries)
  }

  /// How deep brackets and NOT may nest: whoever walks the query must not run out of stack.
  private static let deepest = 200

  private mutating func one() throws(ReadoutError) -> TextQuery {
    guard depth < Self.deepest else { throw failure("it is nested more than \(Self.deepest) levels deep") }
    depth += 1
    defer { depth -= 1 }
    if take(.not) { return .not(try one()) }
    if take(.open) {
      let query = try any()
      guard take(.close) else { throw failure("a bracket is open") }
      return query
    }
    guard case .term(let term)? = next else { throw failure("a term is missing") }
    at += 1
    terms.append(term)
    return .term(terms.count - 1)
  }
}
