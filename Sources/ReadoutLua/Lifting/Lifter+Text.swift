import CLuaBridge
import ReadoutEngine
import ReadoutVectors

extension Lifter {
  /// Readout's own text functions.
  static let textLibrary: [String: LibraryBody] = [
    "words": LibraryBody(1) { lifter, a, _ in
      guard case .string(let text) = a[0] else { return nil }
      let functions = lifter.state.host.text.functions
      let count = ColumnOperation("words", result: .integer) { (a, count, wanted) throws(ReadoutError) in
        try Lifter.integers(a[0], count, wanted) { functions.words(in: $0) }
      }
      return lifter.value(.integer(lifter.apply(count, [text])))
    },
    "mentions": LibraryBody(2, 64) { (lifter, a, range) throws(Refusal) in
      guard case .string(let text) = a[0], let terms = try lifter.constants(a.dropFirst(), "mentions", range) else {
        return nil
      }
      let functions = lifter.state.host.text.functions
      let counter = try lifter.inspect(range) { () throws(ReadoutError) in try functions.mentions(of: terms) }
      let count = ColumnOperation("mentions", detail: "\(terms)", result: .integer) {
        (a, count, wanted) throws(ReadoutError) in
        try Lifter.integers(a[0], count, wanted) { (text) throws(ReadoutError) in try counter.count(in: text) }
      }
      // The terms are operands only to be seen in the program's text.
      return lifter.value(.integer(lifter.apply(count, [text] + a.dropFirst().compactMap(\.value))))
    },
    "has": LibraryBody(2) { (lifter, a, range) throws(Refusal) in
      guard case .string(let text) = a[0], let strings = try lifter.constants(a.dropFirst(), "has", range),
        let query = strings.first
      else { return nil }
      let functions = lifter.state.host.text.functions
      let counter = try lifter.inspect(range) { () throws(ReadoutError) in try functions.query(query) }
      let test = ColumnOperation("has", detail: query, result: .truth) { (a, count, wanted) throws(ReadoutError) in
        let found = try Lifter.integers(a[0], count, wanted) { (text) throws(ReadoutError) in
          try counter.count(in: text)
        }
        return Values(booleans: found.integers.map { $0 != 0 ? 1 : 0 })
      }
      return lifter.value(.truth(lifter.apply(test, [text] + a.dropFirst().compactMap(\.value))))
    },
    "lexicon": LibraryBody(2, 3) { (lifter, a, range) throws(Refusal) in
      if case .string(let text) = a[0], case .object(let table) = a[1] {
        return try lifter.weighed(text, by: table, range)
      }
      guard case .string(let text) = a[0], let names = try lifter.constants(a.dropFirst(), "lexicon", range),
        let name = names.first
      else { return nil }
      let category = names.dropFirst().first
      let functions = lifter.state.host.text.functions
      let scorer = try lifter.inspect(range) { () throws(ReadoutError) in
        try functions.lexicon(named: name, category: category)
      }
      let score = Lifter.scores(scorer, "\(names)")
      return lifter.value(.number(lifter.apply(score, [text] + a.dropFirst().compactMap(\.value))))
    },
    "tokens": LibraryBody(1) { lifter, a, _ in
      guard case .string(let text) = a[0] else { return nil }
      return lifter.pieces(.tokens, of: text)
    },
    "sentences": LibraryBody(1) { lifter, a, _ in
      guard case .string(let text) = a[0] else { return nil }
      return lifter.pieces(.sentences, of: text)
    },
  ]

  private func pieces(_ kind: TextPieceList.Kind, of text: Int) -> SymbolicValue {
    watchLength(text)
    return value(.object(TextPieceList(kind, of: text)))
  }

  /// Leaves texts to the VM that it refuses to cut.
  func watchLength(_ text: Int) {
    watch(builder.apply(.lessInteger, builder.integer(Int64(BRIDGE_LONGEST_TEXT)), length(text)))
  }

