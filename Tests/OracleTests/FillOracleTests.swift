import ReadoutEngine
import Testing

/// `fill` over random series against one that looks at every day, or hour, from the first to the last; and the same bytes
/// with 1, 2 and 8 threads.
@Suite struct FillOracleTests {
  /// A width, and whether a moment (days, or hours where `isHours`) starts such a bucket.
  private struct Width: Sendable {
    let text: String
    var isHours = false
    let starts: @Sendable (Int64) -> Bool
  }

  private static let widths: [Width] = [
    Width(text: "day") { _ in true }, Width(text: "week") { NaiveCalendar.weekday(ofDay: $0) == 1 },
    Width(text: "month") { NaiveCalendar.date(ofDay: $0).day == 1 },
    Width(text: "quarter") { day in
      let date = NaiveCalendar.date(ofDay: day)
      return date.day == 1 && (date.month - 1) % 3 == 0
    },
    Width(text: "year") { NaiveCalendar.date(ofDay: $0).day == 1 && NaiveCalendar.date(ofDay: $0).month == 1 },
    Width(text: "3 days") { $0 % 3 == 0 }, Width(text: "6 hours", isHours: true) { $0 % 6 == 0 },
  ]
  private static let hour = Calendar.microsecondsPerDay / 24

  @Test(arguments: Seeds.upTo(80))
  func series(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let width = random.pick(Self.widths)
    func scalar(_ moment: Int64) -> Scalar { width.isHours ? .timestamp(moment * Self.hour) : .date(moment) }
    let origin: Int64 = width.isHours ? 480_000 : 20_000
    let candidates = (origin..<origin + random.pick([40, 900])).filter(width.starts)
    let fields: [Table.Field] = [
      .init("n", .integer), .init("key", .string), .init("other", .integer),
      .init("when", width.isHours ? .timestamp : .date),
      .init("note", .string),
    ]
    let nulls = random.pick([4, 1_000_000])
    let count = candidates.isEmpty ? 0 : random.pick([0, 1, 6, 40])
    let rows: [[Scalar]] = (0..<count).map { number in
      [
        .integer(Int64(number)), random.chance(nulls) ? .null : .string(random.pick(["a", "b"])),
        .integer(Int64(random.below(2))), random.chance(nulls) ? .null : scalar(random.pick(candidates)),
        .string("given"),
      ]
    }
    let keys = random.pick([[], ["key"], ["key", "other"]])
    func end() -> Int64? { random.chance(2) ? nil : origin - 20 + Int64(random.below(200)) }
    let (from, to) = (end(), end())
    func text(_ moment: Int64?) -> String? { moment.map { scalar($0).text } }
    let columns = keys.map { ListItem(Expression(.column($0))) }
    let zero = ListItem(name: "n", Expression(.unary(.negate, Expression(.column("other")))))
    let step = Fill(
      "when", by: keys.isEmpty ? nil : OptionText("by", "", columns), every: width.text,
      with: OptionText("with", "", [zero]), from: text(from), to: text(to))
    let table = RandomTable.encode(rows, fields: fields, shape: .random(rows: count, &random))
    let answers = try [1, 2, 8].map {
      try Executor.run(Query(table, named: "t").adding(.table(step)), options: ExecutionOptions(threads: $0))
    }

    func moment(_ row: [Scalar]) -> Int64? {
      switch row[3] {
      case .date(let day): day
      case .timestamp(let moment): moment / Self.hour
      default: nil
      }
    }
    let places = keys.map { key in fields.firstIndex { $0.name == key }! }
    func key(_ row: [Scalar]) -> [Scalar] { places.map { row[$0] } }
    // Ascending, null last.
    let series = Set(rows.map(key)).sorted { a, b in
      for (x, y) in zip(a, b) where x != y { return !x.isNull && (y.isNull || x.text < y.text) }
      return false
    }
    var expected: [[Scalar]] = []
    for own in series {
      let members = rows.filter { key($0) == own }
      let dated = members.filter { moment($0) != nil }
      if let first = dated.compactMap(moment).min(), let last = dated.compactMap(moment).max() {
        let (low, high) = (from ?? first, to ?? last)
        for at in min(low, first)...max(high, last) where width.starts(at) {
          let here = dated.filter { moment($0) == at }
          expected += here
          if here.isEmpty, at >= low, at <= high {
            var added: [Scalar] = [.null, .null, .null, scalar(at), .null]
            for (place, value) in zip(places, own) { added[place] = value }
            if case .integer(let other) = added[2] { added[0] = .integer(-other) }
            expected.append(added)
          }
        }
      }
      expected += members.filter { moment($0) == nil }
    }
    let title = "seed \(seed), \(count) rows, every \(width.text), by \(keys), from \(from ?? -1) to \(to ?? -1)"
    if let difference = Comparison.difference(
      answers[0], NaiveTable(names: fields.map(\.name), rows: expected), tolerance: 0)
    {
      Issue.record("\(title)\n\(difference)")
    }
    for other in answers.dropFirst() where !Comparison.areIdentical(answers[0], other) {
      Issue.record("\(title)\nthe answer depends on the number of threads")
    }
  }
}
