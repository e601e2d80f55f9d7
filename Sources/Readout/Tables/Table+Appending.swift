import ReadoutEngine

/// Growing a table: a new one that shares the chunks of the old.
extension Table {
  /// The rows of this table and behind them those of `other`, which has the same columns in any order.
  ///
  /// The chunks of both are shared: O(chunks), except for string and list columns with different dictionaries, whose
  /// codes are made anew. An integer column takes no numbers; append those to a number column.
  /// - Throws: `ReadoutError` where a column is missing, unknown, or of another type.
  public func appending(_ other: Table) throws(ReadoutError) -> Table {
    for name in other.names where index(of: name) == nil {
      throw ReadoutError(
        .request, "unknown column", value: name, place: .init(step: "appending"),
        hint: Suggestion.hint(for: name, among: names, kind: "columns"))
    }
    var joined: [Column] = []
    for (number, field) in fields.enumerated() {
      guard let theirs = other.index(of: field.name) else {
        throw ReadoutError(.request, "a column is missing", value: field.name, place: .init(step: "appending"))
      }
      let type = other.fields[theirs].type
      let isEmpty = other.columns[theirs].nullCount == other.rowCount
      let isWidened = (type == .integer && field.type == .number) || (type.isString && field.type.isString)
      guard type == field.type || isEmpty || isWidened else {
        throw ReadoutError(
          .request, "a column of another type", value: field.name, place: .init(step: "appending"),
          hint: "\(field.name) is \(field.type.withArticle), not \(type.withArticle)")
      }
      joined.append(columns[number].appending(other.columns[theirs]))
    }
    return Table(fields: fields, columns: joined, rowCount: rowCount + other.rowCount)
  }

  /// The rows of this table and behind them those of `rows`: values by column name, in any order; what is left out is null.
  ///
  /// O(new rows + chunks). Append many rows at a time: each call makes a chunk of its own.
  /// - Throws: `ReadoutError` for an unknown column, and for a value of another type.
  public func appending(_ rows: [[String: Scalar]]) throws(ReadoutError) -> Table {
    for row in rows {
      for name in row.keys where index(of: name) == nil {
        throw ReadoutError(
          .request, "unknown column", value: name, place: .init(step: "appending"),
          hint: Suggestion.hint(for: name, among: names, kind: "columns"))
      }
    }
    var added: [TableColumn] = []
    for field in fields {
      added.append(try TableColumn(field.name, scalars: rows.map { $0[field.name] ?? .null }, type: field.type))
    }
    return try appending(Table(added))
  }
}
