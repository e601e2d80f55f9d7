import ReadoutVectors

/// `//` and `%`: division that rounds towards minus infinity, and its remainder.
///
/// An integer divided by integer zero is an error, as in Lua; by float zero it is inf, -inf or nan.
enum FloorDivision {
  static let floorDivide = OperatorFunction(
    "//", result: "integer | number", "Divides and rounds down; integer zero as the divisor is an error.",
    examples: [("7 // 2", "3"), ("-7 // 2", "-4"), ("7 // 2.0", "3.0")], verb: "divide", hint: Arithmetic.hint
  ) { operands in
    guard Arithmetic.areNumeric(operands) else { return nil }
    if Arithmetic.areIntegers(operands) {
      return ScalarKernel(.integer, canFail: true) { (a, rows) throws(ReadoutError) in
        try check(a[1], rows, message: "attempt to perform 'n//0'")
        return Values(integers: NumericKernel.integers(a[0], a[1]) { LuaNumber.floorDivide($0, $1) })
      }
    }
    return ScalarKernel(.number) { a, _ in
      Values(numbers: NumericKernel.numbers(a[0], a[1]) { LuaNumber.floorDivide($0, $1) })
    }
  }

  static let modulo = OperatorFunction(
    "%", result: "integer | number",
    "Gives the remainder of a division that rounds down; integer zero as the divisor is an error.",
    examples: [("7 % 3", "1"), ("-7 % 3", "2"), ("5.5 % 2", "1.5")], verb: "divide", hint: Arithmetic.hint
  ) { operands in
    guard Arithmetic.areNumeric(operands) else { return nil }
    if Arithmetic.areIntegers(operands) {
      return ScalarKernel(.integer, canFail: true) { (a, rows) throws(ReadoutError) in
        try check(a[1], rows, message: "attempt to perform 'n%0'")
        return Values(integers: NumericKernel.integers(a[0], a[1]) { LuaNumber.modulo($0, $1) })
      }
    }
    return ScalarKernel(.number) { a, _ in
      Values(numbers: NumericKernel.numbers(a[0], a[1]) { LuaNumber.modulo($0, $1) })
    }
  }

  /// One pass over the divisors before the loop, so that the loop itself need not stop.
  private static func check(_ divisors: Values, _ rows: Evaluation, message: String) throws(ReadoutError) {
    if let constant = divisors.constantInteger, constant != 0 { return }
    let vector = divisors.integers
    guard vector.contains(where: { $0 == 0 }) else { return }
    let span = vector.span
    if let row = rows.firstPresent(where: { span[$0] == 0 }) {
      throw rows.error(message, row: row, hint: "divide by a float for inf or nan, or keep zeros out with where")
    }
  }
}
