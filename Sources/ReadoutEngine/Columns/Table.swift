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
  public func values(_ column: Int) -> Values { values(column, rows: 0..<rowCount) }

  /// The rows `rows` of a column, decoded into one piece.
  public func values(_ column: Int, rows: Range<Int>) -> Values {
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
    return Values.concatenating(parts, type: columns[column].type)
  }
}
