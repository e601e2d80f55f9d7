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
    try analysis.state.purity(of: definition.file)?.check(definition, "the function of \(step)", blame: .request)
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
    let row = try RowTable(columns: columns, in: analysis.state)
    var results: [LuaValue] = []
    for start in stride(from: 0, to: table.rowCount, by: Table.chunkRows) {
      let range = start..<min(start + Table.chunkRows, table.rowCount)
      let rows = Evaluation(worker: Worker(index: 0), count: range.count, firstRow: start)
      results += try analysis.state.locked { () throws(ReadoutError) in
        var result = unsafe bridge_result()
        unsafe result.kind = Int32(BRIDGE_COLUMN_ANY)
        try unsafe call(
          indices.map { table.values($0, rows: range) }, indices.map { table.fields[$0].type }, rows, row, &result)
        var count = 0
        let flat = unsafe bridge_any(analysis.state.bridge, &count)
        return unsafe analysis.state.host.values(flat, count: count)
      }
    }
    do throws(ReadoutError) { return try InferredColumn(results, named: name).values } catch {
      throw error.at(file: place.file, line: place.line, step: place.step)
    }
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

/// `where(function(row) … end)` as a function of the columns that the row has.
struct RowFilter: ScalarFunction {
  let signature: Signature
  private let rows: RowFunction
  private let row: RowTable

  init(name: String, rows: RowFunction, columns: [String], state: LuaState) throws(ReadoutError) {
    self.rows = rows
    row = try RowTable(columns: columns, in: state)
    signature = Signature(
      name, columns.map { Parameter($0, .any) }, result: "boolean", summary: "A function of the row.")
  }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel {
    let types = arguments.map(\.type)
    let (rows, row) = (rows, row)
    let lifting = MetricLifting(rows, columns: signature.parameters.map(\.name), types: types, in: row.state)
    let lifted = lifting.function
    return ScalarKernel(
      .boolean, strict: false, canFail: true, costly: true, note: lifting.note
    ) { (arguments, evaluation) throws(ReadoutError) in
      if let lifted, let values = try lifted.run(arguments, evaluation) { return values }
      return try row.state.locked { () throws(ReadoutError) in
        let wrong = { (_: Int, _: String) in ReadoutError.bug("a boolean is no moment") }
        return try unsafe MetricResults.collect(.boolean, count: evaluation.count, wrong: wrong) {
          (result) throws(ReadoutError) in
          try unsafe rows.call(arguments, types, evaluation, row, &result)
          return unsafe bridge_text_of(row.state.bridge)
        }
      }
    }
  }
}
