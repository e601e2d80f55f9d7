/// The types that a user sees. How a column is encoded in memory is the engine's business.
public enum DataType: String, Sendable, CaseIterable {
  /// 64 bit, wrapping as in Lua.
  case integer
  /// IEEE 754 double.
  case number
  case boolean
  /// Days since 1970-01-01, proleptic Gregorian.
  case date
  /// Microseconds since 1970-01-01T00:00:00 UTC.
  case timestamp
  /// UTF-8; compared by Unicode code point. What scripts make may be any bytes: they are kept, and compared as they are.
  case string
  /// A long string, searchable by word.
  case text
  /// A list of strings.
  case list
}

extension DataType {
  /// Whether arithmetic takes it.
  public var isNumeric: Bool { self == .integer || self == .number }
  /// Whether its values are UTF-8 bytes.
  public var isString: Bool { self == .string || self == .text }
  /// Whether its values are a day or a moment.
  public var isTime: Bool { self == .date || self == .timestamp }
  /// `an integer`, `a date`: the type as a sentence names it.
  public var withArticle: String { (self == .integer ? "an " : "a ") + rawValue }
  /// Whether its values are held as 64-bit integers: the number itself, days, or microseconds.
  public var isIntegerBacked: Bool { self == .integer || isTime }
}
