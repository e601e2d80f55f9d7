import ReadoutEngine

/// The engine's text functions, as plugins call them: `words(text)`, `mentions(text, term, …)`, `lexicon(text, name)`,
/// `lexicon(text, { term = weight })`,
/// `has(text, query)`, `tokens(text)`, `sentences(text)`, `each_token(text)`.
///
/// They give what the functions of the same names give in an expression. Called from several threads at once.
public protocol TextFunctions: Sendable {
  /// How many words the text has.
  func words(in text: Span<UInt8>) -> Int
  /// Prepares the terms; the counter is kept and called for many texts.
  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter
  /// Prepares a lexicon, or one category of it; an unknown name is an error with a suggestion.
  func lexicon(named name: String, category: String?) throws(ReadoutError) -> any TextScorer
  /// Prepares a lexicon that a script gives: its terms in order, and their weights.
  func lexicon(of entries: [(term: String, weight: Double)]) throws(ReadoutError) -> any TextScorer
  /// Prepares a query; the counter gives 1 for a text for which it holds, else 0.
  func query(_ query: String) throws(ReadoutError) -> any TextCounter
  /// Calls `body` for each word: its bytes in the text, and as the vocabulary writes it.
  func forEachToken(in text: Span<UInt8>, _ body: (_ range: Range<Int>, _ word: Span<UInt8>) -> Void)
  /// The bytes of each sentence.
  func sentences(in text: Span<UInt8>) -> [Range<Int>]
}

/// Counts the occurrences of prepared terms.
public protocol TextCounter: Sendable {
  func count(in text: Span<UInt8>) throws(ReadoutError) -> Int
}

/// Sums the weights of a lexicon's terms.
public protocol TextScorer: Sendable {
  func score(of text: Span<UInt8>) throws(ReadoutError) -> Double
}
