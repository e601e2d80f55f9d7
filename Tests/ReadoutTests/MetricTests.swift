import Readout
import Testing

@Suite struct MetricTests {
  private func table(_ metrics: Metrics) throws -> Query {
    let table = try Table(columns: [
      "g": ["a", "a", "b", "b", "b"], "x": [1, nil, 3.5, -2, 8], "y": [1, 2, 3, 4, 5], "s": ["p", "q", nil, "r", "p"],
    ])
    return try Dataset(tables: ["t": table], metrics: metrics)["t"]
  }

  private func values(_ query: Query, _ name: String) throws -> [Scalar] { try query.collect().rows.map { $0[name] } }

  @Test func functionsOfEveryCommonType() throws {
    var metrics = Metrics.builtIn
    metrics.register(metric: "half", summary: "Half of x.") { (x: Double) -> Double? in x < 0 ? nil : x / 2 }
    metrics.register(metric: "twice") { (s: String) in s + s }
    metrics.register(metric: "odd") { (i: Int) in i % 2 != 0 }
    metrics.register(metric: "join") { (s: String?, i: Int) in "\(s ?? "-")\(i)" }
    let query = try table(metrics)
    #expect(try values(query.derive("v = half(x)"), "v") == [0.5, nil, 1.75, nil, 4.0])
    #expect(try values(query.derive("v = half(y)"), "v") == [0.5, 1.0, 1.5, 2.0, 2.5])
    #expect(try values(query.derive("v = twice(s)"), "v") == ["pp", "qq", nil, "rr", "pp"])
    #expect(try values(query.derive("v = odd(y)"), "v") == [true, false, true, false, true])
    #expect(try values(query.derive("v = join(s, y)"), "v") == ["p1", "q2", "-3", "r4", "p5"])
    #expect(try values(query.measure("v = sum(half(x))"), "v") == [6.25])
  }

  struct Spread: MetricAccumulator {
    var low = Double.infinity
    var high = -Double.infinity
    mutating func update(_ value: Double) { (low, high) = (min(low, value), max(high, value)) }
    mutating func merge(_ other: Spread) { (low, high) = (min(low, other.low), max(high, other.high)) }
    func finalize() -> Double? { low <= high ? high - low : nil }
  }

  struct Dot: MetricAccumulator {
    var sum = 0.0
    mutating func update(_ value: Pair<Double, Int>) { sum += value.first * Double(value.second) }
    mutating func merge(_ other: Dot) { sum += other.sum }
    func finalize() -> Double { sum }
  }

  @Test(arguments: [1, 2, 8]) func accumulators(threads: Int) throws {
    var metrics = Metrics.builtIn
    metrics.register(metric: "spread", Spread.self)
    metrics.register(metric: "dot", parameters: ["x", "n"], Dot.self)
    let report = try table(metrics).by("g").measure("s = spread(x), d = dot(x, y) + 0.5").collect(threads: threads)
    #expect(report.rows.map(\.values) == [["a", 0.0, 1.5], ["b", 10.0, 43.0]])
    #expect(try values(table(metrics).where("x > 100").measure("s = spread(x)"), "s") == [nil])
  }

  @Test func aMetricThatThrowsNamesTheRow() throws {
    struct Refusal: Error {}
    var metrics = Metrics.builtIn
    metrics.register(metric: "picky") { (i: Int) throws in
      if i == 4 { throw Refusal() }
      return i
    }
    let error = #expect(throws: ReadoutError.self) { try table(metrics).derive("v = picky(y)").collect() }
    #expect(error?.blame == .plugin)
    #expect(error?.description.contains("picky") == true)
  }

  @Test func wrongArguments() throws {
    var metrics = Metrics.builtIn
    metrics.register(metric: "half") { (x: Double) in x / 2 }
    for text in ["half(s)", "half()", "half(x, x)"] {
      let error = #expect(throws: ReadoutError.self) { try table(metrics).derive("v = \(text)").collect() }
      #expect(error?.blame == .request)
    }
  }
}
