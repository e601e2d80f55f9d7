import ReadoutEngine
import Testing

/// Event studies over random tables against one that goes through all rows for each window and resample; and the same bytes
/// with 1, 2 and 8 threads.
@Suite struct StudyOracleTests {
  private static let fields: [Table.Field] = [
    .init("country", .string), .init("day", .date), .init("moment", .timestamp), .init("tone", .number),
    .init("words", .integer), .init("topic", .string),
  ]

  private static func call(_ name: String, _ columns: String...) -> Expression {
    Expression(.call(name, columns.map { Expression(.column($0)) }))
  }

  /// Measures that follow from sums, and some that do not.
  private static let summed: [(name: String, expression: Expression)] = [
    ("tone", call("mean", "tone")), ("n", call("count")), ("said", call("count", "tone")),
    ("words", call("sum", "words")),
    ("rate", call("per_thousand", "words", "tone")), ("average", call("mean", "words")), ("total", call("sum", "tone")),
    ("share", Expression(.binary(.divide, call("count", "tone"), call("count")))),
    ("calm", Expression(.call("share", [positive]))), ("negative", Expression(.call("count_if", [positive]))),
  ]
  private static let other: [(name: String, expression: Expression)] = [
    ("middle", call("median", "tone")), ("spread", call("variance", "words")), ("topics", call("distinct", "topic")),
    ("first", call("first", "words")),
  ]
  private static let positive = Expression(
    .binary(.greater, Expression(.column("tone")), Expression(.literal(.integer(0)))))

