import ReadoutVectors

/// Runs a grouping: the groups in ascending order of their keys, the aggregates over each, and the measures from those.
struct GroupsRun {
  let run: StageRun
  let keys: [(name: String, expression: BoundExpression)]
  let aggregates: [BoundAggregate]
  let results: [(name: String, expression: BoundExpression)]

  func table() throws(ReadoutError) -> Table {
    let prepared = try PreparedKeys(run: run, expressions: keys.map(\.expression))
    let parts: [Groups]
    if prepared.isDirect, !wantsParts {
      parts = [try DirectGrouping(run: run, prepared: prepared, aggregates: aggregates).groups()]
    } else {
      parts = try PartitionedGrouping(run: run, prepared: prepared, aggregates: aggregates).groups()
    }
    return try measured(parts)
  }

  /// Whether an aggregate that keeps every value of a group would outgrow the cache if its rows were not parted first.
  private var wantsParts: Bool {
    !keys.isEmpty && run.input.rowCount > 1 << 17 && aggregates.contains { $0.kernel.keepsRows }
  }

  /// The results over the table of keys and aggregates.
  private func measured(_ parts: [Groups]) throws(ReadoutError) -> Table {
    let types = keys.map(\.expression.type) + aggregates.map(\.kernel.type)
    let groupTable = Table(
      fields: types.map { Table.Field("", $0) }, columns: try parts.columns(types),
      rowCount: parts.reduce(0) { $0 + $1.count })
    var run = Stage(output: .columns(results, limit: nil), fields: self.run.stage.fields)
    run.place = self.run.stage.place
    return try StageRun(run, input: groupTable, options: self.run.options).run()
  }
}
