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

  public var isNull: Bool { if case .null = self { true } else { false } }
}

extension Scalar {
  /// The same value, to the bit and byte: `é` in two spellings is two, as are 0.0 and -0.0; a nan is itself.
  public static func == (a: Scalar, b: Scalar) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let x), .boolean(let y)): x == y
    case (.integer(let x), .integer(let y)), (.date(let x), .date(let y)), (.timestamp(let x), .timestamp(let y)):
      x == y
    case (.number(let x), .number(let y)): x.bitPattern == y.bitPattern
    case (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
    case (.list(let x), .list(let y)): x.elementsEqual(y) { $0.utf8.elementsEqual($1.utf8) }
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: break
    case .boolean(let value): hasher.combine(value)
    case .integer(let value), .date(let value), .timestamp(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value.bitPattern)
    // Equal bytes are equal to Unicode, too.
    case .string(let value): hasher.combine(value)
    case .list(let values): hasher.combine(values)
    }
  }
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
