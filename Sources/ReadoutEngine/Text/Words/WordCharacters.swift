import ReadoutVectors

/// What a code point is to the rule of words, and its case folding.
///
/// Folding is Unicode's simple case folding, but for two letters that it would turn into ASCII (the Kelvin sign and
/// the long s), which stay as they are: so ASCII letters can be searched for as bytes.
enum WordCharacters {
  /// The folded byte of an ASCII letter, digit or underscore; 0 for any other byte.
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 {
    let lower = byte | 0x20
    if lower &- 0x61 < 26 { return lower }
    return byte &- 0x30 < 10 || byte == 0x5F ? byte : 0
  }

  enum Kind {
    /// Letters and numbers of any script, and the underscore: they make words.
    case word
    /// Letters of scripts that write no blanks between words, such as Han, Kana and Thai, and other letters and numbers
    /// that UAX #29 joins with nothing: each stands alone.
    case ideograph
    /// Marks and joiners: part of the word before them, if there is one.
    case mark
    case other
  }

  static func kind(_ value: UInt32) -> Kind {
    if value < 0x80 { return folded(UInt8(value)) == 0 ? .other : .word }
    if isIdeograph(value) { return .ideograph }
    let entry = folding(value)
    if entry == 0 { return .other }
    if entry == WideCharacters.mark { return .mark }
    return WordBreakClass.of(value).rawValue == WordBreakClass.other.rawValue ? .ideograph : .word
  }

  /// The folded code point of a word character, `WideCharacters.mark` for a mark, 0 for any other.
  @inline(__always)
  static func folding(_ value: UInt32) -> UInt32 {
    value < 0x1_0000 ? UInt32(WideCharacters.shared.entries[Int(value)]) : WideCharacters.entry(of: value)
  }

  /// Folded letters in NFC, the Kelvin sign, which would turn into `K`, staying as it is.
  static func composed(_ letters: [UInt32]) -> [UInt32] {
    let parts = letters.split(separator: 0x212A, omittingEmptySubsequences: false)
    return Array(parts.map { UnicodeProperties.composed(Array($0)) }.joined(separator: [0x212A]))
  }

  @inline(__always)
  static func isIdeograph(_ value: UInt32) -> Bool {
    guard value >= 0x2E80 else { return false }
    return switch value {
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA,
      0x30FC...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F,
      0x2_0000...0x3_FFFF:
      true
    default: false
    }
  }
}

/// The table for code points beyond ASCII, made when text first needs it (some milliseconds).
struct WideCharacters: Sendable {
  /// The entry of a mark: U+FFFF is no character.
  static let mark: UInt32 = 0xFFFF

  static let shared = WideCharacters()

  /// By code point of the Basic Multilingual Plane, whose letters fold within it.
  let entries: Vector<UInt16>

  private init() {
    entries = Vector(count: 0x1_0000) { value in
      switch value {
      // Hangul syllables and Han have no case; skipping the look-up of these 40,000 makes the table in a third of the
      // time.
      case 0xAC00...0xD7A3, 0x3400...0x4DBF, 0x4E00...0x9FFF: UInt16(value)
      default: UInt16(truncatingIfNeeded: Self.entry(of: UInt32(value)))
      }
    }
  }

  @inline(never)
  static func entry(of value: UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(value) else { return 0 }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return folded(scalar)
    case .nonspacingMark, .spacingMark, .enclosingMark: return mark
    default:
      // Soft hyphen, zero-width non-joiner and joiner stand inside words.
      return value == 0x5F ? value : value == 0xAD || value == 0x200C || value == 0x200D ? mark : 0
    }
  }

  /// Simple case folding by way of upper case, so that both sigmas meet; without a single code point the letter
  /// stays.
  private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    let properties = scalar.properties
    guard properties.changesWhenCaseFolded || properties.changesWhenUppercased else { return scalar.value }
    // The dotless i and the dotted I fold to themselves: only Turkish has them as a pair of i and I.
    if scalar.value == 0x130 || scalar.value == 0x131 { return scalar.value }
    let upper = single(properties.uppercaseMapping) ?? scalar
    let lower = single(upper.properties.lowercaseMapping) ?? single(properties.lowercaseMapping) ?? scalar
    return lower.value < 0x80 && scalar.value >= 0x80 ? scalar.value : lower.value
  }

  private static func single(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }
}
