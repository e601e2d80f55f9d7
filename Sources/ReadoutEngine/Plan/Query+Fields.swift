extension Query {
  /// The columns of its answer; nil where they depend on the rows.
  public func plannedFields() throws(ReadoutError) -> [Table.Field]? {
    let plan = try Planner.plan(steps[...], over: source.fields, functions: functions)
    if let last = plan.stages.last { if case .table(let step) = last.output, step.fields == nil { return nil } }
    return plan.rest.isEmpty ? plan.stages.last?.fields ?? source.fields : nil
  }

  /// What the table is called within its dataset: `events` for `opcon/events`.
  public var tableName: String { sourceName.split(separator: "/").last.map(String.init) ?? sourceName }
}
