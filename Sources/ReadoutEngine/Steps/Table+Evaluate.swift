import ReadoutVectors

/// What steps over the whole table need of it.
extension Table {
  /// The values of expressions over its rows, each in one piece.
  func evaluating(_ expressions: [BoundExpression], _ options: ExecutionOptions) throws(ReadoutError) -> [Values] {
    if expressions.isEmpty { return [] }
    let items = expressions.enumerated().map { (name: "\($0.offset)", expression: $0.element) }
    let stage = Stage(
      output: .columns(items, limit: nil), fields: items.map { Field($0.name, $0.expression.type) })
    let table = try StageRun(stage, input: self, options: options).run()
    return try table.values(table.columns.indices)
  }

  /// The table with a column added, or replaced where there is one of that name.
  public func replacing(_ name: String, with values: Values) -> Table {
    var fields = fields
    var columns = columns
    let column = Column(encoding: values, counts: chunkCounts)
    if let index = index(of: name) {
      fields[index].type = values.type
      columns[index] = column
    } else {
      fields.append(Field(name, values.type))
      columns.append(column)
    }
    return Table(fields: fields, columns: columns, rowCount: rowCount)
  }
}
