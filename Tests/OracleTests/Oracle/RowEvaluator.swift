import Foundation
import ReadoutEngine

/// The meaning of an expression, one row at a time: short enough to be read, slow enough to be nobody's engine.
///
/// Null rules: operators and functions give null where an operand is null; `x == nil` and `x ~= nil` test for it;
/// `and` and `or` pick an operand, null counting as false.
struct RowEvaluator {
  var columns: [String: Int]

  init(names: [String]) {
    columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  func value(of expression: Expression, in row: [Scalar]) throws -> Scalar {
    switch expression.node {
    case .literal(let value): return value
    case .column(let name): return row[columns[name]!]
    case .call("if_", let arguments):
      switch try value(of: arguments[0], in: row) {
      case .null: return .null
      case .boolean(true): return try value(of: arguments[1], in: row)
      default: return try value(of: arguments[2], in: row)
      }
    case .call(let name, let arguments):
      let values = try arguments.map { try value(of: $0, in: row) }
      return values.contains(.null) ? .null : try NaiveFunctions.call(name, values)
    case .unary(let op, let operand):
      let operand = try value(of: operand, in: row)
      return operand.isNull ? .null : try LuaOperators.apply(op, operand)
    case .binary(.and, let left, let right):
      let left = try value(of: left, in: row)
      return isTrue(left) ? try value(of: right, in: row) : left
    case .binary(.or, let left, let right):
      let left = try value(of: left, in: row)
      return isTrue(left) ? left : try value(of: right, in: row)
    case .binary(let op, let left, let right):
      let (a, b) = (try value(of: left, in: row), try value(of: right, in: row))
      let testsForNull = left.node == .literal(.null) || right.node == .literal(.null)
      if testsForNull, op == .equal { return .boolean(a.isNull && b.isNull) }
      if testsForNull, op == .notEqual { return .boolean(!(a.isNull && b.isNull)) }
      return a.isNull || b.isNull ? .null : try LuaOperators.apply(op, a, b)
    }
  }

  private func isTrue(_ value: Scalar) -> Bool { !value.isNull && value != .boolean(false) }
}