  @Test(arguments: Seeds.upTo(60))
  func studies(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let isDays = random.chance(2)
    let unit: Int64 = isDays ? 1 : Calendar.microsecondsPerDay
    let length = random.pick([8, 30, 60])
    let nulls = random.pick([5, 1_000_000])
    func optional(_ value: Scalar) -> Scalar { random.chance(nulls) ? .null : value }
    func moment() -> Scalar {
      .timestamp(
        20_000 * Calendar.microsecondsPerDay + Int64(random.below(length * 4)) * Calendar.microsecondsPerDay / 4)
    }
    let rows: [[Scalar]] = (0..<random.pick([0, 1, 12, 90])).map { _ in
      [
        optional(.string(random.pick(["a", "b"]))), optional(.date(20_000 + Int64(random.below(length)))),
        optional(moment()), optional(.number(Double(random.below(17) - 8) / 4)),
        optional(.integer(Int64(random.below(9)))),
        .string(random.pick(["x", "y", "z"])),
      ]
    }
    let table = RandomTable.encode(rows, fields: Self.fields, shape: .random(rows: rows.count, &random))
    let eventFields: [Table.Field] = [
      .init("actor", .string), .init("date", .date), .init("moment", .timestamp), .init("kind", .integer),
    ]
    let events: [[Scalar]] = (0..<random.pick([0, 1, 2, 6])).map { _ in
      [
        optional(.string(random.pick(["a", "b", "c"]))), optional(.date(20_000 + Int64(random.below(length)))),
        optional(moment()), .integer(Int64(random.below(2))),
      ]
    }
    let eventTable = RandomTable.encode(events, fields: eventFields, shape: .random(rows: events.count, &random))

    var settings = Study.Settings()
    let every = random.pick([1, 1, 2])
    let (before, gap, after) = (random.pick([1, 3, 6]), random.below(2), random.pick([1, 3, 4]))
    settings.before = .days(Double(before * every))
    settings.after = .days(Double(after * every))
    settings.gap = .days(Double(gap * every))
    settings.every = .days(Double(every))
    let block = random.pick([nil, 1])
    settings.block = block
    settings.resamples = random.pick([1, 12, 25])
    settings.level = random.pick([0.95, 0.8])
    settings.seed = UInt64(random.below(1000))
    let hasKeys = !random.chance(4)
    var measures = [random.pick(Self.summed), random.pick(Self.summed), random.pick(Self.other)]
    if measures[0].name == measures[1].name { measures.remove(at: 1) }
    if random.chance(2) { measures.removeLast() }
    let how = random.below(3)

    let statements = Query(table, named: "statements")
    let pairing = EventPairing(
      statements, Query(eventTable, named: "events"),
      on: hasKeys ? RandomPairing.option("on", [("country", "actor")]) : nil,
      dates: RandomPairing.option("date", [isDays ? ("day", "date") : ("moment", "moment")]), kind: .inner, prefix: nil)
    let items = measures.map { ListItem(name: $0.name, $0.expression) }
    let kind = OptionText("by", "kind", [ListItem(Expression(.column("kind")))])
    let step = Study(
      pairing, measure: OptionText("measure", "", items), grouping: [.event, .by(kind), .overall][how],
      settings: settings)
    let query = statements.adding(.table(step))
    let answers = try [1, 2, 8].map { try Executor.run(query, options: ExecutionOptions(threads: $0)) }

    let kinds = Set(events.map { $0[3].text }).sorted()
    func time(_ day: Scalar, _ moment: Scalar) -> Int64? {
      switch isDays ? day : moment {
      case .date(let value), .timestamp(let value): value
      default: nil
      }
    }
    let naive = NaiveStudy(
      names: Self.fields.map(\.name),
      rows: rows.map { .init(key: hasKeys ? $0[0] : .integer(0), time: time($0[1], $0[2]), values: $0) },
      events: events.enumerated().map { number, event in
        .init(
          key: hasKeys ? event[0] : .integer(0), time: time(event[1], event[2]),
          group: [number, kinds.firstIndex(of: event[3].text)!, 0][how])
      },
      measures: measures, every: Int64(every) * unit, before: before, gap: gap, after: after,
      blocks: (block ?? Self.cubeRoot(before), block ?? Self.cubeRoot(after)), settings: settings)
    var expected = try naive.answer()
    // Over all there is a row even where there are no events.
    if how == 2, events.isEmpty {
      expected = measures.map {
        [.string($0.name), .integer(0)] + [Scalar](repeating: .null, count: 6)
          + [.integer(0), .integer(0), .integer(0), .string("no events")]
      }
    }
    let leading = how == 0 ? eventFields.map(\.name) : how == 1 ? ["kind"] : []
    let names =
      leading + (how == 0 ? [] : ["events"])
      + [
        "measure", "before", "after", "difference", "low", "high", "p", "n_before", "n_after", "placebos", "seed",
        "warning",
      ]
    let shown = expected.enumerated().map { number, row -> [Scalar] in
      let group = number / measures.count
      let own: [Scalar] = how == 0 ? events[group] : how == 1 ? [.integer(Int64(kinds[group])!)] : []
      let counted = how == 0 ? [] : [row[1]]
      return own + counted + [row[0]] + row[2..<11] + [.integer(Int64(settings.seed)), row[11]]
    }
    let title =
      "seed \(seed), \(rows.count) rows, \(events.count) events, \(before) before \(gap) gap \(after) after of \(every)"
    if let difference = Comparison.difference(
      answers[0], NaiveTable(names: names, rows: shown), tolerance: 1e-9)
    {
      Issue.record("\(title)\n\(difference)")
    }
    for other in answers.dropFirst() where !Comparison.areIdentical(answers[0], other) {
      Issue.record("\(title)\nthe answer depends on the number of threads")
    }
  }

  private static func cubeRoot(_ value: Int) -> Int { [1: 1, 3: 1, 4: 2, 6: 2][value]! }

