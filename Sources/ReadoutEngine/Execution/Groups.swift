import ReadoutVectors

extension GroupsRun {
  /// What a grouping gives, or a part of it: groups in ascending order of their keys.
  struct Groups: Sendable {
    let count: Int
    private let content: Content

    private enum Content: Sendable {
      /// By key and aggregate, a value a group.
      case values([Values])
      /// The same as chunks, each of every column, and the dictionaries they use.
      case chunks([[ColumnChunk]], [StringDictionary?])
    }

    /// Groups from which on a part becomes chunks at once, on the thread that made it: then its wide values never have to
    /// stand in memory together with those of all other parts.
    private static let chunkFrom = Table.chunkRows / 16

    /// `values` are those of the keys, then of the aggregates.
    init(_ values: [Values], count: Int) {
      self.count = count
      if count >= Self.chunkFrom, let chunks = Self.chunks(values, count: count) {
        content = .chunks(chunks, values.map(\.dictionary))
      } else {
        content = .values(values)
      }
    }

    /// Nil where a column's encoding depends on all of its values.
    private static func chunks(_ values: [Values], count: Int) -> [[ColumnChunk]]? {
      guard values.allSatisfy(\.canBeChunk) else { return nil }
      let pieces = (count + Table.chunkRows - 1) / Table.chunkRows
      return (0..<pieces).map { piece in
        let range = count * piece / pieces..<count * (piece + 1) / pieces
        return values.map { ColumnChunk(encoding: $0[range], dictionary: $0.dictionary) }
      }
    }

    fileprivate func values(_ column: Int, type: DataType) throws(ReadoutError) -> Values {
      switch content {
      case .values(let values): return values[column]
      case .chunks(let chunks, let dictionaries):
        let column = Column(type: type, chunks: chunks.map { $0[column] }, dictionary: dictionaries[column])
        return try Values.concatenating(
          column.chunks.enumerated().map { column.values(chunk: $0, range: 0..<$1.count) }, type: type)
      }
    }

    /// Chunks of every column and their dictionaries, made now where they are few.
    fileprivate var chunks: (chunks: [[ColumnChunk]], dictionaries: [StringDictionary?])? {
      switch content {
      case .values(let values): Self.chunks(values, count: count).map { ($0, values.map(\.dictionary)) }
      case .chunks(let chunks, let dictionaries): (chunks, dictionaries)
      }
    }

    fileprivate var isInChunks: Bool { if case .chunks = content { true } else { false } }
  }
}

extension [GroupsRun.Groups] {
  /// The columns of all parts, one part behind the other.
  func columns(_ types: [DataType]) throws(ReadoutError) -> [Column] {
    if let (chunks, dictionaries) = sharedChunks() {
      return types.indices.map { index in
        Column(type: types[index], chunks: chunks.map { $0[index] }, dictionary: dictionaries[index])
      }
    }
    return try types.enumerated().map { (index, type) throws(ReadoutError) in
      let parts = try map { (part) throws(ReadoutError) in try part.values(index, type: type) }
      return Column(encoding: try Values.concatenating(parts, type: type))
    }
  }

  /// The chunks of all parts, where most are chunks already and all use the same dictionaries.
  private func sharedChunks() -> (chunks: [[ColumnChunk]], dictionaries: [StringDictionary?])? {
    let parts = filter { $0.count > 0 }
    guard parts.count > 1, parts.count(where: \.isInChunks) * 2 > parts.count else { return nil }
    var shared: [StringDictionary?]?
    var chunks: [[ColumnChunk]] = []
    for part in parts {
      guard let own = part.chunks, own.dictionaries.elementsEqual(shared ?? own.dictionaries, by: { $0 === $1 }) else {
        return nil
      }
      shared = own.dictionaries
      chunks += own.chunks
    }
    return shared.map { (chunks, $0) }
  }
}

extension Values {
  /// Whether the values can be a chunk of a column whose other chunks are not known.
  fileprivate var canBeChunk: Bool {
    switch payload {
    case .integers, .numbers, .booleans, .coded: true
    default: false
    }
  }

  fileprivate var dictionary: StringDictionary? {
    if case .coded(_, let dictionary) = payload { dictionary } else { nil }
  }
}
