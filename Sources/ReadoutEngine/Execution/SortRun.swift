import ReadoutVectors

/// Runs a sort: a stable order of the rows by several keys, nulls last either way.
struct SortRun {
  let run: StageRun
  let items: [(expression: BoundExpression, isDescending: Bool)]
  let limit: Int?

  func table() throws(ReadoutError) -> Table {
    let rows = try rows()
    try run.checkpoint()
    return try run.input.gather(rows)
  }

  /// The input's rows in the order of the sort.
  func rows() throws(ReadoutError) -> Vector<UInt32> {
    let keys = try SortKey.vectors(
      of: try items.map { (item) throws(ReadoutError) in (try values(of: item.expression), item.isDescending) },
      control: run.options.control)
    var rows = SortKey.order(keys, count: run.input.rowCount)
    if let limit, limit < rows.count { rows = rows[0..<limit] }
    return rows
  }

  private func values(of expression: BoundExpression) throws(ReadoutError) -> Values {
    let parts = Gathered<Values>(count: run.batches.count)
    let run = run
    try run.forEach(run.batches.count) { piece, evaluator throws(ReadoutError) in
      if let batch = try run.filtered(run.batches[piece], evaluator) {
        parts[piece] = try evaluator.evaluate(expression, in: batch)
      }
    }
    return try Values.concatenating(parts.all, type: expression.type)
  }
}
