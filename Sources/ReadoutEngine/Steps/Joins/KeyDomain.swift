import ReadoutVectors

/// What the values of a pair of key columns are compared as. Equality is that of `==` in expressions: integers and numbers
/// as mathematical values, a date as the midnight that begins it, strings and text by their bytes, NaN with nothing.
enum KeyDomain: Sendable {
  /// Integers, days, microseconds or booleans as they are.
  case integers
  /// Integers beside numbers: a number that is no 64-bit integer equals none.
  case wholeNumbers
  /// Doubles by their bits, the two zeros alike.
  case numbers
  /// Microseconds, days turned into them.
  case moments
  case strings

  /// Nil for types that cannot be compared.
  init?(_ left: DataType, _ right: DataType) {
    switch (left, right) {
    case (.number, .number): self = .numbers
    case (.integer, .number), (.number, .integer): self = .wholeNumbers
    case (.date, .timestamp), (.timestamp, .date): self = .moments
    case (.boolean, .boolean): self = .integers
    case _ where left.isString && right.isString: self = .strings
    case _ where left == right && left.isIntegerBacked: self = .integers
    default: return nil
    }
  }

  /// Equal values as equal integers; rows that equal nothing are null. Not for strings.
  func keys(of values: Values) -> (keys: Vector<Int64>, validity: Bitmap?) {
    if case .null = values.payload {
      return (Vector(repeating: 0, count: values.count), Bitmap(repeating: false, count: values.count))
    }
    switch self {
    case .numbers:
      let numbers = values.numbers
      return (
        numbers.map { Int64(bitPattern: ($0 == 0 ? 0 : $0).bitPattern) },
        Self.both(values.validity, numbers.map { $0.isNaN ? 0 : 1 })
      )
    case .wholeNumbers where values.type == .number:
      let whole = values.numbers.map { $0.rounded(.towardZero) == $0 && $0 >= -0x1p63 && $0 < 0x1p63 ? $0 : .nan }
      return (
        whole.map { $0.isNaN ? 0 : Int64($0) }, Self.both(values.validity, whole.map { $0.isNaN ? 0 : 1 })
      )
    case .moments: return (TimeValues.moments(values).integers, values.validity)
    default:
      return (values.type == .boolean ? values.booleans.map { Int64($0) } : values.integers, values.validity)
    }
  }

  private static func both(_ validity: Bitmap?, _ bytes: Vector<UInt8>) -> Bitmap? {
    bytes.contains { $0 == 0 } ? Bitmap.both(validity, Bitmap(bytes: bytes)) : validity
  }
}
