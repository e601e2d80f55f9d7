import CLuaBridge
import ReadoutEngine

/// The methods that ask for the rows.
extension QueryObject {
  static let resultMethods: [String: Method] = [
    "rows": { (analysis, query, _) throws(ReadoutError) in
      [.reference(try analysis.state.rows(of: try query.result(in: analysis)))]
    },
    "column": { (analysis, query, call) throws(ReadoutError) in
      let table = try query.result(in: analysis)
      guard let name = call[1].text, let index = table.index(of: name) else {
        throw ReadoutError(
          .request, "unknown column", value: call[1].text ?? call[1].typeName,
          place: analysis.place(of: call, step: "column"),
          hint: Suggestion.hint(for: call[1].text ?? "", among: table.names, kind: "columns"))
      }
      return [.reference(try analysis.state.array(of: try table.values(index)))]
    },
    "print": { (analysis, query, call) throws(ReadoutError) in
      let rows = call[1].integer
      guard call[1].isNull || (rows ?? -1) >= 0 else {
        throw ReadoutError(
          .request, "print takes how many rows to show", value: call[1].typeName,
          place: analysis.place(of: call, step: "print"))
      }
      analysis.host.print(try analysis.host.render(try query.result(in: analysis), rows: rows.map { Int($0) }) + "\n")
      return [.object(query)]
    },
    "explain": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(call, 1, of: "explain", known: ["run"], in: analysis)
      let running = try options.boolean("run") ?? false
      return [.string(try analysis.host.explain(analysis.withMetrics(try query.query()), running: running))]
    },
  ]
}

extension LuaState {
  /// The rows of a table as an array of Lua tables; a null is a missing field.
  func rows(of table: Table) throws(ReadoutError) -> LuaReference {
    let columns = try ArgumentColumns(
      try table.values(table.columns.indices), as: table.fields.map(\.type)
    ) { (dictionary) throws(ReadoutError) in try self.interned(dictionary) }
    let names = try keep(.table(items: table.names.map { .string($0) }, fields: []))
    var number: Int32 = 0
    try run {
      unsafe columns.withBatch(count: table.rowCount, present: nil) { batch in
        unsafe bridge_rows(bridge, batch, names.number, &number)
      }
    }
    return LuaReference(number, of: host)
  }

  /// Values as a Lua array with their number in `n`; a null is a hole.
  func array(of values: Values) throws(ReadoutError) -> LuaReference {
    let columns = try ArgumentColumns([values], as: [values.type]) { (dictionary) throws(ReadoutError) in
      try self.interned(dictionary)
    }
    var number: Int32 = 0
    try run {
      unsafe columns.withBatch(count: values.count, present: nil) { batch in
        unsafe bridge_array(bridge, batch, &number)
      }
    }
    return LuaReference(number, of: host)
  }
}
