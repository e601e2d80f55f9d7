import ReadoutEngine

/// The engine's text functions, as plugins call them: `words(text)`, `mentions(text, term, …)`, `lexicon(text, name)`.
///
/// They give what the functions of the same names give in an expression. Called from several threads at once.
public protocol TextFunctions: Sendable {
  /// How many words the text has.
  func words(in text: Span<UInt8>) -> Int
  /// Prepares the terms; the counter is kept and called for many texts.
  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter
  /// Prepares a lexicon; an unknown name is an error with a suggestion.
  func lexicon(named name: String) throws(ReadoutError) -> any TextScorer
}

/// Counts the occurrences of prepared terms.
public protocol TextCounter: Sendable {
  func count(in text: Span<UInt8>) -> Int
}

/// Sums the weights of a lexicon's terms.
public protocol TextScorer: Sendable {
  func score(of text: Span<UInt8>) -> Double
}
