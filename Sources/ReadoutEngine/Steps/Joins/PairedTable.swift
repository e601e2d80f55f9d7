import ReadoutVectors

/// The table that pairs of rows make.
///
/// Where every left row stands there once, the left table's columns are shared as they are. Of the others only those are made
/// that a later step reads.
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

  /// A run of pairs of one piece, which is a chunk of the left table.
  struct Part {
    let piece: Int
    let range: Range<Int>
  }

  /// Rows of a chunk, on average, that make a batch worth its while. With fewer, chunks are filled up from several pieces.
  private static let fewestRows = 4096

  /// - Parameter needed: The columns that a later step reads; nil where somebody else takes the table.
  func table(needing needed: Set<Int>?, _ options: ExecutionOptions) throws(ReadoutError) -> Table {
    let isWhole = pairs.isWhole
    let layout = layout(byPiece: isWhole || pairs.count >= pairs.pieces.count * Self.fewestRows)
    let counts = layout.map { $0.reduce(0) { $0 + $1.range.count } }
    let made = sources.indices.filter { index in
      if let needed, !needed.contains(index) { return false }
      if isWhole, case .left = sources[index] { return false }
      return true
    }
    var flat: [Int: FlatColumn] = [:]
    for index in made {
      switch sources[index] {
      case .left: break
      case .right(let column), .offset(_, let column):
        if flat[column] == nil { flat[column] = try FlatColumn(column, of: right) }
      }
      try options.control.checkpoint()
    }
    let columns = Gathered<[ColumnChunk]>(count: layout.count)
    let (this, flatColumns) = (self, flat)
    try WorkerPool.run(threads: options.threads, pieces: layout.count) { _, chunk throws(ReadoutError) in
      try options.control.checkpoint()
      columns[chunk] = try this.chunks(made, of: layout[chunk], flatColumns)
    }
    let chunks = columns.all
    let unread = UnreadColumns(counts: counts)
    let origins = TextOrigins(self, layout)
    let all = sources.indices.map { index -> Column in
      if let place = made.firstIndex(of: index) {
        let column = Column(
          type: fields[index].type, chunks: chunks.map { $0[place] }, dictionary: dictionary(of: index))
        return origins.column(column, from: sources[index])
      }
      if isWhole, case .left(let column) = sources[index] { return left.columns[column] }
      return unread.column(fields[index].type)
    }
    return Table(fields: fields, columns: all, rowCount: pairs.count)
  }

  private func dictionary(of index: Int) -> StringDictionary? {
    switch sources[index] {
    case .left(let column): left.columns[column].dictionary
    case .right(let column): right.columns[column].dictionary
    case .offset: nil
    }
  }

  // MARK: Chunks

  /// The parts of each chunk of the result: full chunks, or at most a piece each.
  private func layout(byPiece: Bool) -> [[Part]] {
    var layout: [[Part]] = []
    var room = 0
    for (index, piece) in pairs.pieces.enumerated() {
      if byPiece, pairs.isWhole || piece.count <= Table.chunkRows {
        if piece.count > 0 || pairs.isWhole { layout.append([Part(piece: index, range: 0..<piece.count)]) }
        continue
      }
      if byPiece { room = 0 }
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

  private func chunks(_ columns: [Int], of parts: [Part], _ flat: [Int: FlatColumn]) throws(ReadoutError)
    -> [ColumnChunk]
  {
    var rows = PartnerRows(Vector())
    if columns.contains(where: { if case .left = sources[$0] { false } else { true } }) {
      rows = PartnerRows(
        Vector.concatenating(parts.map { pairs.pieces[$0.piece].right![$0.range] }),
        mayLack: parts.contains { pairs.pieces[$0.piece].keepsAll })
    }
    return try columns.map { (index) throws(ReadoutError) in
      switch sources[index] {
      case .left(let column):
        if parts.count == 1, let own = pairs.pieces[parts[0].piece].left,
          let chunk = left.columns[column].chunks[parts[0].piece].gathering(own[parts[0].range])
        {
          return chunk
        }
        return ColumnChunk(
          encoding: try leftValues(column, parts),
          dictionary: left.columns[column].type.isString ? left.columns[column].dictionary : nil)
      case .right(let column):
        return try flat[column]!.chunk(rows)
      case .offset(let leftTime, let rightTime):
        let values = TimeDistance.days(from: flat[rightTime]!.values(rows), to: try leftValues(leftTime, parts))
        return ColumnChunk(encoding: values)
      }
    }
  }

  private func leftValues(_ column: Int, _ parts: [Part]) throws(ReadoutError) -> Values {
    let values = parts.map { part in
      guard let rows = pairs.pieces[part.piece].left else {
        return left.columns[column].values(chunk: part.piece, range: part.range)
      }
      let chunk = left.columns[column].chunks[part.piece]
      return left.columns[column].values(chunk: part.piece, range: 0..<chunk.count, rows: rows[part.range])
    }
    return try Values.concatenating(values, type: left.columns[column].type)
  }
}
