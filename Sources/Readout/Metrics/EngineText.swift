import ReadoutEngine
import ReadoutLua
import ReadoutVectors

/// The engine's text functions for plugins: what `words`, `mentions` and the others give in Lua is what they give in an
/// expression.
struct EngineText: TextFunctions {
  let lexicons: Lexicons

  func words(in text: Span<UInt8>) -> Int { Words.count(in: text) }

  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter {
    Counter(terms: try Terms(terms))
  }

  func query(_ query: String) throws(ReadoutError) -> any TextCounter { Condition(query: try TextCondition(query)) }

  func forEachToken(in text: Span<UInt8>, _ body: (Range<Int>, Span<UInt8>) -> Void) {
    var word = MutableVector<UInt8>(capacity: 64)
    Words.forEach(in: text) { start, end in
      word.removeAll()
      Words.fold(text, start, end, into: &word)
      body(start..<end, word.span)
    }
  }

  func sentences(in text: Span<UInt8>) -> [Range<Int>] { Sentences.trimmed(in: text) }

  func lexicon(named name: String, category: String?) throws(ReadoutError) -> any TextScorer {
    guard let lexicon = try lexicons.find(name) else {
      throw ReadoutError(
        .request, "unknown lexicon", value: name,
        hint: Suggestion.hint(for: name, among: lexicons.names(), kind: "lexicons"))
    }
    if let category { return Scorer(lexicon: try Lexicons.category(category, of: lexicon)) }
    return Scorer(lexicon: lexicon)
  }

  func lexicon(of entries: [(term: String, weight: Double)]) throws(ReadoutError) -> any TextScorer {
    Scorer(lexicon: try Lexicon(name: "a table", terms: entries))
  }

  private struct Counter: TextCounter {
    let terms: Terms
    func count(in text: Span<UInt8>) throws(ReadoutError) -> Int { try terms.count(in: text) }
  }

  private struct Condition: TextCounter {
    let query: TextCondition
    func count(in text: Span<UInt8>) throws(ReadoutError) -> Int { try query.holds(for: text) ? 1 : 0 }
  }

  private struct Scorer: TextScorer {
    let lexicon: Lexicon
    func score(of text: Span<UInt8>) throws(ReadoutError) -> Double { try lexicon.sum(in: text) }
  }
}
