import ReadoutVectors

/// `has`: whether a text has what a query asks for.
enum Has {
  static let has = BuiltInScalar(
    "has", [Parameter("text", .strings), Parameter("query", .strings, constant: true)], result: "boolean",
    "Whether a text has the terms of a query: terms as those of mentions, AND, OR, NOT and brackets between them.",
    examples: [
      ("has('OPCON transition in 2030', \"OPCON AND (transfer OR transition) NOT 'joint exercise'\")", "true"),
      ("has('The OPCON transfer after a joint exercise', \"OPCON NOT 'joint exercise'\")", "false"),
      ("has('a test of nuclear weapons', 'nuclear NEAR/2 test')", "true"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let condition = try TextCondition(arguments[1].constantString ?? "", stem: arguments[0].stem)
    var kernel = Terms.kernel(.boolean, condition.terms, none: UInt8(0), { Values(booleans: $0) }) {
      (text) throws(ReadoutError) in try condition.holds(for: text) ? 1 : 0
    }
    kernel.columnKernel = QueryRows(condition.query, condition.terms)
    return kernel
  }
}

/// A query made ready to be asked of texts.
public struct TextCondition: Sendable {
  let query: TextQuery
  let terms: [Terms]

  /// - Throws: a query or a term that cannot be read; its text is the error's value.
  public init(_ text: String, stem: Stemmer.Language? = nil) throws(ReadoutError) {
    let parsed = try TextQueryParser.parse(text)
    var terms: [Terms] = []
    for term in parsed.terms { terms.append(try Terms([term], stem: stem)) }
    query = parsed.query
    self.terms = terms
  }

  /// Whether it holds for a text.
  ///
  /// - Throws: where a regular expression takes too many steps for one of its words.
  public func holds(for text: Span<UInt8>) throws(ReadoutError) -> Bool {
    // A span cannot be captured: all terms are looked for.
    var found: [Bool] = []
    for term in terms { found.append(try term.isFound(in: text)) }
    return query.evaluate { found[$0] }
  }
}

/// A query over a text column that has an index, or is worth one.
private struct QueryRows: ColumnKernel {
  let query: TextQuery
  let terms: [TermSums]

  init(_ query: TextQuery, _ terms: [Terms]) {
    self.query = query
    self.terms = terms.map { terms in
      TermSums(terms, weights: Vector(repeating: 1, count: terms.terms.count)) { Values(integers: $0, validity: $1) }
    }
  }

  func prepare(_ column: Column, options: ExecutionOptions) throws(ReadoutError) {
    for term in terms { try term.prepare(column, options: options) }
  }

  func values(
    of column: Column, chunk: Int, range: Range<Int>, rows: Vector<UInt32>?, worker: Worker
  ) throws(ReadoutError) -> Values? {
    var counts: [Vector<Int64>] = []
    var validity: Bitmap?
    for term in terms {
      guard let values = try term.values(of: column, chunk: chunk, range: range, rows: rows, worker: worker) else {
        return nil
      }
      counts.append(values.integers)
      validity = values.validity
    }
    return Values(booleans: truth(of: query, counts), validity: validity)
  }

  private func truth(of query: TextQuery, _ counts: [Vector<Int64>]) -> Vector<UInt8> {
    switch query {
    case .term(let number): counts[number].map { $0 > 0 ? 1 : 0 }
    case .not(let query): truth(of: query, counts).map { $0 ^ 1 }
    case .all(let queries): combined(queries, counts) { $0 & $1 }
    case .any(let queries): combined(queries, counts) { $0 | $1 }
    }
  }

  private func combined(
    _ queries: [TextQuery], _ counts: [Vector<Int64>], _ join: (UInt8, UInt8) -> UInt8
  ) -> Vector<UInt8> {
    let parts = queries.map { truth(of: $0, counts) }
    return parts.dropFirst().reduce(parts[0]) { $0.zip($1, join) }
  }

  func bounds(in column: Column, chunk: Int) -> ClosedRange<Int64>? {
    let found = terms.map { $0.bounds(in: column, chunk: chunk).map { $0 != 0...0 } ?? true }
    return mayHold(query, found) ? 0...1 : 0...0
  }

  /// Whether the query may hold for a row of a chunk that may have the terms `found`.
  private func mayHold(_ query: TextQuery, _ found: [Bool]) -> Bool {
    switch query {
    case .term(let number): found[number]
    case .not: true
    case .all(let queries): queries.allSatisfy { mayHold($0, found) }
    case .any(let queries): queries.contains { mayHold($0, found) }
    }
  }
}
