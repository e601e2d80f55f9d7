import ReadoutVectors

/// Runs a grouping: the groups in ascending order of their keys, the aggregates over each, and the measures from those.
struct GroupsRun {
  let run: StageRun
  let keys: [(name: String, expression: BoundExpression)]
  let aggregates: [BoundAggregate]
  let results: [(name: String, expression: BoundExpression)]

  /// What the grouping itself gives: a packed key for each group, ascending, and each aggregate's results.
  struct Groups {
    var keys: Vector<UInt64>
    var results: [Values]
  }

  func table() throws(ReadoutError) -> Table {
    let prepared = try PreparedKeys(run: run, expressions: keys.map(\.expression))
    let groups: Groups
    if prepared.packed.size <= UInt64(directLimit) {
      groups = try DirectGrouping(run: run, prepared: prepared, aggregates: aggregates).groups()
    } else {
      groups = try RadixGrouping(run: run, prepared: prepared, aggregates: aggregates).groups()
    }
    let columns = prepared.decode(groups.keys) + groups.results
    return try measured(columns, count: groups.keys.count)
  }

  /// Packed keys up to this many are a direct index into the accumulators.
  private var directLimit: Int { max(1 << 16, min(run.input.rowCount / 4, 1 << 24)) }

  /// The results over the table of keys and aggregates.
  private func measured(_ values: [Values], count: Int) throws(ReadoutError) -> Table {
    let groupTable = Table(
      fields: values.map { Table.Field("", $0.type) }, columns: values.map { Column(encoding: $0) }, rowCount: count)
    var run = Stage(output: .columns(results, limit: nil), fields: self.run.stage.fields)
    run.place = self.run.stage.place
    return try StageRun(run, input: groupTable, options: self.run.options).run()
  }
}
