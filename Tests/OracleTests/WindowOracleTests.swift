import ReadoutEngine
import Testing

/// Window functions over random tables against loops that look at every row of the partition; and the same bytes with 1, 2
/// and 8 threads.
@Suite struct WindowOracleTests {
  /// A row of a partition in the order of the window, and where it stands in the table.
  fileprivate struct Row {
    let number: Int
    let day: Int64?
    let x: Double?
  }

  @Test(arguments: Seeds.upTo(60))
  func functions(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = random.pick([0, 1, 5, 80, 400])
    let nulls = random.pick([2, 6, 1_000_000])
    let spread = random.pick([2, 30])
    let fields: [Table.Field] = [
      .init("part", .string), .init("day", .date), .init("x", .number), .init("n", .integer),
    ]
    let rows: [[Scalar]] = (0..<count).map { _ in
      let x = random.below(41) - 20
      return [
        random.chance(nulls) ? .null : .string(random.pick(["a", "b", "c"])),
        random.chance(nulls) ? .null : .date(20_000 + Int64(random.below(spread))),
        random.chance(nulls) ? .null : .number(Double(x) / 4), random.chance(nulls) ? .null : .integer(Int64(x)),
      ]
    }
    let table = RandomTable.encode(rows, fields: fields, shape: .random(rows: count, &random))
    let width = random.pick([1, 3, 50])
    let descending = random.chance(2)
    let length = 1 + random.below(9)
    let whole = Expression(.column("x"))
    let integers = Expression(.column("n"))
    func call(_ name: String, _ arguments: Expression...) -> ListItem {
      ListItem(name: name + (arguments.first == integers ? "_n" : ""), Expression(.call(name, arguments)))
    }
    let distance = Expression(.literal(.integer(Int64(width))))
    var items = [
      call("lag", whole, distance), call("lead", whole, distance), call("change", integers), call("rank"),
      call("dense_rank"), call("row_number"), call("cumsum", whole), call("cumsum", integers), call("share", whole),
      call("rolling_mean", whole, distance), call("rolling_sum", whole, distance),
      call("rolling_sum", integers, distance),
      call("sum", integers), call("count"),
    ]
    if !descending {
      let days = Expression(.literal(.string("\(length) days")))
      items.append(ListItem(name: "by_days", Expression(.call("rolling_sum", [whole, days]))))
    }
    let step = Window(
      by: OptionText("by", "part", [ListItem(Expression(.column("part")))]),
      sort: OptionText("sort", "day", [Query.SortItem(Expression(.column("day")), descending: descending)]),
      derive: OptionText("derive", "", items))
    let query = Query(table, named: "random").adding(.table(step))
    let answers = try [1, 2, 8].map { try Executor.run(query, options: ExecutionOptions(threads: $0)) }

    var expected = rows
    for partition in Dictionary(grouping: rows.indices, by: { rows[$0][0] }).values {
      let sorted = partition.map { number -> Row in
        var (day, x): (Int64?, Double?) = (nil, nil)
        if case .date(let value) = rows[number][1] { day = value }
        if case .number(let value) = rows[number][2] { x = value }
        return Row(number: number, day: day, x: x)
      }.sorted { a, b in
        switch (a.day, b.day) {
        case (nil, nil): a.number < b.number
        case (nil, _): false
        case (_, nil): true
        case (let x?, let y?): x == y ? a.number < b.number : descending ? x > y : x < y
        }
      }
      for place in sorted.indices {
        expected[sorted[place].number] += values(
          sorted, rows, at: place, width: width, days: descending ? nil : length)
      }
    }
    let names = fields.map(\.name) + items.map { $0.name! }
    let title = "seed \(seed), \(count) rows, \(width) rows back, \(length) days"
    if let difference = Comparison.difference(
      answers[0], NaiveTable(names: names, rows: expected), tolerance: 1e-12)
    {
      Issue.record("\(title)\n\(difference)")
    }
    for other in answers.dropFirst() where !Comparison.areIdentical(answers[0], other) {
      Issue.record("\(title)\nthe answer depends on the number of threads")
    }
  }

