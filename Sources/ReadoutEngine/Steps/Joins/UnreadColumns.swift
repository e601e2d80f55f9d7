import ReadoutVectors

/// Stands for columns that no later step reads: nulls, whose chunks share their memory whatever their lengths.
struct UnreadColumns {
  private let zeros: Vector<UInt8>
  private let validities: [Bitmap]

  /// - Parameter counts: The rows of each chunk.
  init(counts: [Int]) {
    let most = counts.max() ?? 0
    let words = Vector<UInt64>(repeating: 0, count: (most + 63) / 64)
    zeros = Vector(repeating: 0, count: most)
    validities = counts.map { Bitmap(words: words[0..<($0 + 63) / 64], count: $0) }
  }

  func column(_ type: DataType) -> Column {
    let dictionary = StringDictionary(StringVector([""]))
    let places = Vector<UInt32>(repeating: 0, count: zeros.count)
    let empty = StringVector(starts: places, ends: places, bytes: Vector<UInt8>())
    let numbers = Vector<Double>(repeating: 0, count: type == .number ? zeros.count : 0)
    let chunks = validities.map { validity in
      let rows = 0..<validity.count
      let storage: ColumnChunk.Storage =
        switch type {
        case .integer, .date, .timestamp: .integers(PackedIntegers(base: 0, offsets: .bits8(zeros[rows])))
        case .number: .numbers(numbers[rows])
        case .boolean: .booleans(validity)
        case .string: .codes(.bits8(zeros[rows]))
        case .text: .strings(empty[rows])
        case .list: .lists(starts: places[rows], ends: places[rows], items: .bits8(Vector()))
        }
      return ColumnChunk(
        count: validity.count, storage: storage, validity: validity,
        zone: ZoneMap(bounds: .none, nullCount: validity.count))
    }
    return Column(type: type, chunks: chunks, dictionary: type == .string || type == .list ? dictionary : nil)
  }
}
