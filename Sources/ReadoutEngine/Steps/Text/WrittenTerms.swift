/// Terms in one text, parted by commas: `OPCON, secur*, 'troop levels', /[0-9]{1,3}/`.
///
/// Quotes hold a comma together, and may be left out; so do the slashes of a regular expression. In quotes `\'`, `\"` and
/// `\\` stand for the quote or the backslash, any other backslash for itself.
public enum WrittenTerms {
  /// - Throws: a quote that does not end, text behind one that does, and a quote within a term.
  public static func terms(in text: String) throws(ReadoutError) -> [String] {
    var terms: [String] = []
    var rest = text.unicodeScalars[...]
    while true {
      rest = rest.drop { $0.properties.isWhitespace }
      var term = ""
      if let quote = rest.first, quote == "'" || quote == "\"" {
        term = try quoted(&rest, quote, text)
      } else if let end = Term.expressionEnd(in: rest, where: { $0 == "," || $0.properties.isWhitespace }) {
        term = String(rest[..<end])
        rest = rest[end...]
      } else {
        // An apostrophe inside a word is no quote: Korea's.
        let own = rest.prefix { $0 != "," }
        rest = rest[own.endIndex...]
        term = trimmed(String(own))
        if own.contains("\"") {
          throw ReadoutError(
            .request, "a quote within a term", value: term, hint: "a comma parts terms: OPCON, \"troop levels\"")
        }
      }
      if !term.isEmpty { terms.append(term) }
      rest = rest.drop { $0.properties.isWhitespace }
      guard let comma = rest.popFirst() else { return terms }
      guard comma == "," else {
        throw ReadoutError(
          .request, "a comma is missing between two terms", value: text, hint: "OPCON, 'troop levels'")
      }
    }
  }

  /// What stands between the quotes at the start of `rest`, which are taken off it.
  private static func quoted(
    _ rest: inout Substring.UnicodeScalarView, _ quote: Unicode.Scalar, _ text: String
  ) throws(ReadoutError) -> String {
    var term = String.UnicodeScalarView()
    rest.removeFirst()
    while let scalar = rest.popFirst() {
      if scalar == quote { return trimmed(String(term)) }
      if scalar == "\\", let next = rest.first, next == "\\" || next == "'" || next == "\"" {
        term.append(next)
        rest.removeFirst()
      } else {
        term.append(scalar)
      }
    }
    throw ReadoutError(.request, "a quote that does not end", value: text, hint: "OPCON, 'troop levels'")
  }

  /// Without the blanks at either end.
  private static func trimmed(_ term: String) -> String {
    String(term.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
