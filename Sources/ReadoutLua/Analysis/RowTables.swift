import ReadoutEngine
import ReadoutVectors

/// Tables made of Lua rows: `{ events = { { date = "2025-11-04", name = "SCM" }, … } }`.
///
/// Lua keeps no order of fields: columns stand in ascending order of their names. A field that a row lacks is null.
struct RowTables {
  private let tables: [(name: String, table: Table)]

  init(_ value: LuaValue, in state: LuaState) throws(ReadoutError) {
    let hint = "dataset { events = { { date = \"2025-11-04\", name = \"SCM\" } } }"
    guard case .table(let items, let fields) = value, items.isEmpty else {
      throw ReadoutError(.request, "dataset takes tables by name", value: value.typeName, hint: hint)
    }
    var tables: [(name: String, table: Table)] = []
    for field in fields {
      try field.key.checkText("a table's name")
      guard let name = field.key.text, case .table(let rows, let others) = field.value, others.isEmpty else {
        throw ReadoutError(.request, "a table is a list of rows", value: field.key.text, hint: hint)
      }
      if tables.contains(where: { $0.name == name }) {
        throw ReadoutError(
          .request, "two tables have one name", value: name,
          hint: "they are equal to Unicode, in two spellings; give one another name")
      }
      tables.append((name, try Self.table(rows, named: name, in: state)))
    }
    self.tables = tables.sorted { $0.name < $1.name }
  }

  var names: [String] { tables.map(\.name) }

  subscript(name: String) -> Table? { tables.first { $0.name == name }?.table }

  /// The values that a field has, with their rows; the other rows have none.
  private struct Cells {
    var rows: [Int] = []
    var values: [LuaValue] = []
  }

  private static func table(
    _ rows: [LuaValue], named name: String, in state: LuaState
  ) throws(ReadoutError) -> Table {
    var columns: [String: Cells] = [:]
    for (number, row) in rows.enumerated() {
      let place = ReadoutError.Place(detail: "row \(number + 1)")
      guard case .table(let items, let fields) = row, items.isEmpty else {
        throw ReadoutError(.request, "a row of \(name) is not a table of fields", value: row.typeName, place: place)
      }
      for field in fields {
        try field.key.checkText("a field's name in row \(number + 1) of \(name)")
        guard let key = field.key.text else {
          throw ReadoutError(.request, "a row of \(name) has a field without a name", place: place)
        }
        guard columns[key]?.rows.last != number else {
          throw ReadoutError(.request, "a row of \(name) has two fields of one name", value: key, place: place)
        }
        columns[key, default: Cells()].rows.append(number)
        columns[key]!.values.append(field.value)
      }
      guard columns.count <= JSONFault.mostColumns else {
        let (problem, hint) = JSONFault.wide.words
        throw ReadoutError(.request, problem, value: name, place: place, hint: hint)
      }
    }
    try MemoryAccount.check(adding: columns.count, of: 8 * rows.count)
    var (fields, made): ([Table.Field], [Column]) = ([], [])
    for (name, cells) in columns.sorted(by: { $0.key < $1.key }) {
      try state.checkTime()
      let values = try InferredColumn(cells.values, rows: cells.rows, of: rows.count, named: name).values
      fields.append(Table.Field(name, values.type))
      made.append(Column(encoding: values))
    }
    return Table(fields: fields, columns: made, rowCount: rows.count)
  }
}
