import ReadoutVectors

@testable import ReadoutEngine

extension Harness {
  /// Lexicons: columns, AFINN's and LIWC's layout; read, and summed over a text that their own terms make up.
  static let lexicon = Harness("lexicon", "lexicons of every layout") { bytes in
    reads { () throws(ReadoutError) in
      let lexicon = try Lexicon(name: "input", bytes: bytes, file: "input.csv")
      let text = Array(lexicon.terms.prefix(50).joined(separator: " not ").utf8)
      _ = try lexicon.sum(in: text.span)
      _ = try lexicon.sum(in: text.span, negation: 3)
      for category in lexicon.categories.prefix(5) { _ = try lexicon.category(category)?.sum(in: text.span) }
    }
  }

  /// Queries of terms as `has` takes them; what is not one is a text to look through.
  static let terms = Harness("terms", "terms and queries of terms") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    reads { () throws(ReadoutError) in
      let (query, terms) = try TextQueryParser.parse(text)
      let matcher = try Terms(terms)
      var found: Set<Int> = []
      try matcher.forEachMatch(in: bytes.span) { found.insert($0.term) }
      _ = query.evaluate(found.contains)
    }
    reads { () throws(ReadoutError) in
      let terms = try Terms([text, "transfer*", "/condition.*/", "OPCON NEAR/3 transition"])
      var matches = 0
      try terms.forEachMatch(in: bytes.span) { _ in matches += 1 }
      if matches != (try terms.count(in: bytes.span)) { broken("two ways to count terms differ", text) }
    }
  }
}
