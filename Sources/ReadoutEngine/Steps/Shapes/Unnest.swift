import ReadoutVectors

/// One row for each item of a list: `unnest("topics")`. The column becomes one of strings.
///
/// A row whose list is empty or null stays, its item null, unless `keep` is false: nothing is lost in silence.
public struct Unnest: TableStep {
  let column: String
  let keep: Bool

  public var name: String { "unnest" }
  public var carriesColumns: Bool { true }

  public init(_ column: String, keep: Bool = true) {
    self.column = column
    self.keep = keep
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try fields.index(of: column)
    guard fields[index].type == .list else {
      throw ReadoutError(
        .request, "unnest wants a list, not \(fields[index].type.withArticle)", value: column,
        hint: "derive one: split(\(Expression.text(ofColumn: column)), ';')")
    }
    return BoundUnnest(step: self, column: index, input: fields)
  }
}

private struct BoundUnnest: BoundTableStep {
  let step: Unnest
  let column: Int
  let input: [Table.Field]

  var fields: [Table.Field]? {
    var fields = input
    fields[column].type = .string
    return fields
  }

  var explanation: [String] { ["unnest \(step.column)\(step.keep ? "" : ", without rows that have no item")"] }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let count = try rowCount(of: input, options)
    guard count < Int(UInt32.max) else {
      throw ReadoutError(
        .request, "unnest would give more than 4 billion rows", value: "\(count) rows", hint: "filter rows away first")
    }
    // An item's code, here and in its list, its row and presence; the columns are asked for one by one.
    try MemoryAccount.check(adding: count, of: 13)
    let values = try input.values(column)
    let lists = values.lists
    var rows = MutableVector<UInt32>(capacity: count)
    var codes = MutableVector<UInt32>(capacity: count)
    var present = MutableVector<UInt8>(capacity: count)
    var unchecked = 0
    for row in 0..<input.rowCount {
      let items = values.isNull(row) ? 0..<0 : Int(lists.starts[row])..<Int(lists.ends[row])
      for item in items {
        rows.append(UInt32(truncatingIfNeeded: row))
        codes.append(lists.items[item])
        present.append(1)
      }
      if items.isEmpty, step.keep {
        rows.append(UInt32(truncatingIfNeeded: row))
        codes.append(0)
        present.append(0)
      }
      unchecked += items.count + 1
      if unchecked > 1 << 20 {
        try options.control.checkpoint()
        unchecked = 0
      }
    }
    try options.control.checkpoint()
    let items =
      lists.dictionary.count == 0
      ? Values(type: .string, payload: .null, count: codes.count)
      : Values(
        type: .string, payload: .coded(codes.freeze(), lists.dictionary),
        validity: Bitmap(bytes: present.freeze()).unlessAllSet, count: rows.count)
    let places = rows.freeze()
    var columns: [Column] = []
    for index in input.columns.indices {
      try options.control.checkpoint()
      try MemoryAccount.check(adding: count, of: 8)
      columns.append(Column(encoding: index == column ? items : try input.values(index).gather(places)))
    }
    return Table(fields: fields!, columns: columns, rowCount: places.count)
  }

  /// How many rows there will be, chunk by chunk: put together, lists that share their items take memory for each.
  private func rowCount(of input: Table, _ options: ExecutionOptions) throws(ReadoutError) -> Int {
    var total = 0
    for (chunk, count) in input.chunkCounts.enumerated() {
      try options.control.checkpoint()
      let values = input.columns[column].values(chunk: chunk, range: 0..<count)
      let lists = values.lists
      for row in 0..<count { total += max(values.isNull(row) ? 0 : lists.length(row), step.keep ? 1 : 0) }
    }
    return total
  }
}

extension [Table.Field] {
  /// The column of a name; an unknown one is an error with the nearest.
  func index(of name: String, range: Range<Int>? = nil) throws(ReadoutError) -> Int {
    if let index = firstIndex(where: { $0.name == name }) { return index }
    throw ReadoutError(
      .request, "unknown column", value: name,
      hint: Suggestion.hint(for: name, among: map(\.name), kind: "the columns are"), range: range)
  }
}
