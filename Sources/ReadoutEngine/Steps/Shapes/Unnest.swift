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
        hint: "derive one: split(\(column), ';')")
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
    let values = input.values(column)
    let lists = values.lists
    var rows = MutableVector<UInt32>(capacity: input.rowCount)
    var codes = MutableVector<UInt32>(capacity: input.rowCount)
    var present = MutableVector<UInt8>(capacity: input.rowCount)
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
    }
    try options.control.checkpoint()
    let items =
      lists.dictionary.count == 0
      ? Values(type: .string, payload: .null, count: codes.count)
      : Values(
        type: .string, payload: .coded(codes.freeze(), lists.dictionary),
        validity: Bitmap(bytes: present.freeze()).unlessAllSet, count: rows.count)
    let places = rows.freeze()
    let columns = input.columns.indices.map { index in
      Column(encoding: index == column ? items : input.values(index).gather(places))
    }
    return Table(fields: fields!, columns: columns, rowCount: places.count)
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
