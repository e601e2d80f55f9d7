import ReadoutVectors

/// Cuts text into words: the segments between Unicode's default word boundaries (UAX #29) that hold a letter or a number.
///
/// Scripts without blanks between words (Han, Kana, Thai, Lao, Khmer, Myanmar) are cut by ICU's dictionaries. Hyphens
/// part; an apostrophe, a point or a colon between letters and a point, a comma or an apostrophe between digits do not.
public enum Words {
  /// Calls `body` with the bytes `start..<end` of each word, in order.
  @inline(__always)
  public static func forEach(in bytes: Span<UInt8>, _ body: (_ start: Int, _ end: Int) -> Void) {
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80, WordCharacters.folded(byte) == 0 {
        at &+= 1
        continue
      }
      let start = at
      while at < bytes.count, case let byte = bytes[at], byte < 0x80, WordCharacters.folded(byte) != 0 { at &+= 1 }
      // Most words end at a blank or a sign that joins nothing.
      if at > start, at == bytes.count || !mayJoin(bytes[at]) {
        body(start, at)
      } else {
        at = forEachOfSegment(in: bytes, from: start, body)
      }
    }
  }

  /// Calls `body` with each word of what begins at `start`, no place inside a word, and stands between two boundaries or is cut by a
  /// dictionary; gives where that ends.
  @inline(__always)
  static func forEachOfSegment(
    in bytes: Span<UInt8>, from start: Int, _ body: (_ start: Int, _ end: Int) -> Void
  ) -> Int {
    if bytes[start] >= 0x80, isDictionary(bytes.codePoint(at: start).value) {
      let end = dictionaryEnd(bytes, start)
      var from = start
      for word in DictionarySegmenter.shared.ends(of: bytes.extracting(start..<end)) {
        body(from, start &+ Int(word))
        from = start &+ Int(word)
      }
      return end
    }
    let end = WordBreaks.end(in: bytes, from: start)
    if isWord(bytes, start, end) { body(start, end) }
    return end
  }

  /// How many words a text has.
  public static func count(in bytes: Span<UInt8>) -> Int {
    var count = 0
    forEach(in: bytes) { _, _ in count &+= 1 }
    return count
  }

  /// The bytes of each word.
  public static func ranges(in bytes: Span<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    forEach(in: bytes) { ranges.append($0..<$1) }
    return ranges
  }

  /// Whether a word may go on with this byte, which is no ASCII letter, digit or underscore.
  @inline(__always)
  private static func mayJoin(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 0x27 || byte == 0x2E || byte == 0x2C || byte == 0x3A || byte == 0x3B
  }

  /// Whether a segment holds a letter or a number.
  private static func isWord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end {
      let (value, length) = bytes.codePoint(at: at)
      switch WordCharacters.kind(value) {
      case .word, .ideograph: return true
      case .mark, .other: at &+= length
      }
    }
    return false
  }

  // MARK: Dictionaries

  /// Whether a dictionary cuts words of this letter.
  private static func isDictionary(_ value: UInt32) -> Bool {
    if WordCharacters.isIdeograph(value) { return true }
    return switch value {
    case 0x0E01...0x0E46, 0x0E81...0x0EC6, 0x0EDC...0x0EDF, 0x1000...0x103F, 0x1050...0x108F, 0x1780...0x17D3:
      WordCharacters.kind(value) == .ideograph
    default: false
    }
  }

  /// Where the run of such letters and their marks from `start` ends.
  private static func dictionaryEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < bytes.count {
      let (value, length) = bytes.codePoint(at: at)
      guard isDictionary(value) || WordCharacters.kind(value) == .mark else { break }
      at &+= length
    }
    return at
  }
}
