import ReadoutVectors

/// `== ~= < <= > >=`. Tests for nil belong to the planner: here a null operand makes the result null.
///
/// Integers and floats are compared as mathematical values, strings and text by code point, a date with a timestamp
/// as its midnight, `false` and `true` for equality only. nan equals nothing and is neither less nor greater.
enum Comparison {
  static let equal = function(.equal, "Whether two values are equal.", [("2 == 2.0", "true"), ("'a' == 'A'", "false")])
  static let notEqual = function(
    .notEqual, "Whether two values differ.", [("2 ~= 2.0", "false"), ("'a' ~= 'A'", "true")])
  static let less = function(
    .less, "Whether the left value is less; strings by code point.", [("1 < 1.5", "true"), ("'Z' < 'a'", "true")])
  static let lessOrEqual = function(
    .lessOrEqual, "Whether the left value is less or equal.", [("2 <= 2", "true"), ("'b' <= 'a'", "false")])
  static let greater = function(
    .greater, "Whether the left value is greater.",
    [("2 > 1", "true"), ("date('2025-01-02') > date('2025-01-01')", "true")]
  )
  static let greaterOrEqual = function(
    .greaterOrEqual, "Whether the left value is greater or equal.", [("2 >= 2.5", "false"), ("'a' >= 'a'", "true")])

  enum Order: String {
    case equal = "=="
    case notEqual = "~="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// The same comparison with the operands exchanged.
    var swapped: Order {
      switch self {
      case .equal, .notEqual: self
      case .less: .greater
      case .lessOrEqual: .greaterOrEqual
      case .greater: .less
      case .greaterOrEqual: .lessOrEqual
      }
    }

    var testsOrder: Bool { self != .equal && self != .notEqual }
  }

  private static func function(_ order: Order, _ summary: String, _ examples: [(String, String)]) -> OperatorFunction {
    OperatorFunction(
      order.rawValue, result: "boolean", summary, examples: examples, verb: "compare", joint: "with",
      hint: "compare values of one type, or integers with numbers and dates with timestamps"
    ) { operands in
      switch (operands[0].type, operands[1].type) {
      case (.integer, .number):
        ScalarKernel(.boolean) { a, _ in Values(booleans: compare(integers: a[0], numbers: a[1], order)) }
      case (.number, .integer):
        ScalarKernel(.boolean) { a, _ in Values(booleans: compare(integers: a[1], numbers: a[0], order.swapped)) }
      case (.number, .number):
        ScalarKernel(.boolean) { a, _ in Values(booleans: compare(numbers: a[0], a[1], order)) }
      case (.boolean, .boolean) where !order.testsOrder:
        ScalarKernel(.boolean) { a, _ in
          let flip: UInt8 = order == .equal ? 1 : 0
          return Values(booleans: a[0].booleans.zip(a[1].booleans) { $0 ^ $1 ^ flip })
        }
      case (.date, .timestamp), (.timestamp, .date):
        ScalarKernel(.boolean) { a, _ in
          Values(booleans: compare(integers: TimeValues.moments(a[0]), TimeValues.moments(a[1]), order))
        }
      case (let left, let right) where left == right && left.isIntegerBacked:
        ScalarKernel(.boolean) { a, _ in Values(booleans: compare(integers: a[0], a[1], order)) }
      case (let left, let right) where left.isString && right.isString: StringComparison.kernel(order, operands)
      default: nil
      }
    }
  }

  private static func compare(integers a: Values, _ b: Values, _ order: Order) -> Vector<UInt8> {
    switch order {
    case .equal: NumericKernel.integers(a, b) { $0 == $1 ? 1 : 0 }
    case .notEqual: NumericKernel.integers(a, b) { $0 != $1 ? 1 : 0 }
    case .less: NumericKernel.integers(a, b) { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: NumericKernel.integers(a, b) { $0 <= $1 ? 1 : 0 }
    case .greater: NumericKernel.integers(a, b) { $0 > $1 ? 1 : 0 }
    case .greaterOrEqual: NumericKernel.integers(a, b) { $0 >= $1 ? 1 : 0 }
    }
  }

  private static func compare(numbers a: Values, _ b: Values, _ order: Order) -> Vector<UInt8> {
    switch order {
    case .equal: NumericKernel.numbers(a, b) { $0 == $1 ? 1 : 0 }
    case .notEqual: NumericKernel.numbers(a, b) { $0 != $1 ? 1 : 0 }
    case .less: NumericKernel.numbers(a, b) { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: NumericKernel.numbers(a, b) { $0 <= $1 ? 1 : 0 }
    case .greater: NumericKernel.numbers(a, b) { $0 > $1 ? 1 : 0 }
    case .greaterOrEqual: NumericKernel.numbers(a, b) { $0 >= $1 ? 1 : 0 }
    }
  }

  private static func compare(integers a: Values, numbers b: Values, _ order: Order) -> Vector<UInt8> {
    switch order {
    case .equal: NumericKernel.mixed(a, b) { LuaNumber.equal($0, $1) ? 1 : 0 }
    case .notEqual: NumericKernel.mixed(a, b) { LuaNumber.equal($0, $1) ? 0 : 1 }
    case .less: NumericKernel.mixed(a, b) { LuaNumber.less($0, $1) ? 1 : 0 }
    case .lessOrEqual: NumericKernel.mixed(a, b) { LuaNumber.lessOrEqual($0, $1) ? 1 : 0 }
    case .greater: NumericKernel.mixed(a, b) { LuaNumber.greater($0, $1) ? 1 : 0 }
    case .greaterOrEqual: NumericKernel.mixed(a, b) { LuaNumber.greaterOrEqual($0, $1) ? 1 : 0 }
    }
  }
}
