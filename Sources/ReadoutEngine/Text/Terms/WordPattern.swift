import ReadoutVectors

/// What one word of a term stands for: a word, words around given letters, words of a shape, words of a stem.
///
/// Patterns are tried on words as `Words.fold` writes them, an apostrophe parting.
struct WordPattern: Sendable, Hashable {
  enum Shape: Sendable, Hashable {
    /// The letters themselves.
    case word(String)
    /// Letters with anything between them, and before or behind where it says so: `*tion`, `secur*`, `co*operation`.
    case pieces([String], openStart: Bool, openEnd: Bool)
    /// A regular expression that the whole word must match.
    case expression(String, ignoresCase: Bool)
    /// Every word with this stem in a language.
    case stem(String, language: Stemmer.Language)
  }

  var shape: Shape
  /// Whether marks on letters are passed over: `resume` finds `résumé`.
  var ignoresMarks = false

  /// The letters, where it stands for one word.
  var word: String? {
    if case .word(let word) = shape, !ignoresMarks { word } else { nil }
  }

  var isExpression: Bool { if case .expression = shape { true } else { false } }

  /// The beginning, where it stands for all words that begin so.
  var prefix: String? {
    if case .pieces(let pieces, false, true) = shape, pieces.count == 1, !ignoresMarks { pieces[0] } else { nil }
  }

  /// How closely it says what it wants: a word as much as can be, a stem less, then by the letters that it gives.
  var closeness: Int {
    switch shape {
    case .word: 1 << 24
    case .stem: 1 << 20
    case .pieces(let pieces, _, _): 1 + pieces.reduce(0) { $0 + $1.unicodeScalars.count }
    case .expression: 0
    }
  }
}

/// A pattern made ready to be tried on many words by one thread.
final class WordTest {
  private let pattern: WordPattern
  private let matcher: RegularExpression.Matcher?
  private let stemmer: Stemmer?
  private let pieces: [[UInt8]]
  /// Whether the expression took too many steps for the last word that it was tried on: then it is not known whether it matches.
  private(set) var hasGivenUp = false

  /// Steps for one word: a fraction of a millisecond, and more than a word of 300 equal letters takes where nothing nests.
  private static let mostSteps: UInt32 = 50_000

  init(_ pattern: WordPattern) {
    self.pattern = pattern
    if case .pieces(let pieces, _, _) = pattern.shape {
      self.pieces = pieces.map { Array($0.utf8) }
    } else {
      pieces = []
    }
    if case .expression(let text, let ignoresCase) = pattern.shape {
      // The term was read by way of the same expression.
      matcher = (try? RegularExpression(text, isWhole: true, ignoresCase: ignoresCase)).map {
        RegularExpression.Matcher($0, steps: Self.mostSteps)
      }
    } else {
      matcher = nil
    }
    if case .stem(_, let language) = pattern.shape { stemmer = Stemmer(language) } else { stemmer = nil }
  }

  /// Whether a folded word is one that the pattern stands for.
  func matches(_ folded: String) -> Bool {
    let word = pattern.ignoresMarks ? Self.bare(folded) : folded
    switch pattern.shape {
    case .word(let wanted): return word.utf8.elementsEqual(wanted.utf8)
    case .pieces(_, let openStart, let openEnd): return fits(Array(word.utf8).span, openStart, openEnd)
    case .expression:
      hasGivenUp = false
      do { return try matcher?.matches(StringVector([word]), 0) ?? false } catch {
        hasGivenUp = true
        return false
      }
    case .stem(let wanted, _): return stemmer?.stem(of: word) == wanted
    }
  }

  /// The same for a folded word's bytes: nothing is copied where letters alone decide.
  func matches(_ folded: Span<UInt8>) -> Bool {
    if !pattern.ignoresMarks, case .pieces(_, let openStart, let openEnd) = pattern.shape {
      return fits(folded, openStart, openEnd)
    }
    return matches(String(folded, 0..<folded.count))
  }

  private func fits(_ word: Span<UInt8>, _ openStart: Bool, _ openEnd: Bool) -> Bool {
    var at = 0
    for number in pieces.indices {
      let piece = pieces[number]
      let isLast = number == pieces.count - 1
      if number == 0, !openStart {
        guard word.holds(piece.span, at: 0) else { return false }
        if isLast, !openEnd { return word.count == piece.count }
        at = piece.count
      } else if isLast, !openEnd {
        return word.count - piece.count >= at && word.holds(piece.span, at: word.count - piece.count)
      } else {
        guard let found = word.first(of: piece.span, from: at) else { return false }
        at = found + piece.count
      }
    }
    return true
  }

  /// The word without the marks on its letters.
  static func bare(_ word: String) -> String {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return word }
    let decomposed = UnicodeProperties.decomposed(word.unicodeScalars.map(\.value))
    // Nonspacing marks only: vowel signs of Indic scripts are letters to their readers. Hangul is put together again.
    let kept = decomposed.filter { Unicode.Scalar($0)?.properties.generalCategory != .nonspacingMark }
    var text = ""
    for value in UnicodeProperties.composed(kept) { text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
    return text
  }
}
