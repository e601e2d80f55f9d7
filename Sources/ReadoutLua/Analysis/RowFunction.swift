import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// A Lua function of the row, given to `where` or `derive`.
///
/// The row is one table for all rows, filled anew for each, with the columns that the function's source mentions as `row.x`
/// or `row["x"]`; with all of them where it uses the row in another way. A null is nil.
final class RowFunction: Sendable {
  let function: LuaReference
  let place: ReadoutError.Place
  /// The columns that the source mentions; nil where it needs all.
  private let mentioned: [String]?

  init(_ function: LuaReference, of analysis: Analysis, _ call: HostCall, step: String) throws(ReadoutError) {
    self.function = function
    place = analysis.place(of: call, step: step)
    guard let definition = analysis.state.definition(of: function),
      let bytes = analysis.state.sources[definition.file]
    else {
      mentioned = nil
      return
    }
    try analysis.state.purity(of: definition.file)?.check(
      definition, "the function of \(step)", blame: .request
    ) { count in
      analysis.state.place(of: function, among: count, in: bytes)
    }
    mentioned = RowMentions(SourceText(bytes)).columns(of: definition)
  }

  /// The columns of the row, in the query's order where all are needed.
  func columns(of query: Query, in analysis: Analysis) throws(ReadoutError) -> [String] {
    if let mentioned { return mentioned }
    return try analysis.host.run(analysis.withMetrics(query.adding(.limit(0, skip: 0)))).names
  }

  /// The column that the function makes over the rows of a table.
  func column(named name: String, over table: Table, in analysis: Analysis) throws(ReadoutError) -> Values {
    let columns = mentioned ?? table.names
    var indices: [Int] = []
    for column in columns {
      guard let index = table.index(of: column) else {
        throw ReadoutError(
          .request, "unknown column", value: column, place: place,
          hint: Suggestion.hint(for: column, among: table.names, kind: "columns"))
      }
      indices.append(index)
    }
    if let values = try lifted(columns, indices, over: table, in: analysis.state) { return values }
    let row = try RowTable(columns: columns, in: analysis.state)
    var results: [LuaValue] = []
    for start in stride(from: 0, to: table.rowCount, by: Table.chunkRows) {
      let range = start..<min(start + Table.chunkRows, table.rowCount)
      let rows = Evaluation(worker: Worker(index: 0), count: range.count, firstRow: start)
      results += try analysis.state.locked { () throws(ReadoutError) in
        var result = unsafe bridge_result()
        unsafe result.kind = Int32(BRIDGE_COLUMN_ANY)
        try unsafe call(
          try table.values(indices, rows: range), indices.map { table.fields[$0].type }, rows, row, &result)
        var count = 0
        let flat = unsafe bridge_any(analysis.state.bridge, &count)
        return unsafe analysis.state.host.values(flat, count: count)
      }
    }
    do throws(ReadoutError) { return try InferredColumn(results, named: name).values } catch {
      throw error.at(file: place.file, line: place.line, step: place.step)
    }
  }

  /// The column where the function is lifted, and its program covers all rows; else nil.
  private func lifted(
    _ columns: [String], _ indices: [Int], over table: Table, in state: LuaState
  ) throws(ReadoutError) -> Values? {
    let types = indices.map { table.fields[$0].type }
    guard let function = MetricLifting(self, columns: columns, types: types, result: nil, in: state).function else {
      return nil
    }
    var parts: [Values] = []
    for start in stride(from: 0, to: table.rowCount, by: Table.chunkRows) {
      let range = start..<min(start + Table.chunkRows, table.rowCount)
      let rows = Evaluation(worker: Worker(index: 0), count: range.count, firstRow: start)
      guard let part = try function.run(try table.values(indices, rows: range), rows) else { return nil }
      parts.append(part)
    }
    if parts.isEmpty { return nil }
    return InferredColumn(try Values.concatenating(parts, type: function.result)).values
  }

  /// The column as an expression that is planned with the query, where the function's type is known before it runs; else nil.
  func expression(
    named name: String, for query: Query, in analysis: Analysis
  ) throws(ReadoutError) -> RowExpression? {
    guard let fields = try analysis.withMetrics(query).plannedFields() else { return nil }
    let columns = mentioned ?? fields.map(\.name)
    var types: [DataType] = []
    for column in columns {
      guard let field = fields.first(where: { $0.name == column }) else { return nil }
      types.append(field.type)
    }
    let lifting = MetricLifting(self, columns: columns, types: types, result: nil, in: analysis.state)
    guard let function = lifting.function, function.isDecided else { return nil }
    return try RowExpression(name: name, rows: self, columns: columns, result: function.result, state: analysis.state)
  }

  /// Calls the function for each row.
  func call(
    _ arguments: [Values], _ types: [DataType], _ rows: Evaluation, _ row: RowTable, _ result: inout bridge_result
  ) throws(ReadoutError) {
    let state = row.state
    let columns = try ArgumentColumns(arguments, as: types) { (dictionary) throws(ReadoutError) in
      try state.interned(dictionary)
    }
    var failure = bridge_failure()
    do throws(ReadoutError) {
      try state.run {
        unsafe columns.withBatch(count: rows.count, present: nil, rowTable: row.table, rowKeys: row.keys) { batch in
          unsafe bridge_each(state.bridge, function.number, batch, &result, &failure)
        }
      }
    } catch var error {
      if failure.is_wrong_type {
        let parts = error.message.split(separator: "\n", maxSplits: 1)
        error.message = "the function of \(place.step ?? "where") gives \(parts[0]), not true, false or nil"
        error.value = parts.count > 1 ? String(parts[1]) : nil
      }
      throw error.at(
        file: place.file, line: place.line, step: place.step
      ).about(row: rows.rowNumber(failure.row))
    }
  }
}

/// The reused table that a function of the row gets, in its state.
struct RowTable: @unchecked Sendable {
  // Sound: immutable; the Lua values behind it are used by whoever has the state's turn.
  let state: LuaState
  let table: LuaReference
  let keys: LuaReference

  init(columns: [String], in state: LuaState) throws(ReadoutError) {
    self.state = state
    let names = LuaValue.table(items: columns.map { .string($0) }, fields: [])
    let unknown = state.host.add { (call) throws(ReadoutError) in
      let name = call[0].text ?? call[0].typeName
      throw ReadoutError(
        .request, "unknown column", value: name, place: call.place,
        hint: Suggestion.hint(for: name, among: columns, kind: "columns"))
    }
    let make = try state.load(Array(Self.source.utf8), chunk: "=row", environment: 0)
    keys = try state.keep(names)
    table = try state.callKeeping(make, [names, unknown])
  }

  private static let source = """
    local names, unknown = ...
    local known = {}
    for _, name in ipairs(names) do known[name] = true end
    return setmetatable({}, {
      __index = function(_, name) if not known[name] then unknown(name) end end,
      __newindex = function() error("a row cannot be changed", 2) end,
      __metatable = false,
    })
    """
}
