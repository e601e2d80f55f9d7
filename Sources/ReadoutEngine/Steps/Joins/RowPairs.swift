import ReadoutVectors

/// Which row of the right table stands beside which row of the left one: what a join gives, before any column is read.
///
/// In pieces, one for each chunk of the left table, in row order; so that it does not depend on threads.
struct RowPairs: Sendable {
  /// The pairs of one chunk of the left table.
  struct Piece: Sendable {
    /// Rows of the chunk, ascending; nil where every row stands there once.
    let left: Vector<UInt32>?
    /// For each of them a row of the right table, or `KeyedRows.none`; nil where the right side gives no columns.
    let right: Vector<UInt32>?
    let count: Int
    /// Whether rows without a right row stay.
    let keepsAll: Bool
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
  /// One right row at most for each row of the chunk, `KeyedRows.none` for none.
  /// - Parameter keepsAll: Whether rows without a right row stay.
  static func single(_ rows: Vector<UInt32>, keepsAll: Bool) -> RowPairs.Piece {
    if !keepsAll {
      let (places, found) = rows.without(KeyedRows.none)
      if found.count < rows.count {
        return RowPairs.Piece(left: places, right: found, count: found.count, keepsAll: false)
      }
    }
    return RowPairs.Piece(left: nil, right: rows, count: rows.count, keepsAll: keepsAll)
  }

  /// The rows of the chunk for which `isKept` is 1, without right rows.
  static func filter(_ isKept: Vector<UInt8>) -> RowPairs.Piece {
    let kept = isKept.selected()
    return RowPairs.Piece(left: kept.count == isKept.count ? nil : kept, right: nil, count: kept.count, keepsAll: false)
  }
}

/// For each row of a chunk a range of `rows`: its partners, before the pairs are written out.
struct RowRanges: Sendable {
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
      for place in from..<max(from, to) {
        left.append(UInt32(truncatingIfNeeded: row))
        right.append(rows[place])
      }
      if from >= to, keepsAll {
        left.append(UInt32(truncatingIfNeeded: row))
        right.append(KeyedRows.none)
      }
    }
    return RowPairs.Piece(left: left.freeze(), right: right.freeze(), count: count, keepsAll: keepsAll)
  }
}

extension RowPairs {
  /// Calls `body` for each chunk of `left`, on the query's threads, and takes the results in row order.
  static func forEachChunk<Result: Sendable>(
    of left: Table, _ options: ExecutionOptions,
    _ body: @escaping @Sendable (_ chunk: Int) throws(ReadoutError) -> Result
  ) throws(ReadoutError) -> [Result] {
    let counts = left.chunkCounts
    let results = Gathered<Result>(count: counts.count)
    try WorkerPool.run(threads: options.threads, pieces: counts.count) { _, chunk throws(ReadoutError) in
      try options.control.checkpoint()
      results[chunk] = try body(chunk)
      options.progress?(min(left.rowCount, (chunk + 1) * Table.chunkRows), left.rowCount)
    }
    return results.all
  }

  /// Writes out the pairs of all ranges: counted first, so that a join which outgrows the memory says so before it does.
  static func writing(
    _ ranges: [RowRanges], rows: Vector<UInt32>, keepsAll: Bool, _ options: ExecutionOptions
  ) throws(ReadoutError) -> RowPairs {
    let counts = ranges.map { $0.count(keepsAll: keepsAll) }
    let total = counts.reduce(0, +)
    try MemoryAccount.check(adding: total, of: 8)
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
