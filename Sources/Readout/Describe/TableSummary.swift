import ReadoutEngine
import ReadoutReport

/// A table's columns as a table: type, nulls, distinct values, least, greatest, commonest, bytes.
struct TableSummary {
  private let table: Table
  private let name: String

  init(_ table: Table, named name: String) {
    self.table = table
    self.name = name
  }

  /// One row a column. Every column is grouped by its values: O(rows) each.
  func report(_ options: ExecutionOptions) throws(ReadoutError) -> Report {
    var rows: [[Scalar]] = []
    for (number, field) in table.fields.enumerated() {
      let column = table.columns[number]
      let groups = try groups(of: field, options)
      let values = groups.values.filter { !$0.isNull }
      rows.append([
        .string(field.name), .string(field.type.rawValue), .integer(Int64(column.nullCount)),
        .integer(Int64(groups.distinct)), .string(Self.shown(values.first)), .string(Self.shown(values.last)),
        .string(groups.commonest), .string(ShownNumber.bytes(column.byteCount)),
      ])
    }
    let names = ["column", "type", "nulls", "distinct", "least", "greatest", "commonest", "bytes"]
    var columns: [TableColumn] = []
    for (index, name) in names.enumerated() { columns.append(try TableColumn(name, scalars: rows.map { $0[index] })) }
    return Report(try Table(columns))
  }

  private func groups(
    of field: Table.Field, _ options: ExecutionOptions
  ) throws(ReadoutError) -> (values: [Scalar], distinct: Int, commonest: String) {
    let column = ListItem(name: "value", Expression(.column(field.name)))
    let count = ListItem(name: "n", Expression(.call("count", [])))
    // Ascending by key: the first and the last are the range.
    let grouped = try Executor.run(
      Query(table, named: name).adding(.by([column])).adding(.measure([count])), options: options)
    let nulls = grouped.columns[0].nullCount
    let distinct = grouped.rowCount - nulls
    guard distinct > 0 else { return ([], 0, "") }
    func value(_ row: Int) throws(ReadoutError) -> Scalar { try grouped.values(0, rows: row..<row + 1)[0] }
    let values = [try value(0), try value(distinct - 1)]
    let counts = try grouped.values(1, rows: 0..<distinct).integers
    let order = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(3)
    let commonest = try order.filter { counts[$0] > 1 }.map { (row) throws(ReadoutError) in
      "\(Self.shown(try value(row))) (\(ShownNumber.grouped(Int(counts[row]))))"
    }
    return (values, distinct, commonest.joined(separator: ", "))
  }

  /// A value in at most 30 characters.
  private static func shown(_ value: Scalar?) -> String {
    let text = value?.description ?? ""
    return text.count > 30 ? text.prefix(29) + "…" : text
  }
}
