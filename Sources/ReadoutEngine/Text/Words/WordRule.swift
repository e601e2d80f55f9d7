import ReadoutVectors

/// What terms are made of and found by: the parts of words, cut finer than `Words`.
///
/// - Letters and numbers of any script, and `_`, make parts; marks belong to the letter before them. Everything else
///   parts, also what joins the two halves of a word: `Korea` is found in `Korea's`, and `Europe` in `l'Europe`.
/// - Each letter of a script without blanks between words (Han, Kana, Thai …) is a part: a term is found however a
///   dictionary would cut the text around it.
/// - Case is ignored by simple case folding, the same in every locale, and the normal form is NFC.
///
/// Wherever a word of `Words` ends a part ends too, so that a term can be looked up in a vocabulary of words.
enum WordRule {
  /// A word's end, the hash of its folded code points, and how many they are.
  struct Scanned {
    var end: Int
    var hash: UInt64
    var length: Int
    /// Whether it holds marks that may compose: its code points are then those of `folded`, not of the bytes.
    var mayCompose = false
  }

  static let hashSeed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// One step of the hash of a word (FNV-1a over code points).
  @inline(__always)
  static func hash(_ hash: UInt64, _ folded: UInt32) -> UInt64 { (hash ^ UInt64(folded)) &* 0x100_0000_01B3 }

  /// The first word start at or after `index`, which is no place inside a word; `count` where there is none.
  @inline(__always)
  static func start(in bytes: Span<UInt8>, from index: Int) -> Int {
    var at = index
    while at < bytes.count {
      let byte = bytes[at]
      if byte >= 0x80 { return wideStart(in: bytes, from: at) }
      if WordCharacters.folded(byte) != 0 { return at }
      at &+= 1
    }
    return at
  }

  @inline(never)
  private static func wideStart(in bytes: Span<UInt8>, from index: Int) -> Int {
    var at = index
    while at < bytes.count {
      let (value, length) = bytes.codePoint(at: at)
      switch WordCharacters.kind(value) {
      case .word, .ideograph: return at
      case .mark, .other: at &+= length
      }
    }
    return at
  }

  /// Scans the word that starts at `start`.
  @inline(__always)
  static func scan(_ bytes: Span<UInt8>, from start: Int) -> Scanned {
    var end = start
    var hash = hashSeed
    while end < bytes.count {
      let byte = bytes[end]
      if byte >= 0x80 { return scanWide(bytes, Scanned(end: end, hash: hash, length: end &- start)) }
      let folded = WordCharacters.folded(byte)
      if folded == 0 { break }
      hash = Self.hash(hash, UInt32(folded))
      end &+= 1
    }
    return Scanned(end: end, hash: hash, length: end &- start)
  }

  /// Goes on with a word from its first code point beyond ASCII.
  @inline(never)
  private static func scanWide(_ bytes: Span<UInt8>, _ beginning: Scanned) -> Scanned {
    var word = beginning
    var isIdeograph = false
    scan: while word.end < bytes.count {
      let (value, length) = bytes.codePoint(at: word.end)
      switch WordCharacters.kind(value) {
      case .other: break scan
      // An ideograph is a word of its own, with the marks behind it.
      case .word where isIdeograph: break scan
      case .ideograph where word.length > 0: break scan
      case .ideograph: isIdeograph = true
      case .word, .mark: break
      }
      word.mayCompose = word.mayCompose || WordBreakClass.mayCompose(value)
      word.hash = hash(word.hash, folded(value))
      word.end &+= length
      word.length &+= 1
    }
    if word.mayCompose {
      let letters = folded(bytes, beginning.end - beginning.length, word.end)
      word.hash = letters.reduce(hashSeed) { hash($0, $1) }
      word.length = letters.count
    }
    return word
  }

  /// Whether a word starts at `index`, where a code point starts.
  static func isStart(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    switch WordCharacters.kind(bytes.codePoint(at: index).value) {
    case .ideograph: return true
    case .mark, .other: return false
    case .word: break
    }
    var at = index
    while at > 0 {
      let (value, length) = bytes.codePoint(before: at)
      switch WordCharacters.kind(value) {
      case .word: return false
      case .ideograph, .other: return true
      case .mark: at -= length
      }
    }
    return true
  }

  /// The folded code points of `bytes[start..<end]`, a word, in NFC.
  static func folded(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> [UInt32] {
    var letters: [UInt32] = []
    var mayCompose = false
    var at = start
    while at < end {
      let (value, length) = bytes.codePoint(at: at)
      letters.append(folded(value))
      mayCompose = mayCompose || WordBreakClass.mayCompose(value)
      at += length
    }
    return mayCompose ? WordCharacters.composed(letters) : letters
  }

  /// The folded form of a code point inside a word; marks stay.
  @inline(__always)
  static func folded(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return UInt32(WordCharacters.folded(UInt8(truncatingIfNeeded: value))) }
    let entry = WordCharacters.folding(value)
    return entry == WideCharacters.mark ? value : entry
  }
}
