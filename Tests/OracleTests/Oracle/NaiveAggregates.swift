import Foundation
import ReadoutEngine

/// The aggregates of one group, from all its rows at once, by the textbook.
struct NaiveAggregates {
  let names: [String]
  let rows: [[Scalar]]

  /// The value of a measure: each aggregate in it becomes a column of its own, over the one row of the group.
  func value(of measure: Expression) throws -> Scalar {
    var values: [Scalar] = []
    let outer = try replacingAggregates(in: measure, values: &values)
    return try RowEvaluator(names: values.indices.map { "aggregate \($0)" }).value(of: outer, in: values)
  }

  private func replacingAggregates(in expression: Expression, values: inout [Scalar]) throws -> Expression {
    switch expression.node {
    case .call(let name, let arguments):
      if let value = try aggregate(name, arguments) {
        values.append(value)
        return Expression(.column("aggregate \(values.count - 1)"))
      }
      return Expression(.call(name, try arguments.map { try replacingAggregates(in: $0, values: &values) }))
    case .unary(let op, let operand):
      return Expression(.unary(op, try replacingAggregates(in: operand, values: &values)))
    case .binary(let op, let left, let right):
      let left = try replacingAggregates(in: left, values: &values)
      return Expression(.binary(op, left, try replacingAggregates(in: right, values: &values)))
    default: return expression
    }
  }

  private func aggregate(_ name: String, _ arguments: [Expression]) throws -> Scalar? {
    guard FunctionRegistry.builtIn[name].map({ if case .aggregate = $0 { true } else { false } }) == true else {
      return nil
    }
    let evaluator = RowEvaluator(names: names)
    let tuples = try rows.map { row in try arguments.map { try evaluator.value(of: $0, in: row) } }
    return try Self.value(name, tuples.filter { !$0.contains(.null) })
  }

  /// The aggregate `name` over rows of arguments, none null.
  static func value(_ name: String, _ rows: [[Scalar]]) throws -> Scalar {
    let first = rows.compactMap(\.first)
    func numbers(_ index: Int) throws -> [Double] { try rows.map { try LuaOperators.double($0[index]) } }
    switch name {
    case "count": return .integer(Int64(rows.count))
    case "count_if": return .integer(Int64(first.count { $0 == .boolean(true) }))
    case "sum": return try sum(first)
    case "mean": return rows.isEmpty ? .null : .number(try numbers(0).reduce(0, +) / Double(rows.count))
    case "min": return try extreme(first, .orderedAscending)
    case "max": return try extreme(first, .orderedDescending)
    case "first": return first.first ?? .null
    case "last": return first.last ?? .null
    case "distinct", "approx_distinct": return .integer(Int64(Set(first.map(NaiveTable.identity)).count))
    case "median": return quantile(try numbers(0), 0.5)
    case "quantile": return rows.isEmpty ? .null : quantile(try numbers(0), try LuaOperators.double(rows[0][1]))
    case "variance": return variance(try numbers(0))
    case "stddev":
      guard case .number(let value) = variance(try numbers(0)) else { return .null }
      return .number(value.squareRoot())
    case "weighted_mean":
      let weights = try numbers(1).reduce(0, +)
      return weights == 0 ? .null : .number(try zip(numbers(0), numbers(1)).map { $0 * $1 }.reduce(0, +) / weights)
    case "share": return rows.isEmpty ? .null : .number(try numbers(0).reduce(0, +) / Double(rows.count))
    case "share_low", "share_high":
      return NaiveIntervals.share(try numbers(0), level: try level(rows, at: 1), isLow: name.hasSuffix("low"))
    case "per_thousand":
      let size = rows.isEmpty ? 0 : try numbers(1).reduce(0, +)
      return size == 0 ? .null : .number(1000 * (try numbers(0).reduce(0, +)) / size)
    case "per_thousand_low", "per_thousand_high":
      let size = rows.isEmpty ? 0 : try numbers(1).reduce(0, +)
      return size == 0
        ? .null
        : NaiveIntervals.rate(
          try numbers(0).reduce(0, +), of: size, level: try level(rows, at: 2), isLow: name.hasSuffix("low"))
    case "few":
      let least = if case .integer(let given)? = first.first { Int(given) } else { 30 }
      return rows.count >= least ? .null : .string("only \(rows.count) row\(rows.count == 1 ? "" : "s")")
    case "corr": return correlation(try numbers(0), try numbers(1))
    case "entropy":
      let shares = counts(first).map { Double($0.count) / Double(rows.count) }
      return rows.isEmpty ? .null : .number(-shares.map { $0 * log2($0) }.reduce(0, +))
    case "mode": return counts(first).first?.value ?? .null
    case "top":
      guard case .integer(let wanted)? = rows.first?[1] else { return .list([]) }
      let values =
        first.contains { $0.type!.isNumeric } ? first.sorted { isBefore($1, $0) } : counts(first).map(\.value)
      return .list(values.prefix(Int(wanted)).map(text))
    default: throw OracleError(reason: "the oracle has no \(name)")
    }
  }

