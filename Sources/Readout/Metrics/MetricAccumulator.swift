import ReadoutEngine

/// A metric with a value for each group: a state that takes rows one after the other.
///
/// ```swift
/// struct Range: MetricAccumulator {
///   var low = Double.infinity
///   var high = -Double.infinity
///   mutating func update(_ value: Double) { low = min(low, value); high = max(high, value) }
///   mutating func merge(_ other: Range) { low = min(low, other.low); high = max(high, other.high) }
///   func finalize() -> Double? { low <= high ? high - low : nil }
/// }
/// ```
///
/// Rows of one group may be taken by several states, which are then merged in row order: `merge` must give what one state
/// would have that took all rows. A metric of two columns takes a ``Pair``.
public protocol MetricAccumulator: Sendable {
  associatedtype Input: MetricInput
  associatedtype Result: TableValue

  /// The state of a group without rows.
  init()
  mutating func update(_ value: Input) throws
  /// Takes over the rows of `other`, which come later.
  mutating func merge(_ other: Self) throws
  func finalize() throws -> Result
}

/// What an accumulator takes from a row: one value, or a ``Pair``.
public protocol MetricInput: Sendable {
  static var types: [any TableValue.Type] { get }
  static func decode(_ arguments: [Values]) -> [Self]
}

extension MetricInput where Self: TableValue {
  public static var types: [any TableValue.Type] { [Self.self] }
  public static func decode(_ arguments: [Values]) -> [Self] { decode(arguments[0]) }
}

extension Int: MetricInput {}
extension Int64: MetricInput {}
extension Double: MetricInput {}
extension Bool: MetricInput {}
extension String: MetricInput {}
extension Array: MetricInput where Element == String {}
extension Calendar.Day: MetricInput {}
extension Moment: MetricInput {}
extension Optional: MetricInput where Wrapped: TableValue {}

/// Two values of a row, for a metric of two columns.
public struct Pair<First: TableValue, Second: TableValue>: MetricInput {
  public var first: First
  public var second: Second

  public static var types: [any TableValue.Type] { [First.self, Second.self] }

  public static func decode(_ arguments: [Values]) -> [Pair] {
    zip(First.decode(arguments[0]), Second.decode(arguments[1])).map { Pair(first: $0, second: $1) }
  }
}
