import ReadoutEngine
import Testing

/// Joins over random tables against two nested loops; and the same bytes with 1, 2 and 8 threads.
@Suite struct JoinOracleTests {
  @Test(arguments: Seeds.upTo(120))
  func joins(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (left, right) = RandomPairing.two(&random)
    let keys = (0..<random.pick([1, 1, 2, 3])).map { _ in RandomPairing.keyPair(&random) }
    let kind = random.pick(Join.Kind.allCases)
    let step = Join(Query(right.table, named: "right"), on: RandomPairing.option("on", keys), kind: kind)

    var pairs: [(Int, Int?)] = []
    for (row, values) in left.rows.enumerated() {
      let partners = right.rows.indices.filter { left.equals(values, right, right.rows[$0], keys) }
      switch kind {
      case .inner: pairs += partners.map { (row, $0) }
      case .left: pairs += partners.isEmpty ? [(row, nil)] : partners.map { (row, $0) }
      case .semi: if !partners.isEmpty { pairs.append((row, nil)) }
      case .anti: if partners.isEmpty { pairs.append((row, nil)) }
      }
    }
    let hasRight = kind == .inner || kind == .left
    let shown = RandomPairing.fields.filter { field in hasRight && !keys.contains { $0.right == field.name } }
    let names = RandomPairing.fields.map(\.name) + shown.map { "right_\($0.name)" }
    let rows = pairs.map { pair in
      left.rows[pair.0] + shown.map { field in pair.1.map { right.rows[$0][right.column(field.name)] } ?? .null }
    }
    try check(step, left, NaiveTable(names: names, rows: rows), "seed \(seed): join \(kind) on \(keys)")
  }

  @Test(arguments: Seeds.upTo(80))
  func near(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (left, right) = RandomPairing.two(&random)
    let keys = (0..<random.below(3)).map { _ in RandomPairing.keyPair(&random) }
    let times = (left: random.pick(["day", "moment"]), right: random.pick(["day", "moment"]))
    let isDays = times.left == "day" && times.right == "day"
    let unit = isDays ? 1.0 : random.pick([0.5, 1])
    let after = Double(random.below(4)) * unit
    let before = Double(random.below(5)) * unit - min(after, unit)
    let kind = random.pick(EventPairing.Kind.allCases)
    let query = Query(left.table, named: "left")
    let pairing = EventPairing(
      query, Query(right.table, named: "right"), on: keys.isEmpty ? nil : RandomPairing.option("on", keys),
      dates: RandomPairing.option("date", [times]), kind: kind, prefix: nil)
    let step = Near(pairing, before: .days(before), after: .days(after))

    var pairs: [(Int, Int?)] = []
    for (row, values) in left.rows.enumerated() {
      let partners = right.rows.indices.filter { other in
        guard left.equals(values, right, right.rows[other], keys),
          let offset = RandomPairing.days(values[left.column(times.left)], right.rows[other][right.column(times.right)])
        else { return false }
        return offset >= -before && offset <= after
      }.sorted { (right.moment($0, times.right)!, $0) < (right.moment($1, times.right)!, $1) }
      pairs += partners.isEmpty ? (kind == .left ? [(row, nil)] : []) : partners.map { (row, $0) }
    }
    let expected = left.paired(right, pairs, keys, times)
    try check(step, left, expected, "seed \(seed): near \(kind) on \(keys) by \(times), \(before) to \(after)")
  }

  @Test(arguments: Seeds.upTo(80))
  func asof(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (left, right) = RandomPairing.two(&random)
    let keys = (0..<random.below(3)).map { _ in RandomPairing.keyPair(&random) }
    let times = (left: random.pick(["day", "moment"]), right: random.pick(["day", "moment"]))
    let within: Double? = random.pick([nil, 0, 1, 3])
    let direction = random.pick(Asof.Direction.allCases)
    let kind = random.pick(EventPairing.Kind.allCases)
    let query = Query(left.table, named: "left")
    let pairing = EventPairing(
      query, Query(right.table, named: "right"), on: keys.isEmpty ? nil : RandomPairing.option("on", keys),
      dates: RandomPairing.option("date", [times]), kind: kind, prefix: nil)
    let step = Asof(pairing, direction: direction, within: within.map { .days($0) })

    var pairs: [(Int, Int?)] = []
    for (row, values) in left.rows.enumerated() {
      var best: (row: Int, offset: Double)?
      for other in right.rows.indices where left.equals(values, right, right.rows[other], keys) {
        guard
          let offset = RandomPairing.days(
            values[left.column(times.left)], right.rows[other][right.column(times.right)]),
          offset.magnitude <= within ?? .infinity, direction != .backward || offset >= 0,
          direction != .forward || offset <= 0
        else { continue }
        // A later row of the same moment wins; of two equally near the earlier one.
        guard let known = best else {
          best = (other, offset)
          continue
        }
        if offset == known.offset || offset.magnitude < known.offset.magnitude
          || (offset.magnitude == known.offset.magnitude && offset > known.offset)
        {
          best = (other, offset)
        }
      }
      if best != nil || kind == .left { pairs.append((row, best?.row)) }
    }
    let expected = left.paired(right, pairs, keys, times)
    try check(
      step, left, expected, "seed \(seed): asof \(direction) \(kind) on \(keys) by \(times) within \(within ?? -1)")
  }

