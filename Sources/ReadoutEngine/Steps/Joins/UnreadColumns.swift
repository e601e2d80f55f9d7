import ReadoutVectors

/// Stands for columns that no later step reads: nulls, whose chunks share their memory whatever their lengths.
struct UnreadColumns {
  private let zeros: Vector<UInt32>
  private let noneSet: [Bitmap]

  /// - Parameter counts: The rows of each chunk.
  init(counts: [Int]) {
    let most = counts.max() ?? 0
    let words = Vector<UInt64>(repeating: 0, count: (most + 63) / 64)
    zeros = Vector(repeating: 0, count: most)
    noneSet = counts.map { Bitmap(words: words[0..<($0 + 63) / 64], count: $0) }
  }

  func column(_ type: DataType) -> Column {
    let null = Values(type: type, payload: .null, count: 1)
    let one = ColumnChunk(encoding: null)
    let chunks = noneSet.map { validity in
      ColumnChunk(
        count: validity.count, storage: .picked(one, rows: zeros[0..<validity.count]), validity: validity,
        zone: ZoneMap(bounds: .none, nullCount: validity.count))
    }
    return Column(type: type, chunks: chunks, dictionary: type == .list ? null.lists.dictionary : nil)
  }
}
