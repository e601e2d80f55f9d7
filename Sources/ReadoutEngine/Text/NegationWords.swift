/// The words that turn what follows them: English ones, in any spelling of the apostrophe.
enum NegationWords {
  private static let words: Set<String> = [
    "not", "no", "never", "without", "neither", "nor", "none", "nobody", "nothing", "nowhere", "hardly", "barely",
    "cannot",
  ]

  /// Where each negation of a text ends: one of the words, or a word that ends in `n't`.
  static func ends(in bytes: Span<UInt8>) -> [Int] {
    var ends: [Int] = []
    Words.forEach(in: bytes) { start, end in
      // The shortest has two letters, the longest of `n't` some ten.
      guard end - start >= 2, end - start <= 16 else { return }
      let word = Words.folded(String(bytes, start..<end))
      if words.contains(word) || word.hasSuffix("n't") { ends.append(end) }
    }
    return ends
  }

  /// Whether a negation ends at most `window` words before the word at `place`, in the same sentence part: no `.`, `!`, `?`
  /// or `;` followed by a blank lies between.
  static func reaches(_ place: Int, from ends: [Int], _ window: Int, in bytes: Span<UInt8>) -> Bool {
    guard let end = ends.last(where: { $0 <= place }) else { return false }
    var words = 0
    Words.forEach(in: bytes.extracting(end..<place)) { _, _ in words += 1 }
    guard words < window else { return false }
    for at in end..<place where at + 1 < place {
      let isStop = bytes[at] == 0x2E || bytes[at] == 0x21 || bytes[at] == 0x3F || bytes[at] == 0x3B
      if isStop, bytes[at + 1] == 0x20 { return false }
    }
    return true
  }
}
