import ReadoutVectors

/// The number of words of each row, from the index of a column.
struct WordTotals: ColumnKernel {
  func prepare(_ column: Column, options: ExecutionOptions) {
    IndexPolicy.prepare(column, for: .words, options: options)
  }

  func values(
    of column: Column, chunk: Int, range: Range<Int>, rows: Vector<UInt32>?, worker: Worker
  ) throws(ReadoutError) -> Values? {
    guard let block = column.textIndex.known?.block(chunk: chunk, row: range.lowerBound), block.range == range else {
      return nil
    }
    let offsets = block.offsets
    let counts = offsets[1..<offsets.count].zip(offsets[0..<offsets.count - 1]) { Int64($0 &- $1) }
    let validity = column.chunks[chunk].validity.map { $0[range] }
    guard let rows else { return Values(integers: counts, validity: validity) }
    return Values(integers: counts.gather(rows), validity: validity?.gather(rows))
  }

  func bounds(in column: Column, chunk: Int) -> ClosedRange<Int64>? { nil }
}
