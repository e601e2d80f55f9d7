import ReadoutVectors

/// `:terms("OPCON, deterrence, 'troop levels'")`: one row for each row and term that occurs in it, so that terms can be grouped.
///
/// Gives the row's columns, the text included, then `term` and `mentions`, and `category` where the terms have one. Rows
/// without a term are left out. Within the list the longest term wins, as in `mentions`.
public struct TermsStep: TableStep {
  public let name = "terms"
  public var terms: [String]
  /// The category of each term; nil where the terms have none.
  public var categories: [String?]?
  public var column: TextColumn

  public init(terms: [String], categories: [String?]? = nil, column: TextColumn = TextColumn()) {
    self.terms = terms
    self.categories = categories
    self.column = column
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    let step = BoundTerms(
      step: self, terms: try Terms(terms), column: index, columnName: fields[index].name, inputFields: fields)
    try BoundTerms.refuseClashes(step.added.map(\.name), with: fields, step: name)
    return step
  }
}

private struct BoundTerms: BoundTableStep {
  let step: TermsStep
  let terms: Terms
  let column: Int
  let columnName: String
  let inputFields: [Table.Field]

  var added: [Table.Field] {
    [.init("term", .string), .init("mentions", .integer)] + (step.categories == nil ? [] : [.init("category", .string)])
  }
  var fields: [Table.Field]? { inputFields + added }

  var explanation: [String] {
    let terms = step.terms.count > 8 ? "\(step.terms.count) terms" : step.terms.joined(separator: ", ")
    return ["terms \(terms) in \(columnName)"]
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = TextIndex.of(input.columns[column], threads: options.threads)
    let mentions = try TermMentions(of: terms, in: index, options: options).chunks
    let counted = Gathered<TermRows>(count: mentions.count)
    try WorkerPool.run(threads: options.threads, pieces: mentions.count) { _, chunk throws(ReadoutError) in
      try options.control.checkpoint()
      counted[chunk] = TermRows(mentions[chunk], termCount: step.terms.count)
    }
    let rows = counted.all
    let codes = Vector<UInt32>.concatenating(rows.map(\.terms))
    var values = input.columns.map { $0.values(ofRows: rows.map(\.rows)) }
    values.append(Values(strings: StringVector(step.terms).gather(codes)).interned)
    values.append(Values(integers: Vector<Int64>.concatenating(rows.map(\.mentions))))
    if let categories = step.categories {
      values.append(Values(categories.map { $0.map { .string($0) } ?? .null }, type: .string).gather(codes))
    }
    return Table(zip(fields!, values).map { (field: $0, values: $1) }, rowCount: codes.count)
  }
}

/// The mentions of a chunk counted by row and term, in the order of the rows, then of the list.
private struct TermRows: Sendable {
  let rows: Vector<UInt32>
  let terms: Vector<UInt32>
  let mentions: Vector<Int64>

  init(_ found: TermMentions.Chunk, termCount: Int) {
    let keys = Vector<UInt64>(count: found.rows.count) {
      UInt64(found.rows[$0]) * UInt64(termCount) + UInt64(found.terms[$0])
    }
    let order = RadixSort.order(keys)
    var rows = MutableVector<UInt32>()
    var terms = MutableVector<UInt32>()
    var mentions = MutableVector<Int64>()
    var last: UInt64?
    for place in order {
      let key = keys[Int(place)]
      if key == last {
        mentions[mentions.count - 1] &+= 1
      } else {
        rows.append(found.rows[Int(place)])
        terms.append(found.terms[Int(place)])
        mentions.append(1)
      }
      last = key
    }
    self.rows = rows.freeze()
    self.terms = terms.freeze()
    self.mentions = mentions.freeze()
  }
}
