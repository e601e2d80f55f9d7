/// The plan of a query as text.
enum Explanation {
  static func text(of query: Query) throws(ReadoutError) -> String {
    var lines = ["table \(query.sourceName): \(query.source.rowCount) rows, \(query.source.columns.count) columns"]
    var input: Table? = query.source
    let plan = try Planner.plan(query.steps[...], over: query.source.fields, functions: query.functions)
    for stage in plan.stages {
      lines += describe(stage, input: input)
      input = nil
    }
    if !plan.rest.isEmpty {
      lines.append("\(plan.rest.map(\.verb.name).joined(separator: ", ")): planned when the rows are known")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func describe(_ stage: Stage, input: Table?) -> [String] {
    var lines: [String] = []
    let lookups = input.map { LookupTables(input: $0) }
    if let input {
      let chunks = input.chunkCounts.count
      let skipped = (0..<chunks).count { ZoneSkip.rulesOut(stage.filters, chunk: $0, of: input) }
      lines.append(
        "scan \(chunks - skipped) of \(chunks) chunks\(skipped > 0 ? ", \(skipped) skipped by their zone maps" : "")")
    }
    for filter in stage.filters { lines.append("where \(filter.text)\(note(filter.expression, lookups))") }
    switch stage.output {
    case .columns(let items, let limit):
      for item in items {
        if case .column = item.expression.node { continue }
        lines.append("derive \(item.name)\(note(item.expression, lookups))")
      }
      lines.append("columns \(items.map(\.name).joined(separator: ", "))")
      if let limit { lines.append("limit \(limit.count)\(limit.skip > 0 ? " after \(limit.skip)" : "")") }
    case .groups(let keys, let aggregates, let results):
      lines.append(keys.isEmpty ? "group all rows" : "group by")
      for key in keys { lines.append("  \(key.name): \(key.expression.type.rawValue)\(note(key.expression, lookups))") }
      for aggregate in aggregates {
        let notes = aggregate.arguments.map { note($0, lookups) }.joined()
        lines.append("  aggregate \(aggregate.text)\(aggregate.kernel.note.map { " [\($0)]" } ?? "")\(notes)")
      }
      lines.append("columns \(results.map(\.name).joined(separator: ", "))")
    case .sort(let items, let limit):
      lines.append("sort by \(items.count) key\(items.count == 1 ? "" : "s")\(limit.map { ", the first \($0)" } ?? "")")
    case .table(let step): lines += step.explanation
    }
    return lines
  }

  /// How an expression runs: once per value, or by row; and where a metric's kernel says more, that.
  private static func note(_ expression: BoundExpression, _ lookups: LookupTables?) -> String {
    var notes: [String] = []
    if let lookups, lookups.wouldLookUp(expression), let column = expression.columns.first {
      notes.append("once per value of \(lookups.input.fields[column].name)")
    }
    let kernels = kernelNotes(expression)
    if notes.isEmpty, kernels.isEmpty, expression.callsFunction { notes.append("column-wise") }
    for note in kernels where !notes.contains(note) { notes.append(note) }
    return notes.isEmpty ? "" : " [\(notes.joined(separator: "; "))]"
  }

  private static func kernelNotes(_ expression: BoundExpression) -> [String] {
    switch expression.node {
    case .constant, .column: []
    case .call(let name, let kernel, let arguments):
      (kernel.note.map { ["\(name): \($0)"] } ?? []) + arguments.flatMap(kernelNotes)
    case .isNull(let operand, _): kernelNotes(operand)
    case .and(let a, let b), .or(let a, let b): kernelNotes(a) + kernelNotes(b)
    case .conditional(let a, let b, let c): kernelNotes(a) + kernelNotes(b) + kernelNotes(c)
    }
  }
}
