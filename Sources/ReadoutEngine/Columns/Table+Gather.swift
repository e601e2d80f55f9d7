import ReadoutVectors

extension Table {
  /// The rows `rows`, in their order. O(rows · columns).
  public func gather(_ rows: Vector<UInt32>) throws(ReadoutError) -> Table {
    Table(
      fields: fields,
      columns: try columns.enumerated().map { (index, column) throws(ReadoutError) in
        Column(encoding: try values(index).gather(rows)).carrying(column, rows: rows)
      },
      rowCount: rows.count)
  }
}
