import ReadoutVectors

/// Loops over numeric arguments. The closures are inlined, so that each call is one tight loop; a constant operand is
/// kept in a register and never spread over a vector.
enum NumericKernel {
  @inline(__always)
  static func integers<R: BitwiseCopyable & Sendable>(
    _ a: Values, _ b: Values, _ body: (Int64, Int64) -> R
  ) -> Vector<R> {
    if let b = b.constantInteger { return a.integers.map { body($0, b) } }
    if let a = a.constantInteger { return b.integers.map { body(a, $0) } }
    return a.integers.zip(b.integers, body)
  }

  @inline(__always)
  static func numbers<R: BitwiseCopyable & Sendable>(
    _ a: Values, _ b: Values, _ body: (Double, Double) -> R
  ) -> Vector<R> {
    if let b = b.constantNumber { return a.numbers.map { body($0, b) } }
    if let a = a.constantNumber { return b.numbers.map { body(a, $0) } }
    return a.numbers.zip(b.numbers, body)
  }

  /// Integers on the left, numbers on the right, neither rounded to the other's type.
  @inline(__always)
  static func mixed<R: BitwiseCopyable & Sendable>(
    _ a: Values, _ b: Values, _ body: (Int64, Double) -> R
  ) -> Vector<R> {
    if let b = b.constantNumber { return a.integers.map { body($0, b) } }
    if let a = a.constantInteger { return b.numbers.map { body(a, $0) } }
    return a.integers.zip(b.numbers, body)
  }
}

extension Values {
  /// The one integer, day or microsecond that every row has.
  var constantInteger: Int64? {
    switch payload {
    case .constant(.integer(let value)), .constant(.date(let value)), .constant(.timestamp(let value)): value
    default: nil
    }
  }

  /// The one number that every row has; an integer is converted.
  var constantNumber: Double? {
    switch payload {
    case .constant(.number(let value)): value
    case .constant(.integer(let value)): Double(value)
    default: nil
    }
  }
}
