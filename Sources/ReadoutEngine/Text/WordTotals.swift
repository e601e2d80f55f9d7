import ReadoutVectors

/// The number of words of each row, from the index of a column.
struct WordTotals: ColumnKernel {
  func prepare(_ column: Column, options: ExecutionOptions) throws(ReadoutError) {
    try IndexPolicy.prepare(column, for: .words, options: options)
  }

  func values(
    of column: Column, chunk: Int, range: Range<Int>, rows: Vector<UInt32>?, worker: Worker
  ) throws(ReadoutError) -> Values? {
    guard let index = column.textIndex.known else { return nil }
    let counts = index.values(chunk: chunk, range: range, rows: rows) { block in
      let offsets = block.offsets
      return offsets[1..<offsets.count].zip(offsets[0..<offsets.count - 1]) { Int64($0 &- $1) }
    }
    return Values(integers: counts, validity: column.validity(chunk: chunk, range: range, rows: rows))
  }

  func bounds(in column: Column, chunk: Int) -> ClosedRange<Int64>? { nil }
}
