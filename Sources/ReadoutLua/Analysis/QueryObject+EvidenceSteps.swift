import ReadoutEngine

/// The method that opens a row of the answer to the rows that made it.
extension QueryObject {
  static let evidenceSteps: [String: Method] = [
    "evidence": { (analysis, query, call) throws(ReadoutError) in
      let place = analysis.place(of: call, step: "evidence")
      let options = try StepOptions(call, 2, of: "evidence", known: ["table"], in: analysis)
      let table = try options.string("table")
      let whole = try analysis.withMetrics(try query.query())
      do throws(ReadoutError) {
        let row = try row(call[1], of: try query.result(in: analysis))
        var evidence = analysis.host.query(
          of: try analysis.host.evidence(behind: row, of: whole, table: table), named: table ?? whole.sourceName)
        evidence.functions = whole.functions
        if table == nil { evidence.roles = whole.roles }
        return [.object(QueryObject(evidence))]
      } catch {
        throw error.at(file: place.file, line: place.line, step: "evidence")
      }
    }
  ]

  /// The number of a row, from 0, of what a script writes: a number from 1, or values of columns, such as those of `q[i]`.
  private static func row(_ value: LuaValue, of table: Table) throws(ReadoutError) -> Int {
    if let number = value.integer {
      guard number >= 1, number <= Int64(table.rowCount) else {
        throw ReadoutError(
          .request, "no such row", value: "\(number)",
          hint: table.rowCount == 0 ? "there are no rows" : "rows are numbered from 1 to \(table.rowCount)")
      }
      return Int(number) - 1
    }
    guard case .table(let items, let fields) = value, items.isEmpty, !fields.isEmpty else {
      throw ReadoutError(
        .request, "evidence takes the number of a row, or values of its columns", value: value.typeName,
        hint: "q:evidence(1), or q:evidence { country = \"KOR\" }")
    }
    var conditions: [(column: String, wanted: RowFinder.Wanted)] = []
    for (key, value) in fields {
      guard let column = key.text, let scalar = value.scalar else {
        throw ReadoutError(
          .request, "not a value of a column", value: key.text ?? key.typeName,
          hint: "a number, string, boolean or list")
      }
      try value.checkText("a value of \(column)")
      conditions.append((column, .value(scalar)))
    }
    // Lua keeps no order of fields.
    return try RowFinder(table).row(where: conditions.sorted { $0.column < $1.column })
  }
}

extension LuaValue {
  /// The value that a column can hold; nil for others.
  fileprivate var scalar: Scalar? {
    switch self {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string: return text.map { .string($0) }
    case .table(let items, let fields):
      let texts = items.compactMap(\.text)
      return fields.isEmpty && texts.count == items.count ? .list(texts) : nil
    case .null, .reference, .object, .host: return nil
    }
  }
}
