import ReadoutEngine

/// A Swift type that a column's values, a metric's arguments and its result may have.
///
/// `Int` and `Int64` are `integer`, `Double` is `number`, `Bool` is `boolean`, `String` is `string` or `text`, `[String]`
/// is `list`, `Calendar.Day` is `date` and `Moment` is `timestamp`. The optional of each holds nulls as well.
public protocol TableValue: Sendable {
  static var dataType: DataType { get }
  /// The types of arguments that can be read as this.
  static var acceptedTypes: [DataType] { get }
  /// Whether a null can be read as this.
  static var allowsNull: Bool { get }
  var scalar: Scalar { get }
  /// The values of a batch, one for each row. What a null row has means nothing, unless nulls are allowed.
  static func decode(_ values: Values) -> [Self]
}

extension TableValue {
  public static var acceptedTypes: [DataType] { [dataType] }
  public static var allowsNull: Bool { false }
}

extension Int64: TableValue {
  public static var dataType: DataType { .integer }
  public var scalar: Scalar { .integer(self) }
  public static func decode(_ values: Values) -> [Int64] { Array(values.integers) }
}

extension Int: TableValue {
  public static var dataType: DataType { .integer }
  public var scalar: Scalar { .integer(Int64(self)) }
  public static func decode(_ values: Values) -> [Int] { values.integers.span.toArray { Int($0) } }
}

extension Double: TableValue {
  public static var dataType: DataType { .number }
  public static var acceptedTypes: [DataType] { .numbers }
  public var scalar: Scalar { .number(self) }
  public static func decode(_ values: Values) -> [Double] { Array(values.numbers) }
}

extension Bool: TableValue {
  public static var dataType: DataType { .boolean }
  public var scalar: Scalar { .boolean(self) }
  public static func decode(_ values: Values) -> [Bool] { values.booleans.span.toArray { $0 != 0 } }
}

extension String: TableValue {
  public static var dataType: DataType { .string }
  public static var acceptedTypes: [DataType] { .strings }
  public var scalar: Scalar { .string(self) }
  public static func decode(_ values: Values) -> [String] {
    let strings = values.strings
    return (0..<values.count).map { strings[$0] }
  }
}

extension Array: TableValue where Element == String {
  public static var dataType: DataType { .list }
  public var scalar: Scalar { .list(self) }
  public static func decode(_ values: Values) -> [[String]] {
    let lists = values.lists
    return (0..<values.count).map { lists[$0] }
  }
}

extension Calendar.Day: TableValue {
  public static var dataType: DataType { .date }
  public var scalar: Scalar { .date(Calendar.day(of: self)) }
  public static func decode(_ values: Values) -> [Calendar.Day] {
    values.integers.span.toArray { Calendar.date(ofDay: $0) }
  }
}

/// A timestamp: microseconds since 1970-01-01T00:00:00 UTC.
public struct Moment: TableValue, Hashable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static var dataType: DataType { .timestamp }
  public var scalar: Scalar { .timestamp(microseconds) }
  public static func decode(_ values: Values) -> [Moment] {
    values.integers.span.toArray { Moment(microseconds: $0) }
  }
}

extension Optional: TableValue where Wrapped: TableValue {
  public static var dataType: DataType { Wrapped.dataType }
  public static var acceptedTypes: [DataType] { Wrapped.acceptedTypes }
  public static var allowsNull: Bool { true }
  public var scalar: Scalar { map(\.scalar) ?? .null }
  public static func decode(_ values: Values) -> [Wrapped?] {
    let wrapped = Wrapped.decode(values)
    return values.nullCount == 0 ? wrapped : wrapped.indices.map { values.isNull($0) ? nil : wrapped[$0] }
  }
}

extension Span where Element: BitwiseCopyable {
  /// The elements, each changed by `body`.
  func toArray<Result>(_ body: (Element) -> Result) -> [Result] {
    var array: [Result] = []
    array.reserveCapacity(count)
    for i in indices { array.append(body(self[i])) }
    return array
  }
}