  /// The path of a random table against loops over all rows: values, events and counts; and the same bytes with 1, 2 and 8 threads.
  @Test(arguments: Seeds.upTo(30))
  func paths(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fields: [Table.Field] = [.init("country", .string), .init("date", .date), .init("x", .number)]
    let rows: [[Scalar]] = (0..<random.pick([0, 30, 300])).map { _ in
      [.string(random.pick(["a", "b"])), .date(Int64(random.below(40))), .number(Double(random.below(9)))]
    }
    let table = RandomTable.encode(rows, fields: fields, shape: .random(rows: rows.count, &random))
    let events: [[Scalar]] = (0..<random.pick([1, 5])).map { _ in
      [.string(random.pick(["a", "b"])), .date(Int64(random.below(40)))]
    }
    let eventTable = RandomTable.encode(
      events, fields: Array(fields[0..<2]), shape: .random(rows: events.count, &random))
    let statements = Query(table, named: "statements")
    var settings = Study.Settings()
    (settings.before, settings.after, settings.gap, settings.resamples) = (3, 2, 1, 30)
    let items = [ListItem(name: "x", Self.call("mean", "x")), ListItem(name: "n", Self.call("count"))]
    let step = Study(
      EventPairing(
        statements, Query(eventTable, named: "events"), on: RandomPairing.option("on", [("country", "country")]),
        dates: nil, kind: .inner, prefix: nil),
      measure: OptionText("measure", "", items), path: true, settings: settings)
    let query = statements.adding(.table(step))
    let answers = try [1, 2, 8].map { try Executor.run(query, options: ExecutionOptions(threads: $0)) }
    for other in answers.dropFirst() { #expect(Comparison.areIdentical(answers[0], other), "seed \(seed)") }
    let known = events.filter { event in
      rows.contains { $0[0] == event[0] && Self.days(event[1], $0[1]) < 3 }
        && rows.contains { $0[0] == event[0] && Self.days(event[1], $0[1]) >= -3 }
    }
    var place = 0
    for offset in [-3, -2, -1, 1, 2] {
      let cells = known.map { event in
        rows.filter { row in
          guard case .date(let day) = row[1], case .date(let happened) = event[1] else { return false }
          return row[0] == event[0] && day - happened == Int64(offset)
        }
      }
      let means = cells.filter { !$0.isEmpty }.map { rows in
        rows.map { Double($0[2].text)! }.reduce(0, +) / Double(rows.count)
      }
      let counts = cells.map { Double($0.count) }
      for values in [means, counts] {
        let row = (0..<8).map { answers[0].whole($0)[place] }
        let value: Scalar = values.isEmpty ? .null : .number(values.reduce(0, +) / Double(values.count))
        #expect(row[0] == .integer(Int64(offset)))
        #expect(Comparison.isClose(row[2], value, tolerance: 1e-12), "seed \(seed), day \(offset): \(row[2]), \(value)")
        #expect(row[5] == .integer(Int64(values.count)))
        #expect(row[6] == .integer(Int64(cells.reduce(0) { $0 + $1.count })))
        if case .number(let low) = row[3], case .number(let high) = row[4], case .number(let middle) = row[2] {
          #expect(low <= middle + 1e-12 && middle <= high + 1e-12 && low >= values.min()! && high <= values.max()!)
        } else {
          #expect(values.count < 2 && row[3].isNull && row[4].isNull, "seed \(seed), day \(offset)")
        }
        place += 1
      }
    }
    #expect(place == answers[0].rowCount)
  }

  private static func days(_ from: Scalar, _ to: Scalar) -> Int64 {
    if case .date(let a) = from, case .date(let b) = to { b - a } else { .max }
  }

  /// A measure that follows from sums has the same resamples when it stands beside one that goes over rows.
  @Test func sumsAndRowsAgree() throws {
    var random = SeededGenerator(seed: 5)
    let fields: [Table.Field] = [.init("date", .date), .init("x", .number)]
    let rows: [[Scalar]] = (0..<2_000).map { _ in
      [.date(Int64(random.below(400))), random.chance(20) ? .null : .number(Double(random.below(100)) / 8)]
    }
    let table = RandomTable.encode(rows, fields: fields, shape: .random(rows: rows.count, &random))
    let events = RandomTable.encode(
      [[.date(120)], [.date(290)]], fields: [fields[0]], shape: .random(rows: 2, &random))
    let statements = Query(table, named: "statements")
    func answer(_ measures: [(String, Expression)]) throws -> [[Scalar]] {
      let items = measures.map { ListItem(name: $0.0, $0.1) }
      var settings = Study.Settings()
      settings.resamples = 200
      let step = Study(
        EventPairing(statements, Query(events, named: "events"), on: nil, dates: nil, kind: .inner, prefix: nil),
        measure: OptionText("measure", "", items), settings: settings)
      let made = try Executor.run(statements.adding(.table(step)), options: ExecutionOptions(threads: 2))
      return (0..<made.rowCount).filter { made.whole(1)[$0] == .string("x") }
        .map { row in (0..<made.fields.count).map { made.whole($0)[row] } }
    }
    let bySums = try answer([("x", Self.call("mean", "x"))])
    let byRows = try answer([("x", Self.call("mean", "x")), ("other", Self.call("median", "x"))])
    #expect(bySums.count == 2 && byRows.count == 2)
    for (a, b) in zip(bySums.joined(), byRows.joined()) { #expect(Comparison.isClose(a, b, tolerance: 1e-9)) }
  }
}
