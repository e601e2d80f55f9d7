import ReadoutVectors

/// Columns as rows: `unpivot { columns = "before, after", name = "side", value = "tone" }`.
///
/// A row becomes one for each of the columns, in their order: its other columns, the column's name, and its value. Nulls stay.
public struct Unpivot: TableStep {
  let columns: OptionText<[ListItem]>
  let nameColumn: String
  let valueColumn: String

  public var name: String { "unpivot" }
  public var carriesColumns: Bool { true }

  public init(columns: OptionText<[ListItem]>, name: String = "name", value: String = "value") {
    self.columns = columns
    nameColumn = name
    valueColumn = value
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    var chosen: [Int] = []
    var type: DataType?
    try columns.placing { (items) throws(ReadoutError) in
      for item in items {
        guard case .column(let column) = item.expression.node, item.name == nil else {
          throw ReadoutError(
            .request, "unpivot takes columns", value: item.expression.description, hint: "columns = \"before, after\"",
            range: item.expression.range)
        }
        let index = try fields.index(of: column, range: item.expression.range)
        guard !chosen.contains(index) else {
          throw ReadoutError(.request, "a column is named twice", value: column, range: item.expression.range)
        }
        guard let common = type.map({ Binder.common($0, fields[index].type) }) ?? fields[index].type else {
          throw ReadoutError(
            .request, "unpivot would mix \(type?.rawValue ?? "") and \(fields[index].type.rawValue) in one column",
            value: column, hint: "derive columns of one type first, with string(…) or number(…)",
            range: item.expression.range)
        }
        type = common
        chosen.append(index)
      }
    }
    guard let type else {
      throw ReadoutError(.request, "unpivot wants columns", hint: "columns = \"before, after\"")
    }
    var kept: [Int] = []
    for index in fields.indices where !chosen.contains(index) { kept.append(index) }
    var result = kept.map { fields[$0] }
    for field in [Table.Field(nameColumn, .string), Table.Field(valueColumn, type)] {
      guard !result.contains(where: { $0.name == field.name }) else {
        throw ReadoutError(
          .request, "two columns would have the same name", value: field.name,
          hint: "name them otherwise: name = \"column\", value = \"amount\"")
      }
      result.append(field)
    }
    return BoundUnpivot(chosen: chosen, kept: kept, result: result, names: chosen.map { fields[$0].name })
  }
}

private struct BoundUnpivot: BoundTableStep {
  let chosen: [Int]
  let kept: [Int]
  let result: [Table.Field]
  let names: [String]

  var fields: [Table.Field]? { result }
  var explanation: [String] { ["unpivot \(names.joined(separator: ", "))"] }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let (rows, width) = (input.rowCount, chosen.count)
    guard rows * width < Int(UInt32.max) else {
      throw ReadoutError(
        .request, "unpivot would give more than 4 billion rows", value: "\(rows * width) rows",
        hint: "filter rows away first, or name fewer columns")
    }
    // Where each row comes from, its column's number, and where its value is.
    try MemoryAccount.check(adding: rows * width, of: 12)
    let repeated = Vector<UInt32>(count: rows * width) { UInt32(truncatingIfNeeded: $0 / width) }
    var columns: [Column] = []
    for index in kept {
      try options.control.checkpoint()
      try MemoryAccount.check(adding: rows * width, of: 8)
      columns.append(Column(encoding: try input.values(index).gather(repeated)))
    }
    try MemoryAccount.check(adding: rows * width, of: 16)
    let codes = Vector<UInt32>(count: rows * width) { UInt32(truncatingIfNeeded: $0 % width) }
    columns.append(
      Column(
        encoding: Values(
          type: .string, payload: .coded(codes, StringDictionary(StringVector(names))), count: rows * width)))
    let type = result[result.count - 1].type
    // All values of the first column, then of the second; gathered row by row.
    let parts = try chosen.map { (index) throws(ReadoutError) in
      Widening.convert(try input.values(index), to: type).written
    }
    let values = try Values.concatenating(parts, type: type)
    let places = Vector<UInt32>(count: rows * width) { UInt32(truncatingIfNeeded: $0 % width * rows + $0 / width) }
    columns.append(Column(encoding: values.gather(places)))
    return Table(fields: result, columns: columns, rowCount: rows * width)
  }
}

extension Values {
  /// The same values, a constant written out.
  var written: Values { Values(type: type, payload: spread, validity: validity, count: count) }
}
