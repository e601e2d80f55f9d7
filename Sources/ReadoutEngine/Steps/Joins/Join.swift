import ReadoutVectors

/// Pairs each row with the rows of another query whose keys are equal: `join(events, { on = "country, speaker = name" })`.
///
/// Left rows come in their order, the partners of each in the order of the right side. A null key equals nothing.
public struct Join: PairingStep {
  public enum Kind: String, Sendable, CaseIterable {
    /// The pairs.
    case inner
    /// The pairs, and the rows without a partner, the right columns null.
    case left
    /// The rows that have a partner, each once, and no columns of the right side.
    case semi
    /// The rows that have none.
    case anti
  }

  var other: Query
  let on: OptionText<[KeyPair]>
  let kind: Kind
  /// Nil is the other table's name and `_`.
  let prefix: String?

  public var name: String { "join" }
  var bringsColumns: Bool { kind == .inner || kind == .left }

  public init(_ other: Query, on: OptionText<[KeyPair]>, kind: Kind = .inner, prefix: String? = nil) {
    self.other = other
    self.on = on
    self.kind = kind
    self.prefix = prefix
  }

  func bind(
    _ left: [Table.Field], _ right: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep {
    let keys = try on.placing { (pairs) throws(ReadoutError) in
      guard !pairs.isEmpty else {
        throw ReadoutError(.request, "join wants a key", hint: "on = \"country\", or on = \"speaker = name\"")
      }
      var keys: [BoundKeyPair] = []
      for pair in pairs { keys.append(try pair.bind(left, right, other: other.tableName)) }
      return keys
    }
    var paired = PairedFields(left: left)
    if bringsColumns {
      try paired.add(right: right, without: keys, prefix: prefix ?? "\(other.tableName)_", prefixesAll: false)
    }
    return BoundJoin(step: self, keys: keys, paired: paired, rightCount: right.count)
  }
}

private struct BoundJoin: BoundTableStep {
  let step: Join
  let keys: [BoundKeyPair]
  let paired: PairedFields
  let rightCount: Int

  var fields: [Table.Field]? { paired.fields }

  var explanation: [String] {
    ["join \(step.other.sourceName) on \(step.on.content.map(\.text).joined(separator: ", ")), \(step.kind.rawValue)"]
      + step.otherPlan
  }

  func columnsRead(for needed: Set<Int>) -> Set<Int>? { paired.leftColumns(for: needed).union(keys.map(\.left)) }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    try run(over: input, needing: nil, options: options)
  }

  func run(over input: Table, needing needed: Set<Int>?, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let right = try Executor.run(
      step.other, needing: paired.rightColumns(for: needed).union(keys.map(\.right)), options: options)
    let space = try KeySpace(keys, left: input, right: right, options: options)
    let rows = KeyedRows(space.rightNumbers, count: space.count)
    try options.control.checkpoint()
    let pairs = try pairs(of: input, space, rows, options)
    return try PairedTable(left: input, right: right, pairs: pairs, fields: paired.fields, sources: paired.sources)
      .table(needing: needed, options)
  }

  private func pairs(
    of input: Table, _ space: KeySpace, _ rows: KeyedRows, _ options: ExecutionOptions
  ) throws(ReadoutError) -> RowPairs {
    let kind = step.kind
    if kind == .semi || kind == .anti {
      let hasRows = space.lookUp(rows.presence, of: input)
      let wanted: UInt32 = kind == .semi ? 1 : 0
      return RowPairs(
        try RowPairs.forEachChunk(of: input, options) { chunk in
          .filter(hasRows(chunk).map { $0 == wanted ? 1 : 0 })
        })
    }
    if let single = rows.single {
      let partners = space.lookUp(single, of: input)
      return RowPairs(
        try RowPairs.forEachChunk(of: input, options) { chunk in
          .single(partners(chunk), keepsAll: kind == .left)
        })
    }
    let starts = rows.starts
    let ranges = try RowPairs.forEachChunk(of: input, options) { chunk in
      let numbers = space.numbers(ofChunk: chunk, of: input)
      return RowRanges(starts: starts.gather(numbers), ends: starts.gather(numbers.map { $0 &+ 1 }))
    }
    return try RowPairs.writing(ranges, rows: rows.rows, keepsAll: kind == .left, options)
  }
}
