import ReadoutEngine
import ReadoutVectors

/// What the values of a column look like: the union of the kinds of its values tells its type.
///
/// The union does not depend on the order of the values, so neither does the type.
struct ValueKinds: OptionSet, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// An integer of 64 bits that a double holds.
  static let integer = ValueKinds(rawValue: 1)
  /// An integer of 64 bits beyond 2^53: a number column would alter it.
  static let wideInteger = ValueKinds(rawValue: 2)
  /// A decimal number with a point or an exponent.
  static let number = ValueKinds(rawValue: 4)
  static let boolean = ValueKinds(rawValue: 8)
  /// `2025-11-04`.
  static let date = ValueKinds(rawValue: 16)
  /// `2025-11-04T09:30` and longer.
  static let timestamp = ValueKinds(rawValue: 32)
  /// Anything else, the quoted empty string included.
  static let other = ValueKinds(rawValue: 64)
  /// An array of JSON; no text is one.
  static let list = ValueKinds(rawValue: 128)

  /// The narrowest type that holds every value as it is; string where there is no value at all.
  var type: DataType {
    if isEmpty { return .string }
    if isSubset(of: [.integer, .wideInteger]) { return .integer }
    if isSubset(of: [.integer, .number]) { return .number }
    if self == .boolean { return .boolean }
    if self == .date { return .date }
    if self == .list { return .list }
    if isSubset(of: [.date, .timestamp]) { return .timestamp }
    return .string
  }

  /// The kind of one value.
  init(of text: Span<UInt8>) {
    guard text.count > 0 else {
      self = .other
      return
    }
    let first = text[0]
    if first &- 0x30 < 10 {
      if text.count >= 10, text[4] == 0x2D {
        self = Calendar.parseDay(text) != nil ? .date : Calendar.parseMoment(text) != nil ? .timestamp : .other
      } else {
        self.init(ofNumber: text)
      }
    } else if first == 0x2D || first == 0x2E || (text.count == 3 && (first == 0x6E || first == 0x69)) {
      self.init(ofNumber: text)
    } else {
      self = BooleanText.read(text) != nil ? .boolean : .other
    }
  }

  private init(ofNumber text: Span<UInt8>) {
    self =
      switch DecimalText.read(text).form {
      case .none: .other
      case .integer: .integer
      case .wideInteger: .wideInteger
      case .number: .number
      }
  }
}

/// `true` and `false`, also as Python (`True`) and R (`TRUE`) write them.
enum BooleanText {
  static func read(_ text: Span<UInt8>) -> Bool? {
    if text.count == 4 {
      let allUpper = text[0] == 0x54 && text[1] == 0x52 && text[2] == 0x55 && text[3] == 0x45
      let lower = text[0] | 0x20 == 0x74 && text[1] == 0x72 && text[2] == 0x75 && text[3] == 0x65
      return allUpper || lower ? true : nil
    }
    if text.count == 5 {
      let allUpper = text[0] == 0x46 && text[1] == 0x41 && text[2] == 0x4C && text[3] == 0x53 && text[4] == 0x45
      let lower = text[0] | 0x20 == 0x66 && text[1] == 0x61 && text[2] == 0x6C && text[3] == 0x73 && text[4] == 0x65
      return allUpper || lower ? false : nil
    }
    return nil
  }
}
