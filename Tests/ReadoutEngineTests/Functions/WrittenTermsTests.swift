import Testing

@testable import ReadoutEngine

/// Terms in one text, and queries, as users write them.
struct WrittenTermsTests {
  @Test(arguments: [
    ("OPCON, secur*,'troop levels' , \"a, b\"", ["OPCON", "secur*", "troop levels", "a, b"]),
    ("Korea's, /[0-9]{1,3}/, '/\\d+,/'", ["Korea's", "/[0-9]{1,3}/", "/\\d+,/"]),
    ("'don\\'t', '\\\\d', \"it's\"", ["don't", "\\d", "it's"]), ("a,,b,", ["a", "b"]), ("", []),
    ("/a b/ , c", ["/a b/", "c"]),
    ("a / b", ["a / b"]), ("a\r\n, b\u{A0}", ["a", "b"]),
  ]) func areParted(text: String, terms: [String]) throws {
    #expect(try WrittenTerms.terms(in: text) == terms)
  }

  @Test(arguments: ["'a' 'b'", "'don't', say", "\"a\"b", "'open", "a \"b\"", "/a/b, /c/ d"]) func whatIsNotClear(
    text: String
  ) {
    #expect(throws: ReadoutError.self) { try WrittenTerms.terms(in: text) }
  }

  /// Blanks of all kinds part the words of a query.
  @Test(arguments: [" ", "\n", "\r\n", "\r", "\t", "\u{A0}"]) func blanksOfQueries(blank: String) throws {
    let query = try TextCondition("colour\(blank)AND\(blank)(it OR\(blank)/x y/)")
    #expect(query.terms.flatMap(\.terms) == ["colour", "it", "/x y/"])
    #expect(try query.holds(for: Array("the colour of it".utf8).span))
  }

  /// The whole word has to match, however the expression is written.
  @Test(arguments: ["/abc/", "/(?x) abc # the word/", "/\\Qabc/", "/(*UTF)abc/", "/ABC|a/", "/a|abc/"])
  func expressionsAreWhole(term: String) throws {
    let terms = try Terms([term])
    #expect(try terms.count(in: Array("abc abcd, ABC.".utf8).span) == 2, "\(term)")
  }
}
