import ReadoutVectors

/// The words of a text column: one vocabulary, each row's words as numbers, and the rows of each word.
///
/// Made once for a column, in parallel, and kept with it; the numbers do not depend on the threads that made it.
public final class TextIndex: Sendable {
  public let vocabulary: Vocabulary
  /// The column's rows in order, in blocks of `Batch.rows` rows that do not pass the end of a chunk.
  public let blocks: [TextBlock]
  /// The first block of each chunk.
  private let firstBlocks: [Int]

  init(vocabulary: Vocabulary, blocks: [TextBlock]) {
    self.vocabulary = vocabulary
    self.blocks = blocks
    firstBlocks = blocks.indices.filter { blocks[$0].range.lowerBound == 0 }
  }

  /// The block of a row of a chunk.
  public func block(chunk: Int, row: Int) -> TextBlock { blocks[firstBlocks[chunk] + row / Batch.rows] }

  /// What `body` gives for each row of a block, for the rows `range` of a chunk, or of those only the `rows` (counted from the
  /// start of `range`).
  func values(
    chunk: Int, range: Range<Int>, rows: Vector<UInt32>?, _ body: (TextBlock) -> Vector<Int64>
  ) -> Vector<Int64> {
    let first = block(chunk: chunk, row: range.lowerBound)
    if first.range == range {
      let values = body(first)
      return rows.map { values.gather($0) } ?? values
    }
    // A batch may be several put together, of each only some rows.
    var values = MutableVector<Int64>(capacity: range.count)
    var row = range.lowerBound
    while row < range.upperBound {
      let block = block(chunk: chunk, row: row)
      let end = min(block.range.upperBound, range.upperBound)
      values.append(contentsOf: body(block)[row - block.range.lowerBound..<end - block.range.lowerBound])
      row = end
    }
    let all = values.freeze()
    return rows.map { all.gather($0) } ?? all
  }

  /// Words of all rows together.
  public var tokenCount: Int { blocks.reduce(0) { $0 + $1.tokenCount } }

  /// Bytes of memory beyond the column's own.
  public var byteCount: Int { blocks.reduce(vocabulary.byteCount) { $0 + $1.byteCount } }

  /// The index of a column of strings, made on first use; the next call finds it.
  ///
  /// That of a column which has some rows of another is taken from the other's, where it is at hand or worth building.
  /// - Throws: where the time of `options` is over.
  public static func of(_ column: Column, options: ExecutionOptions) throws(ReadoutError) -> TextIndex {
    try column.textIndex.value { (origin) throws(ReadoutError) in
      guard let origin, let whole = try origin.index(for: column, options: options) else {
        return try TextIndex(column, threads: options.threads, control: options.control)
      }
      return whole.selecting(origin.rows, as: column, threads: options.threads)
    }
  }
}

extension Column {
  /// Which of the rows `range` of a chunk, or of those only the `rows`, have a value; nil where all have.
  func validity(chunk: Int, range: Range<Int>, rows: Vector<UInt32>?) -> Bitmap? {
    guard let validity = chunks[chunk].validity.map({ $0[range] }) else { return nil }
    return rows.map { validity.gather($0) } ?? validity
  }
}
