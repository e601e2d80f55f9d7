import ReadoutVectors

/// A run of rows of one chunk with a selection: the unit of one kernel call.
///
/// At most `Batch.rows` rows, so that a vector of doubles and its neighbours stay in the second-level cache.
public struct Batch: Sendable {
  /// Rows of a full batch. A chunk is a whole number of them, and each starts at a whole word of a bitmap.
  public static let rows = 16_384

  public let chunk: Int
  public let range: Range<Int>
  /// Zero-based number in the table of the first row of `range`.
  public let firstRow: Int
  /// The rows that survived the filters, ascending, counted from the start of `range`; nil where all did.
  public var selection: Vector<UInt32>?

  public init(chunk: Int, range: Range<Int>, firstRow: Int, selection: Vector<UInt32>? = nil) {
    self.chunk = chunk
    self.range = range
    self.firstRow = firstRow
    self.selection = selection
  }

  /// Rows that count.
  public var count: Int { selection?.count ?? range.count }

  /// The batch with only those of its rows whose numbers, among its counted rows, are in `kept`.
  func narrowed(to kept: Vector<UInt32>) -> Batch {
    Batch(chunk: chunk, range: range, firstRow: firstRow, selection: selection?.gather(kept) ?? kept)
  }
}

extension Batch {
  /// The batches of one chunk, in row order.
  static func all(ofChunk chunk: Int, firstRow: Int, count: Int) -> [Batch] {
    stride(from: 0, to: count, by: Batch.rows).map { start in
      Batch(chunk: chunk, range: start..<min(start + Batch.rows, count), firstRow: firstRow + start)
    }
  }
}

extension Table {
  /// The batches of one chunk, in row order.
  func batches(ofChunk chunk: Int, firstRow: Int, count: Int) -> [Batch] {
    Batch.all(ofChunk: chunk, firstRow: firstRow, count: count)
  }
}
