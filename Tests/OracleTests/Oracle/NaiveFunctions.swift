import Foundation
import ReadoutEngine

/// A few scalar functions of `surface.md` over values, none null; the random queries call these.
enum NaiveFunctions {
  static func call(_ name: String, _ values: [Scalar]) throws -> Scalar {
    switch (name, values[0], values.count > 1 ? values[1] : .null) {
    case ("abs", .integer(let x), .null): return .integer(x < 0 ? 0 &- x : x)
    case ("abs", .number(let x), .null): return .number(x.magnitude)
    case ("least", _, _): return try values.dropFirst().reduce(values[0]) { try isLess($1, $0) ? $1 : $0 }
    case ("greatest", _, _): return try values.dropFirst().reduce(values[0]) { try isLess($0, $1) ? $1 : $0 }
    case ("length", .string(let text), .null): return .integer(Int64(text.unicodeScalars.count))
    case ("upper", .string(let text), .null): return .string(text.uppercased())
    case ("lower", .string(let text), .null): return .string(text.lowercased())
    case ("starts_with", .string(let text), .string(let start)): return .boolean(text.utf8.starts(with: start.utf8))
    case ("ends_with", .string(let text), .string(let end)):
      return .boolean(text.utf8.reversed().starts(with: end.utf8.reversed()))
    case ("contains", .string(let text), .string(let part)):
      let (whole, wanted) = (Array(text.utf8), Array(part.utf8))
      return .boolean((0...whole.count).contains { whole[$0...].starts(with: wanted) })
    case (_, .date(let day), .null): return .integer(try part(name, ofDay: day))
    case ("bucket", .date(let day), .string(let width)): return .date(try bucket(day, width))
    default: throw OracleError(reason: "the oracle has no \(name)(\(values))")
    }
  }

  private static func isLess(_ a: Scalar, _ b: Scalar) throws -> Bool {
    try LuaOperators.order(a, b) == .orderedAscending
  }

  private static func part(_ name: String, ofDay day: Int64) throws -> Int64 {
    let date = NaiveCalendar.date(ofDay: day)
    switch name {
    case "year": return date.year
    case "month": return date.month
    case "quarter": return (date.month + 2) / 3
    case "day": return date.day
    case "week": return NaiveCalendar.week(ofDay: day)
    case "weekday": return NaiveCalendar.weekday(ofDay: day)
    default: throw OracleError(reason: "the oracle has no \(name)")
    }
  }

  private static func bucket(_ day: Int64, _ width: String) throws -> Int64 {
    let date = NaiveCalendar.date(ofDay: day)
    switch width {
    case "day": return day
    case "week": return day - NaiveCalendar.weekday(ofDay: day) + 1
    case "month": return day - date.day + 1
    case "quarter": return NaiveCalendar.day(year: date.year, month: (date.month - 1) / 3 * 3 + 1)
    case "year": return NaiveCalendar.day(year: date.year, month: 1)
    default: throw OracleError(reason: "the oracle has no bucket of \(width)")
    }
  }
}