  private func check(_ step: any TableStep, _ left: RandomPairing, _ expected: NaiveTable, _ title: String) throws {
    let query = Query(left.table, named: "left").adding(.table(step))
    let answers = try [1, 2, 8].map { try Executor.run(query, options: ExecutionOptions(threads: $0)) }
    if let difference = Comparison.difference(answers[0], expected, tolerance: 0) {
      Issue.record("\(title)\n\(difference)")
    }
    for other in answers.dropFirst() where !Comparison.areIdentical(answers[0], other) {
      Issue.record("\(title)\nthe answer depends on the number of threads")
    }
    // What a later step does not read need not be made; what it reads is the same.
    let counted = ListItem(name: "n", Expression(.call("count", [])))
    let key = ListItem(name: "id", Expression(.column("id")))
    let grouped = try Executor.run(
      query.adding(.by([key])).adding(.measure([counted])), options: ExecutionOptions(threads: 2))
    var counts: [Int64: Int64] = [:]
    for row in expected.rows { if case .integer(let id) = row[0] { counts[id, default: 0] += 1 } }
    let found = (0..<grouped.rowCount).map { [grouped.whole(0)[$0], grouped.whole(1)[$0]] }
    #expect(found == counts.sorted { $0.key < $1.key }.map { [.integer($0.key), .integer($0.value)] }, "\(title)")
  }
}

extension RandomPairing {
  typealias Pair = (left: String, right: String)

  static func two(_ random: inout SeededGenerator) -> (RandomPairing, RandomPairing) {
    let sizes = [0, 1, 7, 60, 300]
    return (
      RandomPairing(rows: random.pick(sizes), &random), RandomPairing(rows: random.pick(sizes), &random)
    )
  }

  /// Columns that can be compared.
  static func keyPair(_ random: inout SeededGenerator) -> Pair {
    random.pick([
      ("whole", "whole"), ("whole", "number"), ("number", "whole"), ("number", "number"), ("flag", "flag"),
      ("day", "day"), ("day", "moment"), ("moment", "day"), ("moment", "moment"), ("code", "code"), ("wide", "wide"),
      ("wide", "whole"),
    ])
  }

  static func option(_ name: String, _ pairs: [Pair]) -> OptionText<[KeyPair]> {
    let items = pairs.map { ListItem(name: $0.left, Expression(.column($0.right))) }
    return OptionText(name, "", (try? KeyPair.pairs(items)) ?? [])
  }

  /// Whether all keys are equal as `==` has it: nulls and NaN equal nothing.
  func equals(_ values: [Scalar], _ other: RandomPairing, _ others: [Scalar], _ keys: [Pair]) -> Bool {
    keys.allSatisfy { key in
      let (a, b) = (values[column(key.left)], others[other.column(key.right)])
      if a.isNull || b.isNull { return false }
      if let x = RandomPairing.moment(a), let y = RandomPairing.moment(b) { return x == y }
      return (try? LuaOperators.apply(.equal, a, b)) == .boolean(true)
    }
  }

  func moment(_ row: Int, _ column: String) -> Int64? { RandomPairing.moment(rows[row][self.column(column)]) }

  static func moment(_ value: Scalar) -> Int64? {
    switch value {
    case .date(let day): day * Calendar.microsecondsPerDay
    case .timestamp(let moment): moment
    default: nil
    }
  }

  static func days(_ left: Scalar, _ right: Scalar) -> Double? {
    guard let a = moment(left), let b = moment(right) else { return nil }
    return Double(a - b) / Double(Calendar.microsecondsPerDay)
  }

  /// What `near` and `asof` give for pairs of rows.
  func paired(_ right: RandomPairing, _ pairs: [(Int, Int?)], _ keys: [Pair], _ times: Pair) -> NaiveTable {
    let shown = RandomPairing.fields.filter { field in !keys.contains { $0.right == field.name } }
    let isDays = times.left == "day" && times.right == "day"
    let made = pairs.map { pair -> [Scalar] in
      let event = shown.map { field in pair.1.map { right.rows[$0][right.column(field.name)] } ?? .null }
      let offset = pair.1.flatMap { other in
        RandomPairing.days(rows[pair.0][column(times.left)], right.rows[other][right.column(times.right)])
      }
      return rows[pair.0] + event + [offset.map { isDays ? .integer(Int64($0)) : .number($0) } ?? .null]
    }
    return NaiveTable(
      names: RandomPairing.fields.map(\.name) + shown.map { "event_\($0.name)" } + ["offset"], rows: made)
  }
}
