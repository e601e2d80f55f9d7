import Foundation
import ReadoutEngine
import Testing

/// The oracle's own arithmetic, against what Lua 5.4 prints.
@Suite struct LuaOperatorTests {
  static let facts: [(Scalar, BinaryOperator, Scalar, Scalar)] = [
    (7, .floorDivide, -2, -4), (-7, .modulo, 3, 2), (7, .modulo, -3, -2), (7, .divide, 2, 3.5), (6, .divide, 2, 3.0),
    (.integer(.max), .add, 1, .integer(.min)), (.integer(.min), .floorDivide, -1, .integer(.min)),
    (.integer(.min), .modulo, -1, 0), (.number(5.5), .modulo, -2, .number(-0.5)),
    (.number(-5.5), .floorDivide, 2, .number(-3)),
    (2, .power, 10, 1024.0), (1, .shiftLeft, 64, 0), (-1, .shiftRight, 60, 15), (1, .shiftLeft, -1, 0),
    (1, .equal, 1.0, true),
    (.integer(1 << 53 + 1), .equal, .number(0x1p53), false), (.integer(.max), .less, .number(0x1p63), true),
    ("Z", .less, "a", true), ("", .less, "a", true), ("\u{FFFD}", .less, "😀", true), ("Å", .equal, "A\u{30A}", false),
    ("a", .concatenate, "b", "ab"), (.number(.nan), .equal, .number(.nan), false), (.number(.nan), .notEqual, 1, true),
    (.date(20_000), .subtract, .date(19_990), 10), (.date(20_000), .add, 7, .date(20_007)),
    (.date(20_396), .less, "2025-11-05", true),
  ]

  @Test(arguments: facts.indices) func isAsLuaSays(_ index: Int) throws {
    let (a, op, b, expected) = Self.facts[index]
    let value = try LuaOperators.apply(op, a, b)
    #expect(
      value.type == expected.type && Comparison.isClose(value, expected, tolerance: 0), "\(a) \(op.rawValue) \(b)")
  }

  @Test func integersAreNotDividedByZero() {
    #expect(throws: OracleError.self) { try LuaOperators.apply(.floorDivide, 1, 0) }
    #expect(throws: OracleError.self) { try LuaOperators.apply(.modulo, 1, 0) }
    #expect(throws: Never.self) { try LuaOperators.apply(.divide, 1, 0) }
  }
}
