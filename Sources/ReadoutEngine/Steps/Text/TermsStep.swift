import ReadoutVectors

/// `:terms("OPCON, deterrence, 'troop levels'")`: one row for each row and term that occurs in it, so that terms can be grouped.
///
/// Gives the row's columns, the text included, then `term` and `mentions`, and `category` where the terms have one. Rows
/// without a term are left out. Within the list the longest term wins, as in `mentions`.
public struct TermsStep: TableStep {
  public let name = "terms"
  public var carriesColumns: Bool { true }
  public enum Source: Sendable {
    case terms([String])
    /// The terms of a lexicon that the query's functions know.
    case lexicon(String)
  }

  public var source: Source
  public var column: TextColumn

  public init(_ source: Source, column: TextColumn = TextColumn()) {
    self.source = source
    self.column = column
  }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let index = try column.index(in: fields, of: name)
    let found = try terms(functions)
    let step = BoundTerms(
      source: source, terms: try Terms(found.terms, stem: fields[index].stem), categories: found.categories,
      column: index,
      columnName: fields[index].name, inputFields: fields)
    try BoundTerms.refuseClashes(step.added.map(\.name), with: fields, step: name)
    return step
  }

  /// The terms, and the categories of each; none where the terms have none.
  private func terms(
    _ functions: FunctionRegistry
  ) throws(ReadoutError) -> (terms: [String], categories: [[String?]]) {
    switch source {
    case .terms(let terms): return (terms, [])
    case .lexicon(let name):
      guard let lexicon = try functions.lexicons.find(name) else {
        throw ReadoutError(
          .request, "unknown lexicon", value: name,
          hint: Suggestion.hint(for: name, among: functions.lexicons.names().sorted(), kind: "lexicons")
            ?? "no lexicon is known here")
      }
      if lexicon.categories.isEmpty { return (lexicon.terms, []) }
      let byTerm = Dictionary(grouping: lexicon.entries, by: \.term)
      return (lexicon.terms, lexicon.terms.map { byTerm[$0, default: []].map(\.category) })
    }
  }
}

private struct BoundTerms: BoundTableStep {
  let source: TermsStep.Source
  let terms: Terms
  /// The categories of each term; none where the terms have none.
  let categories: [[String?]]
  let column: Int
  let columnName: String
  let inputFields: [Table.Field]

  var added: [Table.Field] {
    [.init("term", .string), .init("mentions", .integer)] + (categories.isEmpty ? [] : [.init("category", .string)])
  }
  var fields: [Table.Field]? { inputFields + added }

  var explanation: [String] {
    switch source {
    case .lexicon(let name): return ["terms of the lexicon \(name), \(terms.terms.count) in all, in \(columnName)"]
    case .terms(let terms): return ["terms \(terms.joined(separator: ", ")) in \(columnName)"]
    }
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let index = try TextIndex.of(input.columns[column], options: options)
    let mentions = try TermMentions(of: terms, in: index, options: options).blocks
    let counted = Gathered<TermRows>(count: mentions.count)
    try WorkerPool.run(threads: options.threads, pieces: mentions.count) { _, block throws(ReadoutError) in
      try options.control.checkpoint()
      let rows = TermRows(mentions[block], termCount: terms.terms.count)
      counted[block] = categories.isEmpty ? rows : rows.repeated { categories[$0].count }
    }
    let rows = counted.all
    let codes = Vector<UInt32>.concatenating(rows.map(\.terms))
    var values = try input.columns.map { (column) throws(ReadoutError) in
      try column.values(ofRows: rows.map(\.rows), in: index)
    }
    values.append(Values(strings: StringVector(terms.terms).gather(codes)).interned)
    values.append(Values(integers: Vector<Int64>.concatenating(rows.map(\.mentions))))
    if !categories.isEmpty {
      // A term's rows stand behind one another, one for each of its categories.
      var places = MutableVector<UInt32>(capacity: codes.count)
      var starts = [UInt32(0)]
      for own in categories { starts.append(starts.last! + UInt32(own.count)) }
      var category: UInt32 = 0
      for code in codes {
        places.append(starts[Int(code)] + category)
        category = category + 1 == UInt32(categories[Int(code)].count) ? 0 : category + 1
      }
      let all = categories.joined().map { $0.map { Scalar.string($0) } ?? .null }
      values.append(Values(all, type: .string).gather(places.freeze()).interned)
    }
    return Table(zip(fields!, values).map { (field: $0, values: $1) }, rowCount: codes.count)
  }
}

/// The mentions of a block counted by row and term, in the order of the rows, then of the list.
private struct TermRows: Sendable {
  let rows: Vector<UInt32>
  let terms: Vector<UInt32>
  let mentions: Vector<Int64>

  init(_ found: TermMentions.Block, termCount: Int) {
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
    self.init(rows: rows.freeze(), terms: terms.freeze(), mentions: mentions.freeze())
  }

  private init(rows: Vector<UInt32>, terms: Vector<UInt32>, mentions: Vector<Int64>) {
    self.rows = rows
    self.terms = terms
    self.mentions = mentions
  }

  /// Each row as often as its term says.
  func repeated(_ times: (_ term: Int) -> Int) -> TermRows {
    var places = MutableVector<UInt32>(capacity: rows.count)
    for (place, term) in terms.enumerated() { places.append(repeating: UInt32(place), count: times(Int(term))) }
    let all = places.freeze()
    return TermRows(rows: rows.gather(all), terms: terms.gather(all), mentions: mentions.gather(all))
  }
}
