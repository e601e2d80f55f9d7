import ReadoutVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `abs floor ceil round`.
///
/// Rounding to a whole number gives an integer, as Lua's `math.floor` does; nan, the infinities and what lies beyond
/// 64 bits have none, which is an error.
enum Rounding {
  static let abs = BuiltInScalar(
    "abs", [Parameter("x", .numbers)], result: "the type of x", "Gives the number without its sign.",
    examples: [("abs(-3)", "3"), ("abs(-0.5)", "0.5")]
  ) { arguments in
    arguments[0].type == .integer
      ? ScalarKernel(.integer) { a, _ in Values(integers: a[0].integers.map { $0 < 0 ? 0 &- $0 : $0 }) }
      : ScalarKernel(.number) { a, _ in Values(numbers: a[0].numbers.map { $0.magnitude }) }
  }

  static let floor = BuiltInScalar(
    "floor", [Parameter("x", .numbers)], result: "integer", "Rounds down to an integer.",
    examples: [("floor(2.7)", "2"), ("floor(-2.1)", "-3")]
  ) { arguments in
    arguments[0].type == .integer
      ? unchanged
      : ScalarKernel(.integer, canFail: true) { (a, rows) throws(ReadoutError) in
        try integers(a[0].numbers.map { $0.rounded(.down) }, rows, name: "floor")
      }
  }

  static let ceil = BuiltInScalar(
    "ceil", [Parameter("x", .numbers)], result: "integer", "Rounds up to an integer.",
    examples: [("ceil(2.1)", "3"), ("ceil(-2.7)", "-2")]
  ) { arguments in
    arguments[0].type == .integer
      ? unchanged
      : ScalarKernel(.integer, canFail: true) { (a, rows) throws(ReadoutError) in
        try integers(a[0].numbers.map { $0.rounded(.up) }, rows, name: "ceil")
      }
  }

  static let round = BuiltInScalar(
    "round", [Parameter("x", .numbers), Parameter("digits", [.integer], .optional, constant: true)],
    result: "integer, or the type of x where digits are given",
    "Rounds to an integer, or to a number of decimal digits, halves away from zero.",
    examples: [("round(2.5)", "3"), ("round(3.14159, 2)", "3.14"), ("round(1250, -2)", "1300")]
  ) { (arguments) throws(ReadoutError) in
    if arguments.count == 1 {
      return arguments[0].type == .integer
        ? unchanged
        : ScalarKernel(.integer, canFail: true) { (a, rows) throws(ReadoutError) in
          try integers(a[0].numbers.map { $0.rounded(.toNearestOrAwayFromZero) }, rows, name: "round")
        }
    }
    let digits = arguments[1].constantInteger ?? 0
    guard (-18...300).contains(digits) else {
      throw ReadoutError(
        .request, "round: digits beyond -18 to 300", value: String(digits), hint: nil, range: arguments[1].range)
    }
    if arguments[0].type == .integer { return digits >= 0 ? unchanged : wholes(zeros: Int(-digits)) }
    return digits >= 0 ? decimals(digits: digits) : tens(zeros: -digits)
  }

  private static let unchanged = ScalarKernel(.integer) { a, _ in a[0] }

  private static func wholes(zeros: Int) -> ScalarKernel {
    let unit = (0..<zeros).reduce(Int64(1)) { product, _ in product &* 10 }
    @Sendable func rounded(_ value: Int64) -> (Int64, overflow: Bool) {
      let rest = value % unit
      let up: Int64 = rest.magnitude >= unit.magnitude - rest.magnitude ? (value < 0 ? -unit : unit) : 0
      return (value - rest).addingReportingOverflow(up)
    }
    return ScalarKernel(.integer, canFail: true) { (a, rows) throws(ReadoutError) in
      let values = a[0].integers
      let span = values.span
      if let row = rows.firstPresent(where: { rounded(span[$0]).overflow }) {
        throw rows.error(
          "round: the result is beyond 64 bits", value: "\(span[row])", row: row,
          hint: "keep integers near the ends of 64 bits out with where, or round number(x)")
      }
      return Values(integers: values.map { rounded($0).0 })
    }
  }

  /// Powers of ten are not exact as fractions, so digits after the point multiply and those before it divide.
  private static func decimals(digits: Int64) -> ScalarKernel {
    let scale = pow(10, Double(digits))
    return ScalarKernel(.number) { a, _ in
      Values(
        numbers: a[0].numbers.map { value in
          // From 2^52 on there are no fractions left to round.
          let scaled = value * scale
          return scaled.magnitude < 0x1p52 ? scaled.rounded(.toNearestOrAwayFromZero) / scale : value
        })
    }
  }

  private static func tens(zeros: Int64) -> ScalarKernel {
    let scale = pow(10, Double(zeros))
    return ScalarKernel(.number) { a, _ in
      Values(numbers: a[0].numbers.map { ($0 / scale).rounded(.toNearestOrAwayFromZero) * scale })
    }
  }

  /// Whole floats as integers; one that has no integer of its value is an error in a row that counts.
  private static func integers(_ wholes: Vector<Double>, _ rows: Evaluation, name: String) throws(ReadoutError)
    -> Values
  {
    let span = wholes.span
    if wholes.contains(where: { !($0 >= -0x1p63 && $0 < 0x1p63) }),
      let row = rows.firstPresent(where: { LuaNumber.integer(span[$0]) == nil })
    {
      throw rows.error(
        "\(name): number has no integer representation", value: "\(span[row])", row: row,
        hint: "keep nan, infinities and numbers beyond 64 bits out with where")
    }
    return Values(integers: wholes.map { $0 >= -0x1p63 && $0 < 0x1p63 ? Int64($0) : 0 })
  }
}
