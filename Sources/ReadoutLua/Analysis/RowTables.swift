import ReadoutEngine

/// Tables made of Lua rows: `{ events = { { date = "2025-11-04", name = "SCM" }, … } }`.
///
/// Lua keeps no order of fields: columns stand in ascending order of their names. A field that a row lacks is null.
struct RowTables {
  private let tables: [(name: String, table: Table)]

  init(_ value: LuaValue) throws(ReadoutError) {
    let hint = "dataset { events = { { date = \"2025-11-04\", name = \"SCM\" } } }"
    guard case .table(let items, let fields) = value, items.isEmpty else {
      throw ReadoutError(.request, "dataset takes tables by name", value: value.typeName, hint: hint)
    }
    var tables: [(name: String, table: Table)] = []
    for field in fields {
      guard let name = field.key.text, case .table(let rows, let others) = field.value, others.isEmpty else {
        throw ReadoutError(.request, "a table is a list of rows", value: field.key.text, hint: hint)
      }
      tables.append((name, try Self.table(rows, named: name)))
    }
    self.tables = tables.sorted { $0.name < $1.name }
  }

  var names: [String] { tables.map(\.name) }

  subscript(name: String) -> Table? { tables.first { $0.name == name }?.table }

  private static func table(_ rows: [LuaValue], named name: String) throws(ReadoutError) -> Table {
    var columns: [String: [LuaValue]] = [:]
    for (number, row) in rows.enumerated() {
      guard case .table(let items, let fields) = row, items.isEmpty else {
        throw ReadoutError(
          .request, "a row of \(name) is not a table of fields", value: row.typeName,
          place: .init(detail: "row \(number + 1)"))
      }
      for field in fields {
        guard let key = field.key.text else {
          throw ReadoutError(
            .request, "a row of \(name) has a field without a name", place: .init(detail: "row \(number + 1)"))
        }
        columns[key, default: Array(repeating: .null, count: rows.count)][number] = field.value
      }
    }
    let names = columns.keys.sorted()
    var values: [Values] = []
    for name in names { values.append(try InferredColumn(columns[name]!, named: name).values) }
    return Table(
      fields: zip(names, values).map { Table.Field($0, $1.type) }, columns: values.map { Column(encoding: $0) },
      rowCount: rows.count)
  }
}
