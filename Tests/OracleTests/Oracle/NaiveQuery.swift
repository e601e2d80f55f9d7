import Foundation
import ReadoutEngine

/// Rows of scalars under names: what the oracle works on.
struct NaiveTable {
  var names: [String]
  var rows: [[Scalar]]
}

extension NaiveTable {
  /// Takes the steps of a query one after the other, each over all rows.
  func running(_ steps: [Query.Step]) throws -> NaiveTable {
    var table = self
    var keys: [ListItem]?
    for (index, step) in steps.enumerated() {
      switch step.verb {
      case .filter(let condition):
        let evaluator = RowEvaluator(names: table.names)
        table.rows = try table.rows.filter { try evaluator.value(of: condition, in: $0) == .boolean(true) }
      case .derive(let items): for item in items { try table.derive(item) }
      case .select(let items): table = try table.selecting(items)
      case .by(let items):
        if index + 1 < steps.count, case .measure = steps[index + 1].verb {
          keys = items
        } else {
          table = try table.measuring([], by: items)
        }
      case .measure(let items):
        table = try table.measuring(items, by: keys ?? [])
        keys = nil
      case .sort(let items): table = try table.sorting(items)
      case .limit(let count, let skip): table.rows = Array(table.rows.dropFirst(skip).prefix(count))
      case .table(let step): throw OracleError(reason: "the oracle has no \(step.name)")
      }
    }
    return table
  }

  private mutating func derive(_ item: ListItem) throws {
    let evaluator = RowEvaluator(names: names)
    let values = try rows.map { try evaluator.value(of: item.expression, in: $0) }
    if let known = names.firstIndex(of: item.name!) {
      for row in rows.indices { rows[row][known] = values[row] }
    } else {
      names.append(item.name!)
      for row in rows.indices { rows[row].append(values[row]) }
    }
  }

  private func selecting(_ items: [ListItem]) throws -> NaiveTable {
    let evaluator = RowEvaluator(names: names)
    return NaiveTable(
      names: items.map { $0.name! },
      rows: try rows.map { row in try items.map { try evaluator.value(of: $0.expression, in: row) } })
  }

  /// Groups in ascending order of their keys, nulls last; one group without keys, also over no rows.
  private func measuring(_ items: [ListItem], by keys: [ListItem]) throws -> NaiveTable {
    let keyed = try selecting(keys)
    var groups: [(key: [Scalar], rows: [[Scalar]])] = keys.isEmpty ? [([], [])] : []
    var numbers: [String: Int] = keys.isEmpty ? ["": 0] : [:]
    for (row, key) in zip(rows, keyed.rows) {
      let name = key.map(NaiveTable.identity).joined(separator: "\u{1}")
      if numbers[name] == nil {
        numbers[name] = groups.count
        groups.append((key, []))
      }
      groups[numbers[name]!].rows.append(row)
    }
    groups.sort { NaiveTable.precedes($0.key, $1.key, descending: keys.map { _ in false }) }
    let grouped = try groups.map { group in
      try group.key + items.map { try NaiveAggregates(names: names, rows: group.rows).value(of: $0.expression) }
    }
    return NaiveTable(names: (keys + items).map { $0.name! }, rows: grouped)
  }

  private func sorting(_ items: [Query.SortItem]) throws -> NaiveTable {
    let evaluator = RowEvaluator(names: names)
    let keyed = try rows.map { row in (row, try items.map { try evaluator.value(of: $0.expression, in: row) }) }
    // Swift's sort is stable in fact, not by its contract, so the row numbers break the ties.
    let sorted = keyed.enumerated().sorted { a, b in
      let descending = items.map(\.isDescending)
      if NaiveTable.precedes(a.element.1, b.element.1, descending: descending) { return true }
      if NaiveTable.precedes(b.element.1, a.element.1, descending: descending) { return false }
      return a.offset < b.offset
    }
    return NaiveTable(names: names, rows: sorted.map(\.element.0))
  }

  /// Nulls come last either way.
  static func precedes(_ a: [Scalar], _ b: [Scalar], descending: [Bool]) -> Bool {
    for (index, (x, y)) in zip(a, b).enumerated() {
      if x.isNull != y.isNull { return y.isNull }
      if x.isNull { continue }
      guard let order = try? LuaOperators.order(x, y), order != .orderedSame else { continue }
      return (order == .orderedAscending) != descending[index]
    }
    return false
  }

  /// A text that two values share if they are one key: strings by their bytes, 0.0 and -0.0 as one.
  static func identity(_ value: Scalar) -> String {
    switch value {
    case .string(let text): return "s" + text.utf8.map { String($0, radix: 16) }.joined(separator: ",")
    case .list(let items): return "l" + items.map { identity(.string($0)) }.joined(separator: ";")
    case .number(let number): return "n\(number == 0 ? 0 : number)"
    default: return "\(value.type?.rawValue ?? "") \(value)"
    }
  }
}
