import ReadoutEngine
import ReadoutVectors
import Testing

/// Evidence is what makes its row: the query asked of these rows alone gives that row again, and no other; and each of them
/// has a part in it. A failure prints its seed: `READOUT_SEEDS=31..31 swift test --filter EvidenceOracleTests`.
@Suite struct EvidenceOracleTests {
  @Test(arguments: Seeds.upTo(150)) func rowsBehindARowGiveItAgain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 0xE71D)
    let input = RandomTable(rows: random.pick([1, 2, 17, 65, 300]), seed: seed)
    var maker = RandomQuery(seed: seed)
    var steps = maker.steps()
    if random.chance(3) { steps = Self.groupingByNumbers(&random) }
    try check(steps, input, seed: seed, &random)
  }

  @Test(arguments: Seeds.upTo(2)) func rowsBehindARowGiveItAgainOverSeveralChunks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 0xE71D)
    let input = RandomTable(rows: Table.chunkRows + 500, seed: seed)
    try check(Self.groupingByNumbers(&random), input, seed: seed, &random)
  }

  /// Keys with nulls, both zeros, infinities, derived ones and buckets of dates.
  private static func groupingByNumbers(_ random: inout SeededGenerator) -> [Query.Step.Verb] {
    func column(_ name: String) -> Expression { Expression(.column(name)) }
    let keys = [
      ListItem(name: "wild", column("wild")),
      ListItem(name: "half", Expression(.binary(.divide, column("quarters"), column("small")))),
      ListItem(
        name: "month", Expression(.call("bucket", [column("day"), Expression(.literal(.string("month")))]))),
      ListItem(name: "topics", column("topics")), ListItem(name: "flag", column("flag")),
    ]
    return [
      .by([random.pick(keys), random.pick(Array(keys.suffix(1)) + [ListItem(name: "code", column("code"))])]),
      .measure([
        ListItem(name: "n", Expression(.call("count", []))),
        ListItem(name: "k", Expression(.call("count", [column("name")]))),
      ]),
    ]
  }

  private func check(
    _ steps: [Query.Step.Verb], _ input: RandomTable, seed: UInt64, _ random: inout SeededGenerator
  ) throws {
    let query = steps.reduce(Query(input.table, named: "random")) { $0.adding($1) }
    guard let answer = try? Executor.run(query, options: ExecutionOptions(threads: 2)), answer.rowCount > 0 else {
      return
    }
    // What orders and cuts does not make rows; a filter behind a grouping lets its row pass.
    let making = steps.filter {
      switch $0 {
      case .sort, .limit: false
      default: true
      }
    }
    let title = "seed \(seed): \(steps.map(\.text).joined(separator: " "))"
    for _ in 0..<4 {
      let row = random.below(answer.rowCount)
      let wanted = Vector([UInt32(row)])
      let rows = try Evidence.rows(behind: wanted, of: query, options: ExecutionOptions(threads: 1))
      let others = try Evidence.rows(behind: wanted, of: query, options: ExecutionOptions(threads: 8))
      #expect(Array(rows) == Array(others), "\(title)\nthe rows depend on the number of threads")
      let behind = NaiveTable(names: input.naive.names, rows: rows.map { input.naive.rows[Int($0)] })
      guard let again = try? behind.running(making.map { Query.Step($0) }) else { continue }
      if let difference = Comparison.difference(try answer.gather(wanted), again, tolerance: 1e-9) {
        Issue.record("\(title)\nrow \(row + 1), \(rows.count) rows behind it\n\(difference)")
      }
      // A filter in front must let each of the rows pass, and a measure of all rows has one row for none.
      let isGrouped = steps.contains { if case .by = $0 { true } else { false } }
      guard isGrouped, rows.count <= 20,
        let grouping = making.firstIndex(where: { if case .by = $0 { true } else { false } })
      else { continue }
      let first = Array(making[...grouping])
      for source in rows {
        let alone = NaiveTable(names: input.naive.names, rows: [input.naive.rows[Int(source)]])
        if let made = try? alone.running(first.map { Query.Step($0) }), made.rows.count != 1 {
          Issue.record("\(title)\nrow \(row + 1): row \(source + 1) has no part in it")
        }
      }
    }
  }

  /// Steps over whole tables that carry columns: the law of above, asked of the engine.
  @Test(arguments: Seeds.upTo(60)) func evidenceGoesThroughStepsOverTables(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 0xE71E)
    let left = RandomPairing(rows: random.pick([1, 5, 40, 200]), &random)
    let right = RandomPairing(rows: random.pick([0, 3, 40]), &random)
    let events = Query(right.table, named: "events")
    let on = RandomPairing.option("on", [("whole", "whole"), ("code", "code")])
    let query = Query(left.table, named: "rows")
    let pairing = { (kind: EventPairing.Kind) in
      EventPairing(
        query, events, on: RandomPairing.option("on", [("whole", "whole")]),
        dates: RandomPairing.option("date", [("day", "day")]), kind: kind, prefix: "event_")
    }
    let step: any TableStep = random.pick([
      Join(events, on: on, kind: .inner), Join(events, on: on, kind: .left), Join(events, on: on, kind: .anti),
      Near(pairing(.inner), before: .days(1), after: .days(2)), Near(pairing(.left), before: .days(0), after: .days(1)),
      Asof(pairing(.left), direction: .backward, within: nil),
      Asof(pairing(.inner), direction: .nearest, within: .days(3)),
      Unpivot(
        columns: OptionText(
          "columns", "id, wide", [ListItem(Expression(.column("id"))), ListItem(Expression(.column("wide")))])),
    ])
    let keys = [ListItem(Expression(.column("number"))), ListItem(Expression(.column("flag")))]
    let grouped = query.adding(.table(step)).adding(.by(keys)).adding(
      .measure([ListItem(name: "n", Expression(.call("count", [])))]))
    let options = ExecutionOptions(threads: 2)
    let answer = try Executor.run(grouped, options: options)
    for row in 0..<min(answer.rowCount, 5) {
      let wanted = Vector([UInt32(row)])
      let rows = try Evidence.rows(behind: wanted, of: grouped, options: options)
      var alone = grouped
      alone.source = try left.table.gather(rows)
      let again = try Executor.run(alone, options: options)
      let asked = try answer.gather(wanted)
      #expect(
        Comparison.areIdentical(asked, again),
        "seed \(seed), \(step.name), row \(row + 1), \(rows.count) rows behind it")
    }
  }
}
