/// The plan of a query as text.
enum Explanation {
  /// The plan as it was run, with how often each metric was called, and the answer's number of rows.
  static func text(of query: Query, running options: ExecutionOptions) throws(ReadoutError) -> String {
    let options = options.beginningQuery()
    var lines = [heading(query)]
    var table = query.source
    var steps = query.steps[...]
    repeat {
      let plan = try Planner.plan(steps, over: table.fields, functions: query.functions)
      let wanted = plan.stages.columnsNeeded(of: nil)
      for (stage, needed) in zip(plan.stages, wanted) {
        let input = table
        table = try StageRun(stage, input: input, options: options, needing: needed).run()
        lines += describe(stage, input: input)
      }
      steps = plan.rest
    } while !steps.isEmpty
    lines.append("gives \(ShownNumber.counted(table.rowCount, "row"))")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func heading(_ query: Query) -> String {
    "table \(query.sourceName): \(ShownNumber.counted(query.source.rowCount, "row")), "
      + ShownNumber.counted(query.source.columns.count, "column")
  }

  static func text(of query: Query) throws(ReadoutError) -> String {
    var lines = [heading(query)]
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
        let own = [aggregate.kernel.note, aggregate.kernel.tally?.text].compactMap(\.self).joined(separator: "; ")
        lines.append("  aggregate \(aggregate.text)\(own.isEmpty ? "" : " [\(own)]")\(notes)")
      }
      lines.append("columns \(results.map(\.name).joined(separator: ", "))")
    case .sort(let items, let limit):
      lines.append("sort by \(ShownNumber.counted(items.count, "key"))\(limit.map { ", the first \($0)" } ?? "")")
    case .table(let step): lines += step.explanation
    }
    return lines
  }

  /// How an expression runs: once per value, or by row; and where a metric's kernel says more, that.
  private static func note(_ expression: BoundExpression, _ lookups: LookupTables?) -> String {
    var notes: [String] = []
    if let lookups, lookups.wouldLookUp(expression) { notes.append(perValue(expression, of: lookups.input)) }
    let kernels = kernelNotes(expression, lookups, isLookedUp: !notes.isEmpty)
    if notes.isEmpty, kernels.isEmpty, expression.callsFunction { notes.append("column-wise") }
    for note in kernels where !notes.contains(note) { notes.append(note) }
    return notes.isEmpty ? "" : " [\(notes.joined(separator: "; "))]"
  }

  /// What kernels say of themselves, and how often they are called where the whole is not looked up.
  private static func kernelNotes(
    _ expression: BoundExpression, _ lookups: LookupTables?, isLookedUp: Bool
  ) -> [String] {
    let isOwn = !isLookedUp && lookups?.wouldLookUp(expression) == true
    func inside(_ operand: BoundExpression) -> [String] {
      kernelNotes(operand, lookups, isLookedUp: isLookedUp || isOwn)
    }
    guard expression.isSmall else { return [] }
    switch expression.node {
    case .call(let name, let kernel, let arguments):
      var notes = arguments.flatMap(inside)
      if var note = kernel.note {
        if let lookups, !isLookedUp {
          let calls = isOwn ? perValue(expression, of: lookups.input) : calls(of: kernel, arguments, lookups)
          if let calls { note += "; \(calls)" }
        }
        if let counts = kernel.tally?.text { note += "; \(counts)" }
        notes.insert("\(name): \(note)", at: 0)
      }
      return notes
    default: return expression.node.operands.flatMap(inside)
    }
  }

  private static func perValue(_ expression: BoundExpression, of input: Table) -> String {
    "once per value of \(input.fields[expression.columns[0]].name)"
  }

  /// How often a kernel is called: once for every combination of its arguments that occurs, or by row; nil where only the
  /// arguments' values will tell.
  private static func calls(
    of kernel: ScalarKernel, _ arguments: [BoundExpression], _ lookups: LookupTables
  ) -> String? {
    guard let most = kernel.mostRemembered else { return "by row" }
    var names: [String] = []
    var combinations = 1
    for argument in arguments {
      switch argument.node {
      case .constant: continue
      case .column(let index):
        guard let values = argument.type == .boolean ? 2 : lookups.input.columns[index].dictionary?.count else {
          return "by row"
        }
        names.append(lookups.input.fields[index].name)
        combinations *= values + 1
        if combinations > most { return "by row" }
      default: return argument.type.isString || argument.type == .boolean ? nil : "by row"
      }
    }
    return names.isEmpty ? "once" : "once per combination of \(names.joined(separator: " and "))"
  }
}
