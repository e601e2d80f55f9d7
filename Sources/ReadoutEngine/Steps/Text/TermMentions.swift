import ReadoutVectors

/// Where terms stand in a text column: every match, in the order of the rows and within a row of the text.
struct TermMentions: Sendable {
  /// The matches in one block of the index.
  struct Block: Sendable {
    /// Counted from the start of the block, ascending.
    let rows: Vector<UInt32>
    /// The term's place in the list.
    let terms: Vector<UInt32>
    /// Bytes in the row's text.
    let starts: Vector<UInt32>
    let ends: Vector<UInt32>
  }

  let blocks: [Block]

  init(of terms: Terms, in index: TextIndex, options: ExecutionOptions) throws(ReadoutError) {
    let indexed = try terms.found(in: index, control: options.control)
    let found = Gathered<Block>(count: index.blocks.count)
    try WorkerPool.run(threads: options.threads, pieces: index.blocks.count) { _, block throws(ReadoutError) in
      try options.control.checkpoint()
      found[block] = try Block(terms, indexed, index.blocks[block])
    }
    blocks = found.all
  }
}

extension TermMentions.Block {
  fileprivate init(_ terms: Terms, _ indexed: IndexedTerms, _ block: TextBlock) throws(ReadoutError) {
    let texts = block.texts
    var rows = MutableVector<UInt32>()
    var numbers = MutableVector<UInt32>()
    var starts = MutableVector<UInt32>()
    var ends = MutableVector<UInt32>()
    for row in indexed.mayMatch(in: block) ? indexed.rows(in: block) : Vector() {
      try texts.withBytes(Int(row)) { (bytes) throws(ReadoutError) in
        try terms.forEachMatch(in: bytes) { match in
          rows.append(row)
          numbers.append(UInt32(truncatingIfNeeded: match.term))
          starts.append(UInt32(truncatingIfNeeded: match.range.lowerBound))
          ends.append(UInt32(truncatingIfNeeded: match.range.upperBound))
        }
      }
    }
    self.init(rows: rows.freeze(), terms: numbers.freeze(), starts: starts.freeze(), ends: ends.freeze())
  }
}

extension Column {
  /// Rows of each block of the column's index, `rows[i]` counted from the start of block `i`, one block behind the other. Only these
  /// are decoded.
  func values(ofRows rows: [Vector<UInt32>], in index: TextIndex) throws(ReadoutError) -> Values {
    let parts = rows.indices.filter { rows[$0].count > 0 }
      .map { values(chunk: index.blocks[$0].chunk, range: index.blocks[$0].range, rows: rows[$0]) }
    return try Values.concatenating(parts, type: type)
  }
}

extension BoundTableStep {
  /// Refuses new columns that the table has already.
  static func refuseClashes(_ added: [String], with fields: [Table.Field], step: String) throws(ReadoutError) {
    guard let clash = added.first(where: { name in fields.contains { $0.name == name } }) else { return }
    throw ReadoutError(
      .request, "\(step) adds a column that is there already", value: clash,
      hint: "rename it before: select or derive it under another name")
  }
}
