/// The default word boundaries of Unicode (UAX #29, rules WB1 to WB999), without dictionaries.
enum WordBreaks {
  /// The first boundary behind `start`, which is one; `start` is not the end.
  static func end(in bytes: Span<UInt8>, from start: Int) -> Int {
    let (first, length) = bytes.codePoint(at: start)
    var at = start &+ length
    // The last class that WB4 does not pass over, and the last of all.
    var last = WordBreakClass.of(first)
    var previous = last
    if last.isLineEnd {
      let isPair = last == .carriageReturn && at < bytes.count && bytes[at] == 0x0A
      return isPair ? at &+ 1 : at
    }
    var indicators = last == .regionalIndicator ? 1 : 0
    while at < bytes.count {
      let (value, length) = bytes.codePoint(at: at)
      let class_ = WordBreakClass.of(value)
      if class_.isLineEnd { return at }
      let next = at &+ length
      if previous == .joiner, WordBreakClass.isPictographic(value) {
        (last, previous, at) = (class_, class_, next)
        continue
      }
      if class_.isIgnored {
        (previous, at) = (class_, next)
        continue
      }
      if previous == .space, class_ == .space {
        at = next
        continue
      }
      if joins(last, class_) {
        (last, previous, at) = (class_, class_, next)
      } else if class_ == .regionalIndicator, last == .regionalIndicator, indicators % 2 == 1 {
        indicators += 1
        (last, previous, at) = (class_, class_, next)
      } else if let (joined, end) = bridge(last, class_, bytes, next) {
        (last, previous, at) = (joined, joined, end)
      } else {
        return at
      }
    }
    return at
  }

  /// Rules WB5, WB8 to WB10, WB13: two classes that nothing parts.
  @inline(__always)
  private static func joins(_ a: WordBreakClass, _ b: WordBreakClass) -> Bool {
    if a.isLetter || a == .number { return b.isLetter || b == .number || b == .extendNumberOrLetter }
    if a == .katakana { return b == .katakana || b == .extendNumberOrLetter }
    if a == .extendNumberOrLetter {
      return b.isLetter || b == .number || b == .katakana || b == .extendNumberOrLetter
    }
    return false
  }

  /// Rules WB6, WB7 and WB11, WB12: a sign that joins what stands on both sides of it; the class of the right side, and
  /// where that ends. A Hebrew letter keeps a single quote also without a right side (WB7a).
  private static func bridge(
    _ left: WordBreakClass, _ sign: WordBreakClass, _ bytes: Span<UInt8>, _ behind: Int
  ) -> (WordBreakClass, Int)? {
    var right = WordBreakClass.other
    var end = behind
    while end < bytes.count {
      let (value, length) = bytes.codePoint(at: end)
      right = WordBreakClass.of(value)
      end &+= length
      if !right.isIgnored { break }
    }
    if right.isIgnored { right = .other }
    if left.isLetter, right.isLetter, sign == .midLetter || sign.isMidNumberOrLetter { return (right, end) }
    if left == .number, right == .number, sign == .midNumber || sign.isMidNumberOrLetter { return (right, end) }
    if left == .hebrewLetter, right == .hebrewLetter, sign == .doubleQuote { return (right, end) }
    if left == .hebrewLetter, sign == .singleQuote { return (sign, behind) }
    return nil
  }
}
