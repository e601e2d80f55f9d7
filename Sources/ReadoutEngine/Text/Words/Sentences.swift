import ReadoutVectors

/// Cuts text into sentences by Unicode's default sentence boundaries (UAX #29, rules SB1 to SB998).
public enum Sentences {
  /// The bytes of each sentence, the blanks behind it included; together they are the text.
  public static func ranges(in bytes: Span<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = end(in: bytes, from: start)
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  /// The bytes of each sentence without the blanks around it; those that are nothing else are left out.
  public static func trimmed(in bytes: Span<UInt8>) -> [Range<Int>] {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var trimmed: [Range<Int>] = []
    for range in ranges(in: bytes) {
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, isBlank(bytes[start]) { start += 1 }
      while end > start, isBlank(bytes[end - 1]) { end -= 1 }
      if start < end { trimmed.append(start..<end) }
    }
    return trimmed
  }

  /// Sentence_Break, as ICU numbers it.
  private enum Class: UInt8 {
    case other, term, close, format, lower, number, letter, separator, space, stop, upper
    case carriageReturn, extend, lineFeed, comma

    var isParagraphEnd: Bool { self == .separator || self == .carriageReturn || self == .lineFeed }
    var isIgnored: Bool { self == .extend || self == .format }
    /// `SATerm` of the rules.
    var isTerminator: Bool { self == .term || self == .stop }
  }

  /// How far what stands before may be the end of a sentence: a terminator, closing signs, blanks.
  private enum Ending { case none, terminator, close, space }

  /// The first boundary behind `start`.
  private static func end(in bytes: Span<UInt8>, from start: Int) -> Int {
    var at = start
    var ending = Ending.none
    // The terminator, and the class before it (WB5 passed over).
    var terminator = Class.other
    var beforeTerminator = Class.other
    var last = Class.other
    while at < bytes.count {
      let (value, length) = bytes.codePoint(at: at)
      let own = Self.class(of: value)
      let next = at &+ length
      if own.isIgnored, at > start {
        at = next
        continue
      }
      if ending != .none, !own.isParagraphEnd, isBoundary(own, ending, terminator, beforeTerminator, bytes, at) {
        return at
      }
      if own.isParagraphEnd {
        let isPair = own == .carriageReturn && next < bytes.count && bytes[next] == 0x0A
        return isPair ? next &+ 1 : next
      }
      switch own {
      case .term, .stop:
        (beforeTerminator, terminator, ending) = (last, own, .terminator)
      case .close where ending == .terminator || ending == .close: ending = .close
      case .space where ending != .none: ending = .space
      default: ending = .none
      }
      last = own
      at = next
    }
    return at
  }

  /// Whether a sentence ends before a code point of class `own`, at `at`, a terminator and `ending` standing before it.
  private static func isBoundary(
    _ own: Class, _ ending: Ending, _ terminator: Class, _ before: Class, _ bytes: Span<UInt8>, _ at: Int
  ) -> Bool {
    if terminator == .term, ending == .terminator {
      if own == .number { return false }  // SB6
      if own == .upper, before == .upper || before == .lower { return false }  // SB7
    }
    if terminator == .term, isLowerAhead(bytes, at) { return false }  // SB8
    if own == .comma || own.isTerminator { return false }  // SB8a
    if own == .close, ending != .space { return false }  // SB9
    if own == .space { return false }  // SB9, SB10
    return true  // SB11
  }

  /// Whether a lower-case letter comes before any other letter, terminator or end of a paragraph.
  private static func isLowerAhead(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    var at = start
    while at < bytes.count {
      let (value, length) = bytes.codePoint(at: at)
      switch Self.class(of: value) {
      case .lower: return true
      case .letter, .upper, .separator, .carriageReturn, .lineFeed, .term, .stop: return false
      default: at &+= length
      }
    }
    return false
  }

  private static func `class`(of value: UInt32) -> Class {
    Class(rawValue: value < 0x1_0000 ? plane[Int(value)] : UnicodeProperties.sentenceBreak(value)) ?? .other
  }

  /// The Basic Multilingual Plane, made when first needed (some milliseconds).
  private static let plane = Vector<UInt8>(count: 0x1_0000) { UnicodeProperties.sentenceBreak(UInt32($0)) }
}
