/// One value, null included.
public enum Scalar: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  /// Days since 1970-01-01.
  case date(Int64)
  /// Microseconds since 1970-01-01 UTC.
  case timestamp(Int64)
  case string(String)
  case list([String])

  /// The value's type; nil for null. A string is `.string`, also where its column is text.
  public var type: DataType? {
    switch self {
    case .null: nil
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .date: .date
    case .timestamp: .timestamp
    case .string: .string
    case .list: .list
    }
  }

  public var isNull: Bool { self == .null }
}

extension Scalar: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: String...) { self = .list(elements) }
}
