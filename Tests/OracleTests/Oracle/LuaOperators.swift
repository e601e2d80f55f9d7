import Foundation
import ReadoutEngine

/// What makes a row's value, or a whole query, an error.
struct OracleError: Error {
  var reason: String
}

/// Lua's operators over two values, neither null, one row at a time (Lua 5.4 reference manual, section 3.4).
enum LuaOperators {
  static func apply(_ op: BinaryOperator, _ a: Scalar, _ b: Scalar) throws -> Scalar {
    switch op {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power: try arithmetic(op, a, b)
    case .equal: .boolean(try order(a, b) == .orderedSame)
    case .notEqual: .boolean(try order(a, b) != .orderedSame)
    case .less: .boolean(try order(a, b) == .orderedAscending)
    case .greater: .boolean(try order(a, b) == .orderedDescending)
    case .lessOrEqual: .boolean([.orderedAscending, .orderedSame].contains(try order(a, b)))
    case .greaterOrEqual: .boolean([.orderedDescending, .orderedSame].contains(try order(a, b)))
    case .concatenate: .string(try text(a) + text(b))
    case .bitAnd: .integer(try integer(a) & integer(b))
    case .bitOr: .integer(try integer(a) | integer(b))
    case .bitXor: .integer(try integer(a) ^ integer(b))
    case .shiftLeft: .integer(shift(try integer(a), left: try integer(b)))
    case .shiftRight: .integer(shift(try integer(a), left: 0 &- (try integer(b))))
    case .and, .or: throw OracleError(reason: "\(op) does not take values only")
    }
  }

  static func apply(_ op: UnaryOperator, _ a: Scalar) throws -> Scalar {
    switch (op, a) {
    case (.negate, .integer(let value)): .integer(0 &- value)
    case (.negate, .number(let value)): .number(-value)
    case (.not, _): .boolean(a == .boolean(false))
    case (.bitNot, _): .integer(~(try integer(a)))
    case (.length, .string(let value)): .integer(Int64(value.unicodeScalars.count))
    case (.length, .list(let items)): .integer(Int64(items.count))
    default: throw OracleError(reason: "\(op) of \(a)")
    }
  }

  private static func arithmetic(_ op: BinaryOperator, _ a: Scalar, _ b: Scalar) throws -> Scalar {
    switch (a, b, op) {
    case (.date(let x), .date(let y), .subtract): return .integer(x &- y)
    case (.date(let x), .integer(let y), .add), (.integer(let y), .date(let x), .add):
      return try date(x.addingReportingOverflow(y))
    case (.date(let x), .integer(let y), .subtract): return try date(x.subtractingReportingOverflow(y))
    case (.integer(let x), .integer(let y), .add): return .integer(x &+ y)
    case (.integer(let x), .integer(let y), .subtract): return .integer(x &- y)
    case (.integer(let x), .integer(let y), .multiply): return .integer(x &* y)
    case (.integer(let x), .integer(let y), .floorDivide):
      if y == 0 { throw OracleError(reason: "integer division by zero") }
      return .integer(y == -1 ? 0 &- x : floorDivide(x, y))
    case (.integer(let x), .integer(let y), .modulo):
      if y == 0 { throw OracleError(reason: "integer modulo by zero") }
      return .integer(y == -1 ? 0 : x &- floorDivide(x, y) &* y)
    default: break
    }
    let (x, y) = (try double(a), try double(b))
    switch op {
    case .add: return .number(x + y)
    case .subtract: return .number(x - y)
    case .multiply: return .number(x * y)
    case .divide: return .number(x / y)
    case .floorDivide: return .number((x / y).rounded(.down))
    case .modulo:
      let rest = fmod(x, y)
      return .number(rest * y < 0 ? rest + y : rest)
    default: return .number(pow(x, y))
    }
  }

  private static func date(_ day: (partialValue: Int64, overflow: Bool)) throws -> Scalar {
    // The calendar goes from year to year.
    guard !day.overflow, day.partialValue.magnitude < 10_000_000,
      (0...9999).contains(NaiveCalendar.date(ofDay: day.partialValue).year)
    else {
      throw OracleError(reason: "no year of four digits")
    }
    return .date(day.partialValue)
  }

