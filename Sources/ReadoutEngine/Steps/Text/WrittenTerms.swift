/// Terms in one text, parted by commas: `OPCON, secur*, 'troop levels', /[0-9]{1,3}/`.
///
/// Quotes hold a comma together, and may be left out; so do the slashes of a regular expression. In quotes `\\'`, `\\"` and
/// `\\\\` stand for the quote or the backslash, any other backslash for itself.
public enum WrittenTerms {
  /// - Throws: a quote that does not end, text behind one that does, and a text without a term.
  public static func terms(in text: String) throws(ReadoutError) -> [String] {
    var terms: [String] = []
    var rest = text.unicodeScalars[...]
    while true {
      rest = rest.drop { $0.properties.isWhitespace }
      var term = ""
      if let quote = rest.first, quote == "'" || quote == "\"" {
        term = try quoted(&rest, quote, text)
      } else if let end = expressionEnd(rest) {
        term = String(rest[..<end])
        rest = rest[end...]
      } else {
        // An apostrophe inside a word is no quote: Korea's.
        let own = rest.prefix { $0 != "," }
        rest = rest[own.endIndex...]
        term = String(String(own).reversed().drop(while: \.isWhitespace).reversed())
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
      if scalar == quote {
        let term = String(term)
        return String(term.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      }
      if scalar == "\\", let next = rest.first, next == "\\" || next == "'" || next == "\"" {
        term.append(next)
        rest.removeFirst()
      } else {
        term.append(scalar)
      }
    }
    throw ReadoutError(.request, "a quote that does not end", value: text, hint: "OPCON, 'troop levels'")
  }

  /// Behind the regular expression that `rest` begins with: the first slash that a blank, a comma or the end follows.
  private static func expressionEnd(
    _ rest: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView.Index? {
    guard rest.first == "/" else { return nil }
    var at = rest.index(after: rest.startIndex)
    while let slash = rest[at...].firstIndex(of: "/") {
      let next = rest.index(after: slash)
      if slash > at, next == rest.endIndex || rest[next] == "," || rest[next].properties.isWhitespace { return next }
      at = next
    }
    return nil
  }
}
