import ReadoutVectors

/// One column for each value of a column: `pivot("topic", "n")`.
///
/// A row of the result is a distinct combination of the other columns, in the order of first appearance. The new columns
/// ascend by the values they stand for, null being the last, and hold null where a combination has no row. Two rows in one
/// cell are an error: measure them into one first.
public struct Pivot: TableStep {
  let names: String
  let values: String
  let prefix: String

  /// More columns than this are no table that anybody reads.
  static let mostColumns = 10_000

  public var name: String { "pivot" }

  /// - Parameters:
  ///   - names: The column whose values become columns.
  ///   - values: The column that they hold.
  ///   - prefix: Stands before the name of each new column.
  public init(_ names: String, _ values: String, prefix: String = "") {
    self.names = names
    self.values = values
    self.prefix = prefix
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let names = try fields.index(of: names)
    let values = try fields.index(of: values)
    guard names != values else {
      throw ReadoutError(.request, "pivot wants two columns", value: self.names, hint: "pivot(\"topic\", \"n\")")
    }
    guard fields[names].type != .list else {
      throw ReadoutError(.request, "a list is no column's name", value: self.names, hint: "unnest it first")
    }
    return BoundPivot(step: self, names: names, values: values)
  }
}

private struct BoundPivot: BoundTableStep {
  let step: Pivot
  let names: Int
  let values: Int

  var fields: [Table.Field]? { nil }
  var explanation: [String] { ["pivot \(step.values) by \(step.names)"] }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let others = input.columns.indices.filter { $0 != names && $0 != values }
    let (rowOf, firstRows) = try combinations(of: others, in: input, options)
    try options.control.checkpoint()
    let titles = try OrderedEncoding(try input.values(names), control: options.control)
    let hasNull = titles.codes.contains { $0 == UInt32(titles.distinct.count) }
    let width = titles.distinct.count + (hasNull ? 1 : 0)
    guard width <= Pivot.mostColumns else {
      throw ReadoutError(
        .request, "pivot would give more than \(Pivot.mostColumns) columns", value: "\(width) values of \(step.names)",
        hint: "keep fewer values, or group them")
    }
    // A row's number, and a value.
    try MemoryAccount.check(adding: width * firstRows.count, of: 12)
    var cells = [MutableCells](repeating: MutableCells(count: firstRows.count), count: width)
    for row in 0..<input.rowCount {
      guard cells[Int(titles.codes[row])].put(row, at: Int(rowOf[row])) else {
        throw try twice(row, others, titles, input)
      }
    }
    var fields = others.map { input.fields[$0] }
    var columns = try input.values(others).map { Column(encoding: $0.gather(firstRows)) }
    let all = try input.values(values)
    for title in 0..<width {
      try options.control.checkpoint()
      let text = title < titles.distinct.count ? titles.distinct[title].text : "null"
      let name = step.prefix + text
      if let clash = fields.firstIndex(where: { $0.name == name }) {
        throw ReadoutError(
          .request, "two columns would have the same name", value: name,
          hint: clash < others.count
            ? "give the new ones a prefix: prefix = '\(step.names)_'"
            : "two values of \(step.names) look alike, null and 'null' or one letter in two spellings: make them one before"
        )
      }
      fields.append(Table.Field(name, all.type))
      columns.append(Column(encoding: all.gather(partners: PartnerRows(Vector(cells[title].rows)))))
    }
    return Table(fields: fields, columns: columns, rowCount: firstRows.count)
  }

  func destinations(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt32>? {
    try combinations(of: input.columns.indices.filter { $0 != names && $0 != values }, in: input, options).0
  }

  /// For each row the number of its combination, in the order of first appearance, and the first row of each.
  private func combinations(
    of columns: [Int], in input: Table, _ options: ExecutionOptions
  ) throws(ReadoutError) -> (Vector<UInt32>, Vector<UInt32>) {
    var numbers = Vector<UInt32>(repeating: 0, count: input.rowCount)
    for column in columns {
      let codes = try OrderedEncoding(try input.values(column), control: options.control).codes
      var interner = KeyInterner()
      numbers = interner.intern(numbers.zip(codes) { UInt64($0) << 32 | UInt64($1) })
    }
    var firstRows = MutableVector<UInt32>()
    for (row, number) in numbers.enumerated() where Int(number) == firstRows.count {
      firstRows.append(UInt32(truncatingIfNeeded: row))
    }
    return (numbers, firstRows.freeze())
  }

  private func twice(_ row: Int, _ others: [Int], _ titles: OrderedEncoding, _ input: Table) throws(ReadoutError)
    -> ReadoutError
  {
    let cell = try input.values(others + [names], rows: row..<row + 1).map { $0[0].isNull ? "null" : $0[0].text }
    let keys = (others + [names]).map { Expression.text(ofColumn: input.fields[$0].name) }.joined(separator: ", ")
    let values = step.values
    let sum = "\(Expression.text(ofKey: values)) = sum(\(Expression.text(ofColumn: values)))"
    return ReadoutError(
      .data, "two rows fall into one cell of pivot", value: cell.joined(separator: ", "),
      hint: "make them one first: by \"\(keys)\", measure \"\(sum)\""
    ).about(row: row + 1)
  }
}

/// The row that each cell of a new column comes from.
private struct MutableCells {
  private(set) var rows: [UInt32]

  init(count: Int) { rows = [UInt32](repeating: KeyedRows.none, count: count) }

  /// False where a row is there already.
  mutating func put(_ row: Int, at place: Int) -> Bool {
    guard rows[place] == KeyedRows.none else { return false }
    rows[place] = UInt32(truncatingIfNeeded: row)
    return true
  }
}
