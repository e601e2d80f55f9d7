import ReadoutVectors

/// The table that pairs of rows make. Columns are gathered chunk by chunk, and only those that a later step reads; where
/// every left row stands there once, the left table's columns are shared as they are.
struct PairedTable: Sendable {
  /// Where a column of the result comes from.
  enum Source: Sendable {
    case left(Int)
    case right(Int)
    /// The time of the left row less that of the right row, in days.
    case offset(left: Int, right: Int)
  }

  let left: Table
  let right: Table
  let pairs: RowPairs
  let fields: [Table.Field]
  let sources: [Source]

  /// A run of pairs of one piece.
  private struct Part {
    let piece: Int
    let range: Range<Int>
  }

  func table(needing needed: Set<Int>?, _ options: ExecutionOptions) throws(ReadoutError) -> Table {
    let isWhole = pairs.isWhole
    let layout = isWhole ? partsByLeftChunk() : regularParts()
    let counts = layout.map { $0.reduce(0) { $0 + $1.range.count } }
    let gathered = sources.indices.filter { index in
      if let needed, !needed.contains(index) { return false }
      if isWhole, case .left = sources[index] { return false }
      return true
    }
    var flat: [Int: FlatColumn] = [:]
    for index in gathered {
      switch sources[index] {
      case .left: break
      case .right(let column), .offset(_, let column): flat[column] = flat[column] ?? FlatColumn(column, of: right)
      }
      try options.control.checkpoint()
    }
    let columns = Gathered<[ColumnChunk]>(count: layout.count)
    let (this, flatColumns) = (self, flat)
    try WorkerPool.run(threads: options.threads, pieces: layout.count) { _, chunk throws(ReadoutError) in
      try options.control.checkpoint()
      columns[chunk] = this.chunks(gathered, of: layout[chunk], flatColumns)
    }
    let chunks = columns.all
    let made = sources.indices.map { index -> Column in
      if let place = gathered.firstIndex(of: index) {
        return Column(type: fields[index].type, chunks: chunks.map { $0[place] }, dictionary: dictionary(of: index))
      }
      if isWhole, case .left(let column) = sources[index] { return left.columns[column] }
      return Column(unread: fields[index].type, counts: counts)
    }
    return Table(fields: fields, columns: made, rowCount: pairs.count)
  }

  private func dictionary(of index: Int) -> StringDictionary? {
    switch sources[index] {
    case .left(let column): left.columns[column].dictionary
    case .right(let column): right.columns[column].dictionary
    case .offset: nil
    }
  }

  // MARK: Chunks

  private func partsByLeftChunk() -> [[Part]] {
    var layout = [[Part]](repeating: [], count: left.chunkCounts.count)
    for (index, piece) in pairs.pieces.enumerated() {
      layout[piece.batch.chunk].append(Part(piece: index, range: 0..<piece.count))
    }
    return layout
  }

  private func regularParts() -> [[Part]] {
    var layout: [[Part]] = []
    var room = 0
    for (index, piece) in pairs.pieces.enumerated() {
      var start = 0
      while start < piece.count {
        if room == 0 {
          layout.append([])
          room = Table.chunkRows
        }
        let end = min(piece.count, start + room)
        layout[layout.count - 1].append(Part(piece: index, range: start..<end))
        room -= end - start
        start = end
      }
    }
    return layout
  }

  private func chunks(_ columns: [Int], of parts: [Part], _ flat: [Int: FlatColumn]) -> [ColumnChunk] {
    var rows = Vector<UInt32>()
    var hasNone = false
    if columns.contains(where: { if case .left = sources[$0] { false } else { true } }) {
      rows = Vector.concatenating(parts.map { pairs.pieces[$0.piece].right![$0.range] })
      hasNone = rows.contains { $0 == KeyedRows.none }
    }
    return columns.map { index in
      switch sources[index] {
      case .left(let column):
        return ColumnChunk(
          encoding: leftValues(column, parts),
          dictionary: left.columns[column].type.isString ? left.columns[column].dictionary : nil)
      case .right(let column): return flat[column]!.chunk(rows, hasNone: hasNone)
      case .offset(let leftTime, let rightTime):
        let values = TimeDistance.days(
          from: flat[rightTime]!.values(rows, hasNone: hasNone), to: leftValues(leftTime, parts))
        return ColumnChunk(encoding: values)
      }
    }
  }

  private func leftValues(_ column: Int, _ parts: [Part]) -> Values {
    let values = parts.map { part in
      let piece = pairs.pieces[part.piece]
      guard let rows = piece.left else {
        let start = piece.batch.range.lowerBound
        return left.columns[column].values(
          chunk: piece.batch.chunk, range: start + part.range.lowerBound..<start + part.range.upperBound)
      }
      return left.columns[column].values(
        chunk: piece.batch.chunk, range: piece.batch.range, rows: rows[part.range])
    }
    return Values.concatenating(values, type: left.columns[column].type)
  }
}

extension Column {
  /// A column that no later step reads: nulls in chunks of these lengths, which share their memory.
  init(unread type: DataType, counts: [Int]) {
    let most = counts.max() ?? 0
    let nulls = Values(type: type, payload: .null, count: most)
    let dictionary = type == .list ? nulls.lists.dictionary : nil
    let full = ColumnChunk(encoding: nulls)
    let chunks = counts.map { count in
      count == most ? full : ColumnChunk(encoding: Values(type: type, payload: .null, count: count))
    }
    self.init(type: type, chunks: chunks, dictionary: dictionary)
  }
}
