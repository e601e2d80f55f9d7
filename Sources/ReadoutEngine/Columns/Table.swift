import ReadoutVectors

/// Columns of equal length under names. Never changes; copies and appended tables share their chunks.
public struct Table: Sendable {
  /// Rows of a full chunk.
  public static let chunkRows = 65_536

  public let fields: [Field]
  public let columns: [Column]
  public let rowCount: Int

  public struct Field: Sendable, Equatable {
    public var name: String
    public var type: DataType
    /// The language by whose stems terms are compared with the words of a column of texts; nil: as they are written.
    public var stem: Stemmer.Language?

    public init(_ name: String, _ type: DataType) {
      self.name = name
      self.type = type
    }
  }

  /// All columns have the same chunk lengths.
  public init(fields: [Field], columns: [Column], rowCount: Int? = nil) {
    precondition(fields.count == columns.count, "a table needs a field for each column")
    self.fields = fields
    self.columns = columns
    self.rowCount = rowCount ?? columns.first?.count ?? 0
  }

  /// Rows of each chunk. A table without columns has its rows in full chunks.
  public var chunkCounts: [Int] {
    if let first = columns.first { return first.chunks.map(\.count) }
    return stride(from: 0, to: rowCount, by: Table.chunkRows).map { min(Table.chunkRows, rowCount - $0) }
  }

  public var names: [String] { fields.map(\.name) }
  public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }
  /// Bytes of memory of all columns.
  public var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}

extension Table {
  /// All values of a column in one piece, decoded: O(rows). For results, not for scans.
  public func values(_ column: Int) throws(ReadoutError) -> Values { try values(column, rows: 0..<rowCount) }

  public func values(_ columns: some Sequence<Int>) throws(ReadoutError) -> [Values] {
    try values(columns, rows: 0..<rowCount)
  }

  public func values(_ columns: some Sequence<Int>, rows: Range<Int>) throws(ReadoutError) -> [Values] {
    try columns.map { (column) throws(ReadoutError) in try values(column, rows: rows) }
  }

  /// The rows `rows` of a column, decoded into one piece.
  ///
  /// - Throws: where their strings pass the 4 GiB that one piece holds.
  public func values(_ column: Int, rows: Range<Int>) throws(ReadoutError) -> Values {
    try Values.concatenating(pieces(column, rows: rows), type: columns[column].type)
  }

  /// The rows `rows` of a column, a piece for each chunk that has any; strings are not copied.
  public func pieces(_ column: Int, rows: Range<Int>) -> [Values] {
    var parts: [Values] = []
    var start = 0
    for (number, chunk) in columns[column].chunks.enumerated() {
      let wanted = rows.clamped(to: start..<start + chunk.count)
      if !wanted.isEmpty {
        parts.append(
          columns[column].values(chunk: number, range: wanted.lowerBound - start..<wanted.upperBound - start))
      }
      start += chunk.count
    }
    return parts
  }

  /// Its first rows, `count` of them at most.
  public func prefix(_ count: Int) -> Table {
    let rows = 0..<min(max(0, count), rowCount)
    let shortened = columns.enumerated().map { index, column in
      let dictionary = column.type.isString ? column.dictionary : nil
      return Column(
        type: column.type, chunks: pieces(index, rows: rows).map { ColumnChunk(encoding: $0, dictionary: dictionary) },
        dictionary: column.dictionary)
    }
    return Table(fields: fields, columns: shortened, rowCount: rows.count)
  }
}