  /// The level that an interval was asked for.
  private static func level(_ rows: [[Scalar]], at index: Int) throws -> Double {
    guard let row = rows.first, index < row.count else { return 0.95 }
    return try LuaOperators.double(row[index])
  }

  private static func sum(_ values: [Scalar]) throws -> Scalar {
    if case .number? = values.first { return .number(try values.map(LuaOperators.double).reduce(0, +)) }
    // 128 bits hold the sum of as many 64-bit integers as fit a table; only the whole must fit 64 again.
    let total = values.reduce(Int128(0)) { total, value in
      switch value {
      case .integer(let value): total + Int128(value)
      case .boolean(true): total + 1
      default: total
      }
    }
    guard let exact = Int64(exactly: total) else { throw OracleError(reason: "the sum leaves 64 bits") }
    return .integer(exact)
  }

  private static func extreme(_ values: [Scalar], _ wanted: ComparisonResult) throws -> Scalar {
    var best = Scalar.null
    for value in values where try best.isNull || LuaOperators.order(value, best) == wanted { best = value }
    return best
  }

  /// Linear between the two nearest ranks (type 7 of Hyndman and Fan, 1996).
  private static func quantile(_ values: [Double], _ share: Double) -> Scalar {
    if values.isEmpty { return .null }
    let sorted = values.sorted()
    let rank = share * Double(values.count - 1)
    let below = Int(rank.rounded(.down))
    let above = min(below + 1, values.count - 1)
    return .number(sorted[below] + (sorted[above] - sorted[below]) * (rank - Double(below)))
  }

  /// Over n - 1; null below two values.
  private static func variance(_ values: [Double]) -> Scalar {
    if values.count < 2 { return .null }
    let mean = values.reduce(0, +) / Double(values.count)
    return .number(values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count - 1))
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Scalar {
    if x.count < 2 { return .null }
    let (a, b) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let products = zip(x, y).map { ($0 - a) * ($1 - b) }.reduce(0, +)
    let (squaresX, squaresY) = (x.map { ($0 - a) * ($0 - a) }.reduce(0, +), y.map { ($0 - b) * ($0 - b) }.reduce(0, +))
    return squaresX == 0 || squaresY == 0 ? .null : .number(products / (squaresX * squaresY).squareRoot())
  }

  /// Each value with how often it occurs, the commonest first, equally common ones in ascending order.
  private static func counts(_ values: [Scalar]) -> [(value: Scalar, count: Int)] {
    Dictionary(grouping: values, by: NaiveTable.identity).values.map { ($0[0], $0.count) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : isBefore($0.value, $1.value) }
  }

  private static func isBefore(_ a: Scalar, _ b: Scalar) -> Bool {
    NaiveTable.precedes([a], [b], descending: [false])
  }

  /// An item of a list, as `string` writes the value.
  private static func text(_ value: Scalar) -> String {
    switch value {
    case .integer(let value): String(value)
    case .number(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .date(let day): Calendar.text(ofDay: day)
    case .timestamp(let moment): Calendar.text(ofMoment: moment)
    case .string(let value): value
    case .list(let items): items.joined(separator: ";")
    case .null: ""
    }
  }
}
