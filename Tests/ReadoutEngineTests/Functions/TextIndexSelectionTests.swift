import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Rows that a query picked from a column use the index of the whole column.
struct TextIndexSelectionTests {
  static func isSame(_ a: TextIndex, _ b: TextIndex) -> Bool {
    a.vocabulary.count == b.vocabulary.count && a.vocabulary.counts == b.vocabulary.counts
      && (0..<a.vocabulary.count).allSatisfy { a.vocabulary[$0] == b.vocabulary[$0] }
      && a.blocks.count == b.blocks.count
      && zip(a.blocks, b.blocks).allSatisfy { a, b in
        a.words == b.words && a.offsets == b.offsets && a.rows == b.rows && a.rowStarts == b.rowStarts
          && a.tokens.codes(0..<a.tokens.count) == b.tokens.codes(0..<b.tokens.count) && a.joints == b.joints
          && a.chunk == b.chunk && a.range == b.range && a.firstRow == b.firstRow
      }
  }

  @Test(arguments: [0, 1, 7, 900, Batch.rows + 3000])
  func aSelectionIsTheIndexOfItsRows(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    let texts: [String?] = (0..<Batch.rows + 2000).map { row in
      row % 9 == 0 ? nil : row % 5 == 0 ? TextIndexTests.text(&random) : "war and peace, \(row % 300)"
    }
    let whole = try TextIndex(TextIndexTests.column(texts), threads: 2)
    // Any order, rows more than once.
    let rows = Vector((0..<count).map { _ in UInt32(Int.random(in: 0..<texts.count, using: &random)) })
    let part = TextIndexTests.column(rows.map { texts[Int($0)] })
    for threads in [1, 8] {
      let selected = whole.selecting(rows, as: part, threads: threads)
      let made = try TextIndex(part, threads: 2)
      #expect(Self.isSame(selected, made))
    }
  }

  /// Answers behind filters, sorts, limits and derived columns, with the index of the whole table at hand and without.
  @Test(arguments: 0..<6)
  func answersAreThoseOfATableWithoutAnIndex(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let texts: [String?] = (0..<300).map { _ in
      Int.random(in: 0..<10, using: &random) == 0 ? nil : TextIndexTests.text(&random)
    }
    func table() -> Table {
      Table(
        [
          (field: .init("text", .text), values: TextIndexTests.column(texts).values(chunk: 0, range: 0..<300)),
          (field: .init("n", .integer), values: Values(integers: Vector(count: 300) { Int64($0 * 7 % 50) })),
        ], rowCount: 300)
    }
    func column(_ name: String) -> Expression { Expression(.column(name)) }
    func n(_ compare: BinaryOperator, _ value: Int64) -> Expression {
      Expression(.binary(compare, column("n"), Expression(.literal(.integer(value)))))
    }
    let sum = ListItem(name: "m", n(.add, 1))
    let steps: [[Query.Step.Verb]] = [
      [.filter(n(.greater, 20))],
      [.sort([.init(column("n"), descending: true)]), .limit(90, skip: 10)],
      [.derive([sum]), .filter(n(.notEqual, 14))],
      [
        .filter(n(.notEqual, 3)), .sort([.init(column("n"))]), .filter(n(.less, 40)),
        .select([ListItem(name: nil, column("n")), ListItem(name: nil, column("text"))]),
      ],
    ]
    let last: [any TableStep] = [
      KwicStep(terms: ["korea*", "nuclear test"], width: 2), FrequenciesStep(words: 2, top: nil),
      SimilarStep(threshold: 0.5), TermsStep(.terms(["war", "peace", "한국"])),
    ]
    for verbs in steps {
      for step in last {
        func answer(_ table: Table) throws -> Table {
          try Executor.run(
            (verbs + [.table(step)]).reduce(Query(table, named: "t")) { $0.adding($1) },
            options: ExecutionOptions(threads: 2))
        }
        let indexed = table()
        _ = try TextIndex.of(indexed.columns[0], options: ExecutionOptions(threads: 2))
        let (with, without) = (try answer(indexed), try answer(table()))
        #expect(with.rowCount == without.rowCount && with.names == without.names)
        for column in with.columns.indices {
          let (one, other) = (try with.values(column), try without.values(column))
          #expect(
            (0..<with.rowCount).allSatisfy { one[$0] == other[$0] },
            "\(step.name) behind \(verbs.map(\.name)), column \(with.names[column]), seed \(seed)")
        }
      }
    }
  }

  /// Joins put rows in another order, several times and in chunks of their own: the index of what they give is that of its texts.
  @Test(arguments: [Join.Kind.inner, .left, .semi, .anti], [40, Table.chunkRows + 900])
  func joinsKeepTheIndex(kind: Join.Kind, count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    func keys(_ count: Int, below limit: Int64) -> Values {
      Values(integers: Vector(count: count) { _ in Int64.random(in: 0..<limit, using: &random) })
    }
    func texts(_ count: Int) -> Values {
      let texts = (0..<count).map { row -> Scalar in
        row % 9 == 0 ? .null : .string(row % 50 == 0 ? TextIndexTests.text(&random) : "war, \(row % 300)")
      }
      return Values(texts, type: .text)
    }
    let left = Table(
      [
        (field: .init("k", .integer), values: keys(count, below: 90)),
        (field: .init("text", .text), values: texts(count)),
      ],
      rowCount: count)
    let right = Table(
      [(field: .init("k", .integer), values: keys(60, below: 60)), (field: .init("said", .text), values: texts(60))],
      rowCount: 60)
    let pairs = try KeyPair.pairs([ListItem(name: nil, Expression(.column("k")))])
    let join = Join(Query(right, named: "r"), on: OptionText("on", "k", pairs), kind: kind)
    let joined = try join.bind(left.fields, right.fields, functions: .builtIn)
      .run(over: left, options: ExecutionOptions(threads: 2))
    for (table, name) in [(left, "text"), (right, "said")] {
      guard let place = joined.fields.firstIndex(where: { $0.name == name }) else { continue }
      _ = try TextIndex.of(table.columns[1], options: ExecutionOptions(threads: 2))
      let column = joined.columns[place]
      // The other side has no row for one without a partner.
      #expect((column.textIndex.origin == nil) == (kind == .left && name == "said"))
      let found = try TextIndex.of(column, options: ExecutionOptions(threads: 2))
      let made = try TextIndex(column, threads: 2)
      #expect(Self.isSame(found, made), "\(name)")
    }
  }

  @Test func anAnswerDoesNotKeepWhatItCameFrom() throws {
    let table = Table(
      [(field: .init("text", .text), values: Values([.string("a b"), .string("b")], type: .text))], rowCount: 2)
    let query = Query(table, named: "t").adding(
      .filter(
        Expression(.binary(.equal, Expression(.column("text")), Expression(.literal(.string("b")))))))
    let answer = try Executor.run(query, options: ExecutionOptions(threads: 1))
    #expect(answer.rowCount == 1 && answer.columns[0].textIndex.origin == nil)
  }
}