  private static func floorDivide(_ x: Int64, _ y: Int64) -> Int64 {
    x % y != 0 && (x < 0) != (y < 0) ? x / y - 1 : x / y
  }

  private static func shift(_ value: Int64, left: Int64) -> Int64 {
    if left <= -64 || left >= 64 { return 0 }
    let bits = UInt64(bitPattern: value)
    return Int64(bitPattern: left >= 0 ? bits << UInt64(left) : bits >> UInt64(-left))
  }

  /// Nil where there is no order: one of the two is no number.
  static func order(_ a: Scalar, _ b: Scalar) throws -> ComparisonResult? {
    switch (a, b) {
    case (.integer(let x), .integer(let y)), (.date(let x), .date(let y)), (.timestamp(let x), .timestamp(let y)):
      return compare(x, y)
    // A date is the moment at which it begins.
    case (.date(let x), .timestamp(let y)): return compare(x * 86_400_000_000, y)
    case (.timestamp(let x), .date(let y)): return compare(x, y * 86_400_000_000)
    case (.number(let x), .number(let y)): return x.isNaN || y.isNaN ? nil : compare(x, y)
    case (.integer(let x), .number(let y)): return exact(x, y)
    case (.number(let x), .integer(let y)): return exact(y, x).map { ComparisonResult(rawValue: -$0.rawValue)! }
    case (.boolean(let x), .boolean(let y)): return compare(x ? 1 : 0, y ? 1 : 0)
    case (.string(let x), .string(let y)):
      if x.utf8.elementsEqual(y.utf8) { return .orderedSame }
      return x.utf8.lexicographicallyPrecedes(y.utf8) ? .orderedAscending : .orderedDescending
    case (.date, .string(let text)):
      guard let day = Calendar.day(in: text) else { throw OracleError(reason: "no date: \(text)") }
      return try order(a, .date(day))
    case (.timestamp, .string(let text)):
      guard let moment = Calendar.moment(in: text) else { throw OracleError(reason: "no timestamp: \(text)") }
      return try order(a, .timestamp(moment))
    case (.string, .date), (.string, .timestamp):
      return try order(b, a).map { ComparisonResult(rawValue: -$0.rawValue)! }
    case (.list(let x), .list(let y)):
      for (a, b) in zip(x, y) where !a.utf8.elementsEqual(b.utf8) { return try order(.string(a), .string(b)) }
      return compare(x.count, y.count)
    default: throw OracleError(reason: "\(a) beside \(b)")
    }
  }

  private static func compare<T: Comparable>(_ x: T, _ y: T) -> ComparisonResult {
    x < y ? .orderedAscending : x > y ? .orderedDescending : .orderedSame
  }

  /// An integer beside a double by their mathematical values, without rounding the integer.
  private static func exact(_ x: Int64, _ y: Double) -> ComparisonResult? {
    if y.isNaN { return nil }
    if y >= 0x1p63 { return .orderedAscending }
    if y < -0x1p63 { return .orderedDescending }
    let whole = Int64(y.rounded(.down))
    if x != whole { return compare(x, whole) }
    return Double(whole) < y ? .orderedAscending : .orderedSame
  }

  static func double(_ value: Scalar) throws -> Double {
    switch value {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    case .boolean(let value): return value ? 1 : 0
    default: throw OracleError(reason: "no number: \(value)")
    }
  }

  private static func integer(_ value: Scalar) throws -> Int64 {
    switch value {
    case .integer(let value): return value
    case .number(let value):
      guard let whole = Int64(exactly: value) else { throw OracleError(reason: "no integer: \(value)") }
      return whole
    default: throw OracleError(reason: "no integer: \(value)")
    }
  }

  private static func text(_ value: Scalar) throws -> String {
    switch value {
    case .string(let value): return value
    case .integer(let value): return String(value)
    default: throw OracleError(reason: "no string: \(value)")
    }
  }
}
