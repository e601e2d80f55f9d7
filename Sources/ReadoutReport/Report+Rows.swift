import ReadoutEngine

extension Report {
  /// The rows, in order. Decoding them is O(rows × columns); keep the value for several passes.
  public var rows: Rows { Rows(table) }

  public struct Rows: RandomAccessCollection, Sendable {
    fileprivate let fields: [Table.Field]
    /// Each column's pieces, one behind the other.
    private let columns: [[Values]]
    /// The first row of each piece.
    private let starts: [Int]
    public let count: Int

    fileprivate init(_ table: Table) {
      fields = table.fields
      columns = table.fields.indices.map { table.pieces($0, rows: 0..<table.rowCount) }
      starts =
        columns.first.map { pieces in pieces.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) } } ?? [0]
      count = table.rowCount
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(position: Int) -> Row {
      precondition(indices.contains(position), "row \(position) of \(count)")
      return Row(rows: self, index: position)
    }

    fileprivate func value(_ column: Int, row: Int) -> Scalar {
      // The last piece that starts at the row or before it; pieces have rows.
      var (low, high) = (0, columns[column].count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= row { low = middle } else { high = middle }
      }
      return columns[column][low][row - starts[low]]
    }
  }

  /// One row: a value for each column, by name or place.
  public struct Row: Sendable, CustomStringConvertible {
    fileprivate let rows: Rows
    /// Counted from 0.
    public let index: Int

    public var names: [String] { rows.fields.map(\.name) }
    public var values: [Scalar] { rows.fields.indices.map { rows.value($0, row: index) } }

    /// The value of a column, which must exist; `.null` where the row has none.
    public subscript(name: String) -> Scalar {
      guard let column = rows.fields.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("no column \(name); there are: \(names.joined(separator: ", "))")
      }
      return rows.value(column, row: index)
    }

    /// The value of the column at a place counted from 0.
    public subscript(column: Int) -> Scalar { rows.value(column, row: index) }

    /// `country: KOR, statements: 12`
    public var description: String {
      zip(names, values).map { "\($0): \($1)" }.joined(separator: ", ")
    }
  }
}

extension Scalar {
  /// The integer; nil for a null and for values of other types.
  public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  /// The number, an integer included; nil for a null and for values of other types.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  /// The string or text; nil for a null and for values of other types.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var list: [String]? { if case .list(let items) = self { items } else { nil } }
}
