import ReadoutVectors

/// Which row of the right table stands beside which row of the left one: what a join gives, before any column is read.
///
/// In pieces, each from one batch of the left table, in row order; so that it does not depend on threads.
struct RowPairs: Sendable {
  /// The pairs of one batch.
  struct Piece: Sendable {
    let batch: Batch
    /// Row numbers in the batch's range, ascending; nil where every row stands there once.
    let left: Vector<UInt32>?
    /// For each of them a row of the right table, or `KeyedRows.none`; nil where the right side gives no columns.
    let right: Vector<UInt32>?

    var count: Int { left?.count ?? batch.range.count }
  }

  let pieces: [Piece]
  let count: Int

  /// Whether every left row stands there once.
  var isWhole: Bool { pieces.allSatisfy { $0.left == nil } }

  init(_ pieces: [Piece]) {
    self.pieces = pieces
    count = pieces.reduce(0) { $0 + $1.count }
  }
}

extension RowPairs.Piece {
  /// One right row at most for each row of the batch, `KeyedRows.none` for none.
  /// - Parameter keepsAll: Whether rows without a right row stay.
  static func single(_ rows: Vector<UInt32>, of batch: Batch, keepsAll: Bool) -> RowPairs.Piece {
    if keepsAll { return RowPairs.Piece(batch: batch, left: nil, right: rows) }
    let found = rows.map { $0 == KeyedRows.none ? UInt8(0) : 1 }.selected()
    if found.count == rows.count { return RowPairs.Piece(batch: batch, left: nil, right: rows) }
    return RowPairs.Piece(batch: batch, left: found, right: rows.gather(found))
  }

  /// The rows of the batch for which `isKept` is 1, without right rows.
  static func filter(_ isKept: Vector<UInt8>, of batch: Batch) -> RowPairs.Piece {
    let kept = isKept.selected()
    return RowPairs.Piece(batch: batch, left: kept.count == isKept.count ? nil : kept, right: nil)
  }
}

/// For each row of a batch a range of `rows`: its partners, before the pairs are written out.
struct RowRanges: Sendable {
  let batch: Batch
  let starts: Vector<UInt32>
  let ends: Vector<UInt32>

  /// How many pairs they make; rows without a partner make one where `keepsAll`.
  func count(keepsAll: Bool) -> Int {
    let least = keepsAll ? 1 : 0
    var total = 0
    let (from, to) = (starts.span, ends.span)
    for row in from.indices { total &+= max(least, Int(to[row]) &- Int(from[row])) }
    return total
  }

  /// The pairs, those of a row in the order of `rows`.
  func piece(_ rows: Vector<UInt32>, count: Int, keepsAll: Bool) -> RowPairs.Piece {
    var left = MutableVector<UInt32>(capacity: count)
    var right = MutableVector<UInt32>(capacity: count)
    for row in 0..<starts.count {
      let (from, to) = (Int(starts[row]), Int(ends[row]))
      if from < to {
        left.append(repeating: UInt32(truncatingIfNeeded: row), count: to - from)
        right.append(contentsOf: rows[from..<to])
      } else if keepsAll {
        left.append(UInt32(truncatingIfNeeded: row))
        right.append(KeyedRows.none)
      }
    }
    return RowPairs.Piece(batch: batch, left: left.freeze(), right: right.freeze())
  }
}

extension RowPairs {
  /// Calls `body` for each batch of `left`, on the query's threads, and takes the results in row order.
  static func forEachBatch<Result: Sendable>(
    of left: Table, _ options: ExecutionOptions,
    _ body: @escaping @Sendable (Batch) throws(ReadoutError) -> Result
  ) throws(ReadoutError) -> [Result] {
    var batches: [Batch] = []
    var firstRow = 0
    for (chunk, count) in left.chunkCounts.enumerated() {
      batches += left.batches(ofChunk: chunk, firstRow: firstRow, count: count)
      firstRow += count
    }
    let results = Gathered<Result>(count: batches.count)
    let whole = batches
    try WorkerPool.run(threads: options.threads, pieces: whole.count) { _, piece throws(ReadoutError) in
      try options.control.checkpoint()
      results[piece] = try body(whole[piece])
      options.progress?(whole[piece].firstRow + whole[piece].range.count, left.rowCount)
    }
    return results.all
  }

  /// Writes out the pairs of all ranges: counted first, so that a join which outgrows the memory says so before it does.
  static func writing(
    _ ranges: [RowRanges], rows: Vector<UInt32>, keepsAll: Bool, _ options: ExecutionOptions
  ) throws(ReadoutError) -> RowPairs {
    let counts = ranges.map { $0.count(keepsAll: keepsAll) }
    let total = counts.reduce(0, +)
    let bytes = total.multipliedReportingOverflow(by: 8)
    if bytes.overflow || MemoryAccount.wouldExceed(adding: bytes.partialValue) {
      throw ReadoutError.memory(bytes.overflow ? .max : bytes.partialValue)
    }
    guard total < Int(UInt32.max) else {
      throw ReadoutError(
        .request, "the join would give more than 4 billion rows", value: "\(total) rows",
        hint: "add a key to on, or narrow the window")
    }
    let pieces = Gathered<Piece>(count: ranges.count)
    try WorkerPool.run(threads: options.threads, pieces: ranges.count) { _, piece throws(ReadoutError) in
      try options.control.checkpoint()
      pieces[piece] = ranges[piece].piece(rows, count: counts[piece], keepsAll: keepsAll)
    }
    return RowPairs(pieces.all)
  }
}
