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

  /// The elements of a chunk's vector that belong to the rows that count.
  func rows<T>(of vector: Vector<T>) -> Vector<T> {
    selection.map { vector[range].gather($0) } ?? vector[range]
  }

  /// The batch with only those of its rows whose numbers, among its counted rows, are in `kept`.
  func narrowed(to kept: Vector<UInt32>) -> Batch {
    Batch(chunk: chunk, range: range, firstRow: firstRow, selection: selection?.gather(kept) ?? kept)
  }
}

extension Batch {
  /// This batch and a later one of its chunk as one, where both have selections that together fill no more than a batch.
  func joined(with next: Batch) -> Batch? {
    guard chunk == next.chunk, let selection, let more = next.selection, count + next.count <= Batch.rows else {
      return nil
    }
    var rows = MutableVector<UInt32>(capacity: count + next.count)
    rows.append(contentsOf: selection)
    let distance = UInt32(truncatingIfNeeded: next.range.lowerBound - range.lowerBound)
    rows.append(contentsOf: more.map { $0 &+ distance })
    return Batch(
      chunk: chunk, range: range.lowerBound..<next.range.upperBound, firstRow: firstRow, selection: rows.freeze())
  }
}

extension [Batch] {
  /// The ranges of batches that lie in one chunk, in order.
  func chunked() -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for index in indices {
      if let last = ranges.last, self[last.lowerBound].chunk == self[index].chunk {
        ranges[ranges.count - 1] = last.lowerBound..<index + 1
      } else {
        ranges.append(index..<index + 1)
      }
    }
    return ranges
  }
}

extension Table {
  /// The batches of one chunk, in row order.
  func batches(ofChunk chunk: Int, firstRow: Int, count: Int) -> [Batch] {
    stride(from: 0, to: count, by: Batch.rows).map { start in
      Batch(chunk: chunk, range: start..<min(start + Batch.rows, count), firstRow: firstRow + start)
    }
  }
}
