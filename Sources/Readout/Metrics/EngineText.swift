import ReadoutEngine
import ReadoutLua

/// The engine's text functions for plugins: what `words`, `mentions` and `lexicon` give in Lua is what they give in an
/// expression.
struct EngineText: TextFunctions {
  let lexicons: Lexicons

  func words(in text: Span<UInt8>) -> Int { Words.count(in: text) }

  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter {
    Counter(terms: try Terms(terms))
  }

  func lexicon(named name: String) throws(ReadoutError) -> any TextScorer {
    guard let lexicon = try lexicons.find(name) else {
      throw ReadoutError(
        .request, "unknown lexicon", value: name,
        hint: Suggestion.hint(for: name, among: lexicons.names(), kind: "lexicons"))
    }
    return Scorer(lexicon: lexicon)
  }

  private struct Counter: TextCounter {
    let terms: Terms
    func count(in text: Span<UInt8>) -> Int { terms.count(in: text) }
  }

  private struct Scorer: TextScorer {
    let lexicon: Lexicon
    func score(of text: Span<UInt8>) -> Double { lexicon.sum(in: text) }
  }
}
