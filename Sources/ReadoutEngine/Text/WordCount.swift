/// Counting the words of a text, by `WordRule`.
public enum WordCount {
  public static func count(in bytes: Span<UInt8>) -> Int {
    var words = 0
    var isInside = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        if WordCharacters.folded(byte) != 0 {
          words &+= isInside ? 0 : 1
          isInside = true
        } else if isInside, byte == 0x27 || byte == 0x2E || byte == 0x2C {
          isInside = joins(bytes, byte: UInt32(byte), at, at &+ 1)
        } else {
          isInside = false
        }
        at &+= 1
        continue
      }
      let (value, length) = bytes.codePoint(at: at)
      switch WordCharacters.kind(value) {
      case .word:
        words &+= isInside ? 0 : 1
        isInside = true
      case .ideograph:
        words &+= 1
        isInside = false
      case .mark: break
      case .other: isInside = isInside && value == 0x2019 && joins(bytes, byte: value, at, at &+ length)
      }
      at &+= length
    }
    return words
  }

  /// Whether the sign between `before` and `after` keeps the word on its left, which ends there, together with the
  /// right.
  private static func joins(_ bytes: Span<UInt8>, byte: UInt32, _ before: Int, _ after: Int) -> Bool {
    guard before > 0, after < bytes.count else { return false }
    if byte == 0x2E || byte == 0x2C { return bytes[before - 1] &- 0x30 < 10 && bytes[after] &- 0x30 < 10 }
    return isLetter(bytes.codePoint(before: before).value, orMark: true)
      && isLetter(bytes.codePoint(at: after).value, orMark: false)
  }

  private static func isLetter(_ value: UInt32, orMark: Bool) -> Bool {
    if value < 0x80 { return UInt8(value) | 0x20 &- 0x61 < 26 }
    let kind = WordCharacters.kind(value)
    return kind == .word || (orMark && kind == .mark)
  }
}
