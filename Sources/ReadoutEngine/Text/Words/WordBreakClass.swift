import ReadoutVectors

/// The Word_Break property of UAX #29, numbered as ICU numbers it, and two more properties that cutting words asks for.
struct WordBreakClass: RawRepresentable, Equatable, Sendable {
  let rawValue: UInt8

  static let other = WordBreakClass(rawValue: 0)
  static let letter = WordBreakClass(rawValue: 1)
  static let format = WordBreakClass(rawValue: 2)
  static let katakana = WordBreakClass(rawValue: 3)
  static let midLetter = WordBreakClass(rawValue: 4)
  static let midNumber = WordBreakClass(rawValue: 5)
  static let number = WordBreakClass(rawValue: 6)
  static let extendNumberOrLetter = WordBreakClass(rawValue: 7)
  static let carriageReturn = WordBreakClass(rawValue: 8)
  static let extend = WordBreakClass(rawValue: 9)
  static let lineFeed = WordBreakClass(rawValue: 10)
  static let midNumberOrLetter = WordBreakClass(rawValue: 11)
  static let newline = WordBreakClass(rawValue: 12)
  static let regionalIndicator = WordBreakClass(rawValue: 13)
  static let hebrewLetter = WordBreakClass(rawValue: 14)
  static let singleQuote = WordBreakClass(rawValue: 15)
  static let doubleQuote = WordBreakClass(rawValue: 16)
  static let joiner = WordBreakClass(rawValue: 21)
  static let space = WordBreakClass(rawValue: 22)

  /// `AHLetter` of the rules.
  var isLetter: Bool { self == .letter || self == .hebrewLetter }
  /// What rule WB4 passes over.
  var isIgnored: Bool { self == .extend || self == .format || self == .joiner }
  var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed || self == .newline }
  /// `MidNumLetQ` of the rules.
  var isMidNumberOrLetter: Bool { self == .midNumberOrLetter || self == .singleQuote }

  @inline(__always)
  static func of(_ value: UInt32) -> WordBreakClass { WordBreakClass(rawValue: properties(value) & 0x1F) }
  /// Extended_Pictographic.
  static func isPictographic(_ value: UInt32) -> Bool { properties(value) & 0x20 != 0 }
  /// Whether a word with this code point in it may be written in another form than NFC.
  static func mayCompose(_ value: UInt32) -> Bool { value >= 0x80 && properties(value) & 0x40 != 0 }

  @inline(__always)
  private static func properties(_ value: UInt32) -> UInt8 {
    value < 0x80 ? ascii[Int(value)] : value < 0x1_0000 ? plane[Int(value)] : lookUp(value)
  }

  private static let ascii = Vector<UInt8>(count: 0x80) { value in
    switch UInt8(value) {
    case 0x41...0x5A, 0x61...0x7A: letter.rawValue
    case 0x30...0x39: number.rawValue
    case 0x5F: extendNumberOrLetter.rawValue
    case 0x27: singleQuote.rawValue
    case 0x22: doubleQuote.rawValue
    case 0x2E: midNumberOrLetter.rawValue
    case 0x3A: midLetter.rawValue
    case 0x2C, 0x3B: midNumber.rawValue
    case 0x0D: carriageReturn.rawValue
    case 0x0A: lineFeed.rawValue
    case 0x0B, 0x0C: newline.rawValue
    case 0x20: space.rawValue
    default: other.rawValue
    }
  }

  /// The Basic Multilingual Plane, made when text first needs it (some milliseconds).
  private static let plane = Vector<UInt8>(count: 0x1_0000) { value in
    switch value {
    // Hangul syllables are letters and Han ideographs are nothing to these rules; both are composed. Skipping the look-up
    // of these 40,000 makes the table in a third of the time.
    case 0xAC00...0xD7A3: letter.rawValue
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: other.rawValue
    default: lookUp(UInt32(value))
    }
  }

  @inline(never)
  private static func lookUp(_ value: UInt32) -> UInt8 {
    UnicodeProperties.wordBreak(value) & 0x1F | (UnicodeProperties.isPictographic(value) ? 0x20 : 0)
      | (UnicodeProperties.mayCompose(value) ? 0x40 : 0)
  }
}
