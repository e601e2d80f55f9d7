import ReadoutVectors

/// The rows of a query's source behind rows of its answer.
///
/// The query runs again as far as its last stage, and is then walked backwards, each stage saying which rows of its input
/// went into the rows asked for. A group's rows are found by the grouping itself, from its number, and not by comparing keys
/// as text: null keys, derived keys, dates in buckets and floats are as exact as they are in the answer.
public enum Evidence {
  /// The numbers of the source's rows behind the rows `wanted` of the answer, ascending, each once.
  ///
  /// Costs what the query costs, and a pass over the input of each filter, grouping and sort once more.
  /// - Throws: `ReadoutError` for a step that gives rows which cannot be traced, such as `frequencies`.
  public static func rows(
    behind wanted: Vector<UInt32>, of query: Query, options: ExecutionOptions
  ) throws(ReadoutError) -> Vector<UInt32> {
    let options = options.beginningQuery()
    var rows = wanted
    for trace in try traces(of: query, options).reversed() { rows = try trace.rows(behind: rows, options) }
    return rows
  }

  /// The stages with the tables that they read; the last one need not run for it.
  static func traces(
    of query: Query, _ options: ExecutionOptions
  ) throws(ReadoutError) -> [StageTrace] {
    var traces: [StageTrace] = []
    var table = query.source
    var steps = query.steps[...]
    repeat {
      let plan = try Planner.plan(steps, over: table.fields, functions: query.functions)
      let wanted = plan.stages.columnsNeeded(of: plan.rest.isEmpty ? [] : nil)
      for (index, stage) in plan.stages.enumerated() {
        traces.append(StageTrace(stage: stage, input: table, functions: query.functions))
        if plan.rest.isEmpty, index == plan.stages.count - 1 { break }
        table = try StageRun(stage, input: table, options: options, needing: wanted[index]).run()
      }
      steps = plan.rest
    } while !steps.isEmpty
    return traces
  }

  /// Rows of the query's source, ascending, as a table: where each stands in its file, then its columns. A table that was
  /// not read from files has the rows' numbers, counted from 1.
  public static func table(
    of rows: Vector<UInt32>, in query: Query, options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    var added: [(field: Table.Field, values: Values)] = []
    func name(_ wanted: String) -> String {
      var name = wanted
      while query.source.index(of: name) != nil { name += "_" }
      return name
    }
    if let places = query.places {
      let found = try places.places(of: rows)
      added = [
        (Table.Field(name("source_file"), .string), Values(strings: StringVector(found.map(\.file)))),
        (Table.Field(name("source_line"), .integer), Values(integers: Vector(found.map { Int64($0.line) }))),
      ]
    } else {
      added = [(Table.Field(name("source_row"), .integer), Values(integers: rows.map { Int64($0) + 1 }))]
    }
    let kept = try query.source.gather(ascending: rows)
    try options.control.checkpoint()
    return Table(
      fields: added.map(\.field) + kept.fields, columns: added.map { Column(encoding: $0.values) } + kept.columns,
      rowCount: rows.count)
  }
}

extension Table {
  /// The rows `rows`, which ascend. Only their chunks are read.
  func gather(ascending rows: Vector<UInt32>) throws(ReadoutError) -> Table {
    var pieces: [(chunk: Int, count: Int, rows: Vector<UInt32>)] = []
    var (start, place) = (0, 0)
    for (chunk, count) in chunkCounts.enumerated() {
      let first = place
      while place < rows.count, Int(rows[place]) < start + count { place += 1 }
      if place > first {
        let base = UInt32(truncatingIfNeeded: start)
        pieces.append((chunk, count, rows[first..<place].map { $0 &- base }))
      }
      start += count
    }
    let gathered = try columns.map { (column) throws(ReadoutError) in
      let parts = pieces.map { column.values(chunk: $0.chunk, range: 0..<$0.count, rows: $0.rows) }
      return Column(encoding: try Values.concatenating(parts, type: column.type))
    }
    return Table(fields: fields, columns: gathered, rowCount: rows.count)
  }
}
