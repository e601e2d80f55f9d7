import ReadoutVectors

/// A column: values of one type in chunks, immutable.
public struct Column: Sendable {
  public let type: DataType
  public let chunks: [ColumnChunk]
  /// The distinct strings of a dictionary-encoded string column, or of the items of a list column.
  ///
  /// One for all chunks. A column with a dictionary has only `.codes` (or `.lists`) chunks, one without has none.
  public let dictionary: StringDictionary?
  /// The words of a column of strings, once something needed them.
  public let textIndex = TextIndexPlace()

  public init(type: DataType, chunks: [ColumnChunk], dictionary: StringDictionary? = nil) {
    self.type = type
    self.chunks = chunks
    self.dictionary = dictionary
  }

  public var count: Int { chunks.reduce(0) { $0 + $1.count } }
  public var nullCount: Int { chunks.reduce(0) { $0 + $1.zone.nullCount } }
  /// Bytes of memory, the dictionary and the words included.
  public var byteCount: Int {
    chunks.reduce((dictionary?.byteCount ?? 0) + (textIndex.known?.byteCount ?? 0)) { $0 + $1.byteCount }
  }

  /// Smallest and largest integer, day or microsecond; nil where no row has a value or the type is another.
  public var integerBounds: ClosedRange<Int64>? {
    var bounds: ClosedRange<Int64>?
    for chunk in chunks {
      guard case .integers(let min, let max) = chunk.zone.bounds else { continue }
      bounds = bounds.map { Swift.min($0.lowerBound, min)...Swift.max($0.upperBound, max) } ?? min...max
    }
    return bounds
  }
}

extension Column {
  /// Decodes the rows `range` of chunk `chunk`, or of those only the `rows` (counted from the start of `range`).
  public func values(chunk: Int, range: Range<Int>, rows: Vector<UInt32>? = nil) -> Values {
    let chunk = chunks[chunk]
    let validity = chunk.validity.map { all in
      let slice = all[range]
      return rows.map { slice.gather($0) } ?? slice
    }
    let payload: Values.Payload
    switch chunk.storage {
    case .integers(let packed):
      payload = .integers(rows.map { packed.values(range, rows: $0) } ?? packed.values(range))
    case .numbers(let vector):
      payload = .numbers(rows.map { vector[range].gather($0) } ?? vector[range])
    case .booleans(let bitmap):
      let slice = bitmap[range].bytes()
      payload = .booleans(rows.map { slice.gather($0) } ?? slice)
    case .codes(let codes):
      payload = .coded(rows.map { codes.codes(range, rows: $0) } ?? codes.codes(range), dictionary!)
    case .strings(let strings):
      payload = .strings(rows.map { strings[range].gather($0) } ?? strings[range])
    case .lists(let starts, let ends, let items):
      payload = .lists(
        ListVector(
          starts: rows.map { starts[range].gather($0) } ?? starts[range],
          ends: rows.map { ends[range].gather($0) } ?? ends[range], items: items.codes(0..<items.count),
          dictionary: dictionary!))
    }
    return Values(type: type, payload: payload, validity: validity, count: rows?.count ?? range.count)
  }
}
