import ReadoutVectors

/// A column in one piece, however long, from which chunks of any rows are made.
struct FlatColumn: Sendable {
  private let whole: ColumnChunk
  private let column: Column

  init(_ index: Int, of table: Table) throws(ReadoutError) {
    let values = try table.values(index)
    let dictionary = table.columns[index].dictionary
    whole = ColumnChunk(encoding: values, dictionary: values.type.isString ? dictionary : nil)
    column = Column(type: values.type, chunks: [whole], dictionary: dictionary)
  }

  /// The values of `rows`.
  func values(_ rows: PartnerRows) -> Values {
    if whole.count == 0 { return Values(type: column.type, payload: .null, count: rows.count) }
    let found = column.values(chunk: 0, range: 0..<whole.count, rows: rows.rows)
    guard let present = rows.present else { return found }
    return Values(
      type: found.type, payload: found.payload, validity: Bitmap.both(found.validity, present), count: rows.count)
  }

  func chunk(_ rows: PartnerRows) throws(ReadoutError) -> ColumnChunk {
    if rows.present == nil, let chunk = whole.gathering(rows.rows) { return chunk }
    var values = values(rows)
    if case .lists(let lists) = values.payload {
      values = Values(
        type: .list, payload: .lists(try lists.compacted()), validity: values.validity, count: values.count)
    }
    return ColumnChunk(encoding: values, dictionary: values.type.isString ? column.dictionary : nil)
  }
}

/// Rows of the right side, some of which may stand for none.
struct PartnerRows: Sendable {
  /// Row 0 in place of none.
  let rows: Vector<UInt32>
  /// 1 for a row that is there; nil where all are.
  let present: Bitmap?

  var count: Int { rows.count }

  /// `KeyedRows.none` stands for none.
  /// - Parameter mayLack: Whether there may be any.
  init(_ rows: Vector<UInt32>, mayLack: Bool = true) {
    guard mayLack, rows.contains(where: { $0 == KeyedRows.none }) else {
      (self.rows, present) = (rows, nil)
      return
    }
    self.rows = rows.map { $0 == KeyedRows.none ? 0 : $0 }
    present = Bitmap(bytes: rows.map { $0 == KeyedRows.none ? 0 : 1 })
  }
}
