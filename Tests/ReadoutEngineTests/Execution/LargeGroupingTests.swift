import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Groupings so large that rows are scattered by parts, against a dictionary; with 1, 2 and 8 threads.
struct LargeGroupingTests {
  private static let rows = 400_000

  /// Keys that lie close together, far apart, and in part null.
  private static func table() -> (table: Table, keys: [[Int64?]], values: [Double?]) {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    var keys: [[Int64?]] = [[], []]
    var values: [Double?] = []
    for _ in 0..<rows {
      keys[0].append(next() % 20 == 0 ? nil : Int64(next() % 1000))
      keys[1].append(next() % 50 == 0 ? nil : Int64(next() % 100_000) * 1_000_003)
      values.append(next() % 10 == 0 ? nil : Double(next() % 1_000_000) / 64)
    }
    let columns =
      keys.map { key in Column(encoding: Values(key.map { $0.map { .integer($0) } ?? .null }, type: .integer)) }
      + [Column(encoding: Values(values.map { $0.map { .number($0) } ?? .null }, type: .number))]
    let fields = [Table.Field("a", .integer), Table.Field("b", .integer), Table.Field("v", .number)]
    return (Table(fields: fields, columns: columns, rowCount: rows), keys, values)
  }

  private struct Key: Hashable {
    let a, b: Int64?
  }

  @Test func sumsCountsAndMediansAreThoseOfADictionary() throws {
    let (table, keys, values) = Self.table()
    var groups: [Key: [Double?]] = [:]
    for row in 0..<Self.rows { groups[Key(a: keys[0][row], b: keys[1][row]), default: []].append(values[row]) }
    func call(_ name: String, _ columns: String...) -> ListItem {
      ListItem(name: name, Expression(.call(name, columns.map { Expression(.column($0)) })))
    }
    let query = Query(table, named: "t")
      .adding(.by([ListItem(name: nil, Expression(.column("a"))), ListItem(name: nil, Expression(.column("b")))]))
      .adding(.measure([call("count"), call("sum", "v"), call("median", "v")]))
    var answers: [Table] = []
    for threads in [1, 2, 8] { answers.append(try Executor.run(query, options: ExecutionOptions(threads: threads))) }
    for answer in answers.dropFirst() {
      for column in 0..<5 {
        let (one, other) = (try answers[0].values(column), try answer.values(column))
        #expect((0..<answer.rowCount).allSatisfy { one[$0] == other[$0] })
      }
    }
    let answer = answers[0]
    #expect(answer.rowCount == groups.count)
    let columns = try answer.values(0..<5)
    var last: (Int64, Int64)?
    for row in 0..<answer.rowCount {
      let (a, b) = (Self.integer(columns[0][row]), Self.integer(columns[1][row]))
      let wanted = try #require(groups[Key(a: a, b: b)])
      let present = wanted.compactMap(\.self)
      guard case .integer(Int64(wanted.count)) = columns[2][row] else { return #expect(Bool(false), "count of \(row)") }
      // Sums of multiples of 1/64 are exact.
      guard case .number(present.reduce(0, +)) = columns[3][row] else { return #expect(Bool(false), "sum of \(row)") }
      #expect(columns[4][row] == Self.median(present).map { .number($0) } ?? .null)
      let order = (a ?? .max, b ?? .max)
      if let last { #expect(last < order) }
      last = order
    }
  }

  private static func integer(_ scalar: Scalar) -> Int64? {
    if case .integer(let value) = scalar { value } else { nil }
  }

  private static func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    if sorted.isEmpty { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1
      ? sorted[middle] : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) * 0.5
  }
}
