import ReadoutVectors

/// `& | ~ << >>` and unary `~` on 64-bit integers. Shifts are logical: zeros come in on both sides.
///
/// A float is taken as the integer of the same value; one that has none is an error, as in Lua.
enum Bitwise {
  static let and = OperatorFunction(
    "&", result: "integer", "Gives the bits set in both integers.", examples: [("12 & 10", "8"), ("7 & 2.0", "2")],
    verb: "combine the bits of", hint: hint
  ) { kernel($0) { $0 & $1 } }

  static let or = OperatorFunction(
    "|", result: "integer", "Gives the bits set in either integer.", examples: [("12 | 10", "14"), ("1 | 4", "5")],
    verb: "combine the bits of", hint: hint
  ) { kernel($0) { $0 | $1 } }

  static let exclusiveOr = OperatorFunction(
    "~", result: "integer", "Gives the bits set in one of two integers.", examples: [("12 ~ 10", "6"), ("5 ~ 5", "0")],
    verb: "combine the bits of", hint: hint
  ) { kernel($0) { $0 ^ $1 } }

  static let shiftLeft = OperatorFunction(
    "<<", result: "integer", "Shifts bits to the left; a negative distance shifts to the right.",
    examples: [("1 << 4", "16"), ("1 << 64", "0")], verb: "shift", hint: hint
  ) { kernel($0) { LuaNumber.shiftLeft($0, $1) } }

  static let shiftRight = OperatorFunction(
    ">>", result: "integer", "Shifts bits to the right, zeros coming in; a negative distance shifts to the left.",
    examples: [("16 >> 4", "1"), ("-1 >> 63", "1")], verb: "shift", hint: hint
  ) { kernel($0) { LuaNumber.shiftLeft($0, 0 &- $1) } }

  static let not = OperatorFunction(
    "unary ~", operands: 1, result: "integer", "Turns every bit.", examples: [("~(0)", "-1"), ("~(5)", "-6")],
    verb: "turn the bits of", hint: hint
  ) { operands in
    guard Arithmetic.areNumeric(operands) else { return nil }
    return ScalarKernel(.integer, canFail: operands[0].type == .number) { (a, rows) throws(ReadoutError) in
      Values(integers: try integers(a[0], rows).integers.map { ~$0 })
    }
  }

  private static let hint = "an integer is wanted"

  @inline(__always)
  private static func kernel(
    _ operands: [Argument], _ body: @escaping @Sendable (Int64, Int64) -> Int64
  ) -> ScalarKernel? {
    guard Arithmetic.areNumeric(operands) else { return nil }
    return ScalarKernel(.integer, canFail: operands.contains { $0.type == .number }) { (a, rows) throws(ReadoutError) in
      Values(integers: NumericKernel.integers(try integers(a[0], rows), try integers(a[1], rows), body))
    }
  }

  /// The operand as integers; a float without an integer value in a row that counts is an error.
  private static func integers(_ values: Values, _ rows: Evaluation) throws(ReadoutError) -> Values {
    guard values.type == .number else { return values }
    let numbers = values.numbers
    let span = numbers.span
    if let row = rows.firstPresent(where: { LuaNumber.integer(span[$0]) == nil }) {
      throw rows.error(
        "number has no integer representation", value: "\(span[row])", row: row, hint: "use floor or round")
    }
    return Values(integers: numbers.map { LuaNumber.integer($0) ?? 0 }, validity: values.validity)
  }
}
