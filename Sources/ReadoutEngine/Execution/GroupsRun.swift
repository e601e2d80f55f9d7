import ReadoutVectors

/// Runs a grouping: the groups in ascending order of their keys, the aggregates over each, and the measures from those.
struct GroupsRun {
  let run: StageRun
  let keys: [(name: String, expression: BoundExpression)]
  let aggregates: [BoundAggregate]
  let results: [(name: String, expression: BoundExpression)]

  /// What the grouping itself gives: the groups in ascending order of their keys.
  struct Groups: Sendable {
    /// By key, a value a group.
    var keys: [Values]
    /// By aggregate, a result a group.
    var results: [Values]
    var count: Int
  }

  func table() throws(ReadoutError) -> Table {
    let prepared = try PreparedKeys(run: run, expressions: keys.map(\.expression))
    let groups =
      prepared.isDirect && !wantsParts
      ? try DirectGrouping(run: run, prepared: prepared, aggregates: aggregates).groups()
      : try PartitionedGrouping(run: run, prepared: prepared, aggregates: aggregates).groups()
    return try measured(groups.keys + groups.results, count: groups.count)
  }

  /// Whether an aggregate that keeps every value of a group would outgrow the cache if its rows were not parted first.
  private var wantsParts: Bool {
    !keys.isEmpty && run.input.rowCount > 1 << 17 && aggregates.contains { $0.kernel.keepsRows }
  }

  /// The results over the table of keys and aggregates.
  private func measured(_ values: [Values], count: Int) throws(ReadoutError) -> Table {
    let groupTable = Table(
      fields: values.map { Table.Field("", $0.type) }, columns: values.map { Column(encoding: $0) }, rowCount: count)
    var run = Stage(output: .columns(results, limit: nil), fields: self.run.stage.fields)
    run.place = self.run.stage.place
    return try StageRun(run, input: groupTable, options: self.run.options).run()
  }
}
