/// What `near` and `asof` share: a query with a time, keys, and how its columns are called in the result.
public struct EventPairing: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The pairs.
    case inner
    /// The pairs, and the rows without a partner, the right columns null.
    case left
  }

  var other: Query
  let on: OptionText<[KeyPair]>?
  let dates: OptionText<[KeyPair]>?
  /// The left table's column with the role `date`.
  let leftRole: String?
  /// The prefixes of the columns that earlier pairings brought to the left table.
  let leftPrefixes: [String]
  let kind: Kind
  let prefix: String

  /// - Parameters:
  ///   - on: The keys; without any, every row meets all events.
  ///   - dates: The times, `left = right`; where it is left out, the columns with the role `date`, else one called `date`,
  ///     else the only one with a date or timestamp.
  public init(
    _ query: Query, _ other: Query, on: OptionText<[KeyPair]>?, dates: OptionText<[KeyPair]>?, kind: Kind,
    prefix: String?
  ) {
    self.other = other
    self.on = on
    self.dates = dates
    leftRole = query.roles["date"]
    leftPrefixes = Self.prefixes(of: query)
    self.kind = kind
    self.prefix = prefix ?? "event_"
  }

  /// The prefixes of the pairings in a query.
  private static func prefixes(of query: Query) -> [String] {
    query.steps.compactMap { step in
      if case .table(let step as any EventPairingStep) = step.verb { step.pairing.prefix } else { nil }
    }
  }

  /// For `explain`: ` on country = actor`.
  var keysText: String { on.map { " on \($0.content.map(\.text).joined(separator: ", "))" } ?? "" }

  func bind(
    _ left: [Table.Field], _ right: [Table.Field], step: String
  ) throws(ReadoutError) -> BoundEventPairing {
    let sides = try bindSides(left, right, step: step)
    var paired = PairedFields(left: left)
    try paired.add(right: right, without: sides.keys, prefix: prefix, prefixesAll: true)
    try paired.addOffset(
      left: sides.leftTime, right: sides.rightTime,
      type: TimeDistance.offsetType(left[sides.leftTime].type, right[sides.rightTime].type), prefix: prefix)
    return BoundEventPairing(other: other, kind: kind, sides: sides, paired: paired)
  }

  /// The keys and times by number.
  func bindSides(
    _ left: [Table.Field], _ right: [Table.Field], step: String
  ) throws(ReadoutError) -> EventSides {
    var keys: [BoundKeyPair] = []
    try on?.placing { (pairs) throws(ReadoutError) in
      for pair in pairs { keys.append(try pair.bind(left, right, other: other.tableName)) }
    }
    let (leftTime, rightTime) = try times(left, right, step: step)
    return EventSides(
      keys: keys, leftTime: leftTime, rightTime: rightTime,
      scale: TimeDistance.scale(left[leftTime].type, right[rightTime].type))
  }

  private func times(
    _ left: [Table.Field], _ right: [Table.Field], step: String
  ) throws(ReadoutError) -> (left: Int, right: Int) {
    guard let dates else {
      return (
        try Self.time(left, role: leftRole, paired: leftPrefixes, of: "the table", step: step),
        try Self.time(
          right, role: other.roles["date"], paired: Self.prefixes(of: other), of: other.tableName, step: step)
      )
    }
    return try dates.placing { (pairs) throws(ReadoutError) in
      guard pairs.count == 1 else {
        throw ReadoutError(.request, "date names one column of each side", hint: "date = \"said = happened\"")
      }
      let pair = try pairs[0].bind(left, right, other: other.tableName)
      for field in [left[pair.left], right[pair.right]] where !field.type.isTime {
        throw ReadoutError(
          .request, "\(step) wants a date or timestamp, not \(field.type.withArticle)", value: field.name,
          hint: "derive it: date(\(Expression.text(ofColumn: field.name)))", range: pairs[0].range)
      }
      return (pair.left, pair.right)
    }
  }

  private static func time(
    _ fields: [Table.Field], role: String?, paired prefixes: [String], of table: String, step: String
  ) throws(ReadoutError) -> Int {
    let known = fields.indices.filter { fields[$0].type.isTime }
    let own = known.filter { index in !prefixes.contains { !$0.isEmpty && fields[index].name.hasPrefix($0) } }
    for name in [role, "date"] {
      if let name, let index = known.first(where: { fields[$0].name == name }) { return index }
    }
    // Behind another pairing: the one time that it did not bring.
    if known.count == 1 || own.count == 1 { return own.first ?? known[0] }
    throw ReadoutError(
      .request,
      known.isEmpty ? "\(table) has no date or timestamp" : "which date of \(table) does \(step) go by?",
      value: known.isEmpty ? nil : known.map { fields[$0].name }.joined(separator: ", "),
      hint: "name one column of each side: date = \"said = happened\"")
  }
}

/// An `EventPairing` whose columns are known by number.
struct BoundEventPairing: Sendable {
  let other: Query
  let kind: EventPairing.Kind
  let sides: EventSides
  let paired: PairedFields

  var scale: DataType { sides.scale }

  func columnsRead(for needed: Set<Int>) -> Set<Int> { paired.leftColumns(for: needed).union(sides.leftColumns) }

  /// Runs the query on the right, sorts its rows, and pairs those of each chunk as `pair` says.
  func run(
    over input: Table, needing needed: Set<Int>?, _ options: ExecutionOptions,
    _ pair: (_ ready: ReadyEvents) throws(ReadoutError) -> RowPairs
  ) throws(ReadoutError) -> Table {
    let right = try Executor.run(
      other, needing: paired.rightColumns(for: needed).union(sides.rightColumns), options: options)
    let space = try KeySpace(sides.keys, left: input, right: right, options: options)
    let rows = TimedRows(
      space.rightNumbers, count: space.count, times: try right.values(sides.rightTime), scale: scale,
      searches: input.rowCount)
    try options.control.checkpoint()
    let pairs = try pair(ReadyEvents(left: input, leftTime: sides.leftTime, scale: scale, space: space, rows: rows))
    return try PairedTable(left: input, right: right, pairs: pairs, fields: paired.fields, sources: paired.sources)
      .table(needing: needed, options)
  }
}

/// The right side by key and time, and what finds a chunk's rows in it.
struct ReadyEvents: Sendable {
  let left: Table
  let leftTime: Int
  let scale: DataType
  let space: KeySpace
  let rows: TimedRows

  func leftRows(ofChunk chunk: Int) -> TimedChunk {
    let numbers = space.numbers(ofChunk: chunk, of: left)
    return TimedChunk(
      numbers, times: left.columns[leftTime].values(chunk: chunk, range: 0..<numbers.count), scale: scale, in: rows)
  }
}
