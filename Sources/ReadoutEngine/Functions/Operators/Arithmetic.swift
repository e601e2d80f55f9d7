import ReadoutVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `+ - * / ^` and unary minus: Lua's arithmetic, and that of dates.
///
/// Two integers give an integer that wraps around 64 bits; with a float the result is a float. A date that leaves the
/// years 0000 to 9999 is an error. `/` and `^` are float always. Strings are not turned into numbers, as Lua would do: a
/// column of digits that stayed a string is a mistake to show.
enum Arithmetic {
  static let add = OperatorFunction(
    "+", result: "integer | number | date", "Adds numbers, or days to a date.",
    examples: [("1 + 2", "3"), ("1 + 2.0", "3.0"), ("date('2025-12-31') + 1", "date('2026-01-01')")], verb: "add",
    hint: hint
  ) { operands in
    switch (operands[0].type, operands[1].type) {
    case (.integer, .integer):
      ScalarKernel(.integer) { a, _ in Values(integers: NumericKernel.integers(a[0], a[1]) { $0 &+ $1 }) }
    case (.date, .integer), (.integer, .date):
      ScalarKernel(.date, canFail: true) { (a, rows) throws(ReadoutError) in
        try dates(NumericKernel.integers(a[0], a[1]) { $0.addingClamped($1) }, a, "+", rows)
      }
    case _ where areNumeric(operands):
      ScalarKernel(.number) { a, _ in Values(numbers: NumericKernel.numbers(a[0], a[1]) { $0 + $1 }) }
    default: nil
    }
  }

  static let subtract = OperatorFunction(
    "-", result: "integer | number | date",
    "Subtracts numbers, days from a date, or two times: dates give whole days, timestamps give seconds.",
    examples: [("5 - 7", "-2"), ("date('2025-03-01') - date('2025-02-01')", "28"), ("1.5 - 1", "0.5")],
    verb: "subtract", hint: hint
  ) { operands in
    switch (operands[0].type, operands[1].type) {
    case (.integer, .integer), (.date, .date):
      ScalarKernel(.integer) { a, _ in Values(integers: NumericKernel.integers(a[0], a[1]) { $0 &- $1 }) }
    case (.date, .integer):
      ScalarKernel(.date, canFail: true) { (a, rows) throws(ReadoutError) in
        try dates(NumericKernel.integers(a[0], a[1]) { $0.subtractingClamped($1) }, a, "-", rows)
      }
    case (let left, let right) where left.isTime && right.isTime:
      ScalarKernel(.number) { a, _ in
        Values(
          numbers: NumericKernel.integers(TimeValues.moments(a[0]), TimeValues.moments(a[1])) {
            Double($0 &- $1) / Double(Calendar.microsecondsPerSecond)
          })
      }
    case _ where areNumeric(operands):
      ScalarKernel(.number) { a, _ in Values(numbers: NumericKernel.numbers(a[0], a[1]) { $0 - $1 }) }
    default: nil
    }
  }

  static let multiply = OperatorFunction(
    "*", result: "integer | number", "Multiplies numbers.", examples: [("6 * 7", "42"), ("2 * 0.5", "1.0")],
    verb: "multiply", hint: hint
  ) { operands in
    guard areNumeric(operands) else { return nil }
    return areIntegers(operands)
      ? ScalarKernel(.integer) { a, _ in Values(integers: NumericKernel.integers(a[0], a[1]) { $0 &* $1 }) }
      : ScalarKernel(.number) { a, _ in Values(numbers: NumericKernel.numbers(a[0], a[1]) { $0 * $1 }) }
  }

  static let divide = OperatorFunction(
    "/", result: "number", "Divides as floats, integers too.", examples: [("7 / 2", "3.5"), ("1 / 0", "math.huge")],
    verb: "divide", hint: hint
  ) { operands in
    guard areNumeric(operands) else { return nil }
    return ScalarKernel(.number) { a, _ in Values(numbers: NumericKernel.numbers(a[0], a[1]) { $0 / $1 }) }
  }

  static let power = OperatorFunction(
    "^", result: "number", "Raises to a power, as floats.",
    examples: [("2 ^ 10", "1024.0"), ("2 ^ 0.5 > 1.41", "true")],
    verb: "raise", hint: hint
  ) { operands in
    guard areNumeric(operands) else { return nil }
    return ScalarKernel(.number) { a, _ in
      if a[1].constantNumber == 2 { return Values(numbers: a[0].numbers.map { $0 * $0 }) }
      return Values(numbers: NumericKernel.numbers(a[0], a[1]) { $1 == 2 ? $0 * $0 : pow($0, $1) })
    }
  }

  static let negate = OperatorFunction(
    "unary -", operands: 1, result: "integer | number", "Changes the sign.",
    examples: [("-(3)", "-3"), ("-(0.5)", "-0.5")],
    verb: "negate", hint: "a number is wanted"
  ) { operands in
    switch operands[0].type {
    case .integer: ScalarKernel(.integer) { a, _ in Values(integers: a[0].integers.map { 0 &- $0 }) }
    case .number: ScalarKernel(.number) { a, _ in Values(numbers: a[0].numbers.map { -$0 }) }
    default: nil
    }
  }

  /// Days as dates; one that could not be written in a form that is read again, or left 64 bits, is an error.
  private static func dates(
    _ days: Vector<Int64>, _ operands: [Values], _ token: String, _ rows: Evaluation
  ) throws(ReadoutError) -> Values {
    let span = days.span
    if let row = rows.firstPresent(where: { !Calendar.writtenDays.contains(span[$0]) }) {
      throw rows.error(
        "a date beyond the years 0000 to 9999",
        value: "\(operands[0][row].text) \(token) \(operands[1][row].text)", row: row)
    }
    return Values(integers: days, type: .date)
  }

  static let hint = "arithmetic wants integers and numbers; date + days, date - days and date - date work too"

  static func areNumeric(_ operands: [Argument]) -> Bool { operands.allSatisfy { $0.type.isNumeric } }
  static func areIntegers(_ operands: [Argument]) -> Bool { operands.allSatisfy { $0.type == .integer } }
}