  /// What each item gives for a row, in their order. Values are quarters: their sums are exact.
  private func values(
    _ rows: [Row], _ table: [[Scalar]], at place: Int, width: Int, days: Int?
  ) -> [Scalar] {
    func number(_ value: Double?) -> Scalar { value.map { .number($0) } ?? .null }
    func integer(_ row: Row) -> Int64? { if case .integer(let value) = table[row.number][3] { value } else { nil } }
    func sum(_ rows: some Sequence<Row>) -> Double { rows.compactMap(\.x).reduce(0, +) }
    let row = rows[place]
    let before = rows[..<place]
    let earlier = rows.filter { $0.day != row.day && rows.firstIndex(of: $0.number)! < place }
    let window = rows[max(0, place - width + 1)...place]
    let present = window.compactMap(\.x)
    let total = sum(rows)
    let change = place > 0 ? integer(rows[place - 1]).flatMap { past in integer(row).map { $0 - past } } : nil
    var values: [Scalar] = [
      place >= width ? number(rows[place - width].x) : .null,
      place + width < rows.count ? number(rows[place + width].x) : .null, change.map { .integer($0) } ?? .null,
      .integer(Int64(earlier.count + 1)), .integer(Int64(Set(earlier.map(\.day)).count + 1)),
      .integer(Int64(place + 1)),
      row.x == nil ? .null : .number(sum(before) + row.x!),
      integer(row).map { .integer(before.compactMap(integer).reduce($0, +)) } ?? .null,
      row.x == nil || total == 0 ? .null : .number(row.x! / total),
      present.isEmpty ? .null : .number(present.reduce(0, +) / Double(present.count)), .number(present.reduce(0, +)),
      .integer(window.compactMap(integer).reduce(0, +)), .integer(rows.compactMap(integer).reduce(0, +)),
      .integer(Int64(rows.count)),
    ]
    if let days {
      values.append(
        row.day.map { day in
          .number(sum(rows.filter { $0.day.map { $0 > day - Int64(days) && $0 <= day } ?? false }))
        } ?? .null)
    }
    return values
  }

  /// A sum of large and small terms keeps its last digits however far the window has moved.
  @Test func rollingSumsDoNotDrift() throws {
    let numbers = (0..<2000).map { $0 % 100 == 0 ? 1e16 : 0.1 }
    let table = Table(
      fields: [.init("x", .number)], columns: [Column(encoding: Values(numbers.map { .number($0) }, type: .number))])
    let call = Expression(.call("rolling_sum", [Expression(.column("x")), Expression(.literal(.integer(50)))]))
    let step = Window(by: nil, sort: nil, derive: OptionText("derive", "", [ListItem(name: "s", call)]))
    let answer = try Executor.run(
      Query(table, named: "t").adding(.table(step)), options: ExecutionOptions(threads: 1))
    // Rows 51 to 99 behind a large one hold only small terms.
    for row in [60, 99, 1_099, 1_999] {
      guard case .number(let sum) = answer.whole(1)[row] else { throw ReadoutError.bug("no number") }
      #expect((sum - 5).magnitude < 1e-12, "row \(row): \(sum)")
    }
  }

  /// Pivoting and unpivoting gives the cells back.
  @Test(arguments: Seeds.upTo(40))
  func reshapingLosesNothing(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fields: [Table.Field] = [.init("id", .integer), .init("topic", .string), .init("n", .integer)]
    var rows: [[Scalar]] = []
    for id in 0..<random.pick([0, 1, 20, 200]) {
      for topic in ["x", "y", "z"] where random.chance(2) {
        rows.append([.integer(Int64(id)), .string(topic), .integer(Int64(random.below(9)))])
      }
    }
    let table = RandomTable.encode(rows, fields: fields, shape: .random(rows: rows.count, &random))
    let wide = try Executor.run(
      Query(table, named: "t").adding(.table(Pivot("topic", "n"))), options: ExecutionOptions(threads: 2))
    let topics = wide.names.dropFirst()
    #expect(Array(topics) == Set(rows.map { $0[1].text }).sorted())
    guard !topics.isEmpty else { return }
    let columns = OptionText("columns", "", topics.map { ListItem(Expression(.column($0))) })
    let long = try Executor.run(
      Query(wide, named: "wide").adding(.table(Unpivot(columns: columns, name: "topic", value: "n"))),
      options: ExecutionOptions(threads: 2))
    let cells = (0..<long.rowCount).map { row in (0..<3).map { long.whole($0)[row] } }.filter { !$0[2].isNull }
    #expect(cells == rows)
  }
}

extension [WindowOracleTests.Row] {
  fileprivate func firstIndex(of number: Int) -> Int? { firstIndex { $0.number == number } }
}
