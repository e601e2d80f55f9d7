/// Leaves out chunks that no row of can pass the filters, by their zone maps.
enum ZoneSkip {
  static func rulesOut(_ filters: [Stage.Filter], chunk: Int, of table: Table) -> Bool {
    filters.contains { rulesOut($0.expression, chunk: chunk, of: table) }
  }

  private static func rulesOut(_ expression: BoundExpression, chunk: Int, of table: Table) -> Bool {
    guard expression.isSmall else { return false }
    switch expression.node {
    case .and(let a, let b): return rulesOut(a, chunk: chunk, of: table) || rulesOut(b, chunk: chunk, of: table)
    case .or(let a, let b): return rulesOut(a, chunk: chunk, of: table) && rulesOut(b, chunk: chunk, of: table)
    case .isNull(let operand, let negated):
      guard case .column(let index) = operand.node else { return false }
      let part = table.columns[index].chunks[chunk]
      return part.zone.nullCount == (negated ? part.count : 0)
    case .call(let token, _, let arguments) where arguments.count == 2:
      if case .column(let index) = arguments[0].node, let value = arguments[1].constant {
        return isEmpty(token, table.columns[index], chunk, value)
      }
      if let call = arguments[0].columnCall, case .integer(let value)? = arguments[1].constant,
        let bounds = call.kernel.bounds(in: table.columns[call.column], chunk: chunk)
      {
        return isEmpty(token, bounds.lowerBound, bounds.upperBound, value)
      }
      if case .column(let index) = arguments[1].node, let value = arguments[0].constant {
        return isEmpty(mirrored(token), table.columns[index], chunk, value)
      }
      return isNeverTrue(expression, chunk: chunk, of: table)
    default: return false
    }
  }

  // A call alone is a condition, as `has(text, …)` is: 1 is true.
  private static func isNeverTrue(_ expression: BoundExpression, chunk: Int, of table: Table) -> Bool {
    guard let call = expression.columnCall, expression.type == .boolean else { return false }
    return call.kernel.bounds(in: table.columns[call.column], chunk: chunk) == 0...0
  }

  private static func mirrored(_ token: String) -> String {
    switch token {
    case "<": ">"
    case ">": "<"
    case "<=": ">="
    case ">=": "<="
    default: token
    }
  }

  /// Whether no value of the chunk compares so with `value`.
  private static func isEmpty(_ token: String, _ column: Column, _ number: Int, _ value: Scalar) -> Bool {
    let chunk = column.chunks[number]
    let day = Calendar.microsecondsPerDay
    switch (chunk.zone.bounds, value) {
    case (.integers(let min, let max), .integer(let value)): return isEmpty(token, min, max, value)
    // A date beside a timestamp is the moment at which it begins.
    case (.integers(let min, let max), .date(let value)):
      return isEmpty(token, min, max, column.type == .date ? value : value &* day)
    case (.integers(let min, let max), .timestamp(let value)):
      return column.type == .date
        ? isEmpty(token, min &* day, max &* day, value) : isEmpty(token, min, max, value)
    case (.numbers(let min, let max), .number(let value)): return isEmpty(token, min, max, value)
    case (.none, _):
      return chunk.zone.nullCount == chunk.count && ["==", "<", "<=", ">", ">="].contains(token)
    default: return false
    }
  }

  private static func isEmpty<T: Comparable>(_ token: String, _ min: T, _ max: T, _ value: T) -> Bool {
    switch token {
    case "==": value < min || value > max
    case "<": min >= value
    case "<=": min > value
    case ">": max <= value
    case ">=": max < value
    default: false
    }
  }
}