  /// The number of a text's pieces.
  func count(of list: TextPieceList) -> Int {
    let functions = state.host.text.functions
    let kind = list.kindOfPieces
    let count = ColumnOperation("#\(kind)", result: .integer) { (a, count, wanted) throws(ReadoutError) in
      try Lifter.integers(a[0], count, wanted) { text in
        switch kind {
        case .tokens: functions.words(in: text)
        case .sentences: functions.sentences(in: text).count
        }
      }
    }
    return apply(count, [list.text])
  }

  // MARK: Lexicons in tables

  /// The sum of the weights that a table gives to terms.
  private func weighed(
    _ text: Int, by table: any SymbolicObject, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    let held = table as? HeldTable
    if let known = held?.score { return value(.number(apply(known, [text]))) }
    let entries = try weights(of: table, range)
    let functions = state.host.text.functions
    let scorer = try inspect(range) { () throws(ReadoutError) in try PreparedTables.scorer(entries, functions) }
    let score = Self.scores(scorer, "table \(LookupEntries.newNumber())")
    held?.score = score
    return value(.number(apply(score, [text])))
  }

  /// The terms and weights of a table; what is no lexicon is the VM's to complain of.
  private func weights(
    of table: any SymbolicObject, _ range: Range<Int>
  ) throws(Refusal) -> [(term: String, weight: Double)] {
    var fields: [(key: LuaValue, value: LuaValue)]
    switch table {
    case let table as HeldTable where table.isPlain:
      let contents = try inspect(range) { () throws(ReadoutError) in try self.state.value(table.reference) }
      try spend(entriesOf: contents, range)
      guard case .table(let items, let held) = contents, items.isEmpty else {
        throw refusal("calls lexicon with a list", range)
      }
      fields = held
    case let table as WrittenTable: fields = table.fields
    default: throw refusal("calls lexicon with a \(table.kind)", range)
    }
    var entries: [(term: String, weight: Double)] = []
    for (key, weight) in fields {
      guard case .string(let term) = key, let weight = weight.weight else {
        throw refusal("calls lexicon with a table of other things than weights", range)
      }
      entries.append((String(decoding: term, as: UTF8.self), weight))
    }
    return entries
  }

  private static func scores(_ scorer: any TextScorer, _ detail: String) -> ColumnOperation {
    ColumnOperation("lexicon", detail: detail, result: .number) { (a, count, wanted) throws(ReadoutError) in
      let strings = a[0].strings
      var scores = MutableVector<Double>(repeating: 0, count: count)
      for row in 0..<count where wanted.map({ $0[row] != 0 }) ?? true {
        scores[row] = try strings.withBytes(row) { (text) throws(ReadoutError) in try scorer.score(of: text) }
      }
      return Values(numbers: scores.freeze())
    }
  }

  /// The strings of constants; nil where Lua raises an error. Ones that are too long are the VM's to complain of.
  private func constants(
    _ contents: ArraySlice<Content>, _ name: String, _ range: Range<Int>
  ) throws(Refusal) -> [String]? {
    var strings: [String] = []
    for content in contents {
      guard case .string(let value) = content else { return nil }
      guard let bytes = builder.constantString(value) else {
        throw refusal("calls \(name) with a term that is no constant", range)
      }
      strings.append(String(decoding: bytes, as: UTF8.self))
    }
    let bytes = strings.reduce(0) { $0 + $1.utf8.count }
    guard bytes <= PreparedText.longest else {
      throw refusal("calls \(name) with more than \(PreparedText.longest) bytes", range)
    }
    // They are prepared each time.
    try spend(50 + bytes / 8, range)
    return strings
  }

  fileprivate static func integers(
    _ values: Values, _ count: Int, _ wanted: Vector<UInt8>?, _ body: (Span<UInt8>) throws(ReadoutError) -> Int
  ) throws(ReadoutError) -> Values {
    let strings = values.strings
    var found = MutableVector<Int64>(repeating: 0, count: count)
    for row in 0..<count where wanted.map({ $0[row] != 0 }) ?? true {
      found[row] = Int64(try strings.withBytes(row, body))
    }
    return Values(integers: found.freeze())
  }
}

extension LuaValue {
  /// The number that it is.
  fileprivate var weight: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
