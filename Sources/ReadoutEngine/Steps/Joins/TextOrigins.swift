import ReadoutVectors

/// The rows of either table that the rows of the result are, for columns of texts: their words come from the index of the column
/// that they are taken from.
final class TextOrigins {
  private let paired: PairedTable
  private let layout: [[PairedTable.Part]]
  private lazy var leftRows = rows { part in
    let first = firstRows[part.piece]
    guard let own = paired.pairs.pieces[part.piece].left?[part.range] else {
      return Vector(count: part.range.count) { UInt32(truncatingIfNeeded: first + part.range.lowerBound + $0) }
    }
    return own.map { UInt32(truncatingIfNeeded: first) &+ $0 }
  }
  /// Nil where a row has no partner: the other table has no row for it.
  private lazy var rightRows: Vector<UInt32>? = {
    let rows = rows { paired.pairs.pieces[$0.piece].right![$0.range] }
    return rows.contains { $0 == KeyedRows.none } ? nil : rows
  }()
  /// By chunk of the left table.
  private lazy var firstRows = paired.left.chunkCounts.reduce(into: [0]) { $0.append($0.last! + $1) }

  init(_ paired: PairedTable, _ layout: [[PairedTable.Part]]) {
    self.paired = paired
    self.layout = layout
  }

  /// The column, knowing where its texts come from.
  func column(_ column: Column, from source: PairedTable.Source) -> Column {
    guard column.type.isString, column.dictionary == nil else { return column }
    switch source {
    case .left(let index): return column.carrying(paired.left.columns[index], rows: leftRows)
    case .right(let index):
      return rightRows.map { column.carrying(paired.right.columns[index], rows: $0) } ?? column
    case .offset: return column
    }
  }

  private func rows(_ part: (PairedTable.Part) -> Vector<UInt32>) -> Vector<UInt32> {
    Vector.concatenating(layout.joined().map(part))
  }
}
