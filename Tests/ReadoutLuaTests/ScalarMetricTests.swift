import ReadoutEngine
import ReadoutVectors
import Synchronization
import Testing

@testable import ReadoutLua

@Suite struct ScalarMetricTests {
  @Test func everyTypeGoesInAndOut() throws {
    let cases: [(String, [Scalar])] = [
      ("integer", [.integer(.min), .integer(0), .null, .integer(.max)]),
      ("number", [.number(-0.0), .number(.infinity), .null, .number(0.1)]),
      ("boolean", [.boolean(true), .null, .boolean(false)]),
      ("string", [.string(""), .string("a\0b"), .null, .string("é")]),
      ("text", [.string(String(repeating: "long ", count: 100)), .null]),
      ("date", [.date(0), .date(-700_000), .date(20_000), .null]),
      ("timestamp", [.timestamp(0), .timestamp(-1), .timestamp(1_700_000_000_123_000), .null]),
      ("list", [.list([]), .list(["a", "b"]), .null, .list(["a"])]),
    ]
    for (type, values) in cases {
      let plugin = try TestPlugin.each("function(x) return x end", params: "{ 'x', '\(type)' }", returns: type)
      #expect(try plugin.evaluate([Values(values, DataType(rawValue: type)!)]).scalars == values, "\(type)")
    }
    let texts = try TestPlugin.each("function(x) return x end", params: "{ 'x', 'date' }", returns: "string")
    let days: [Int64] = [0, -719_529, 2_932_896, 2_932_897, -719_529 - 366, 19_000]
    #expect(
      try texts.evaluate([Values(days.map { .date($0) }, .date)]).scalars
        == days.map { .string(Calendar.text(ofDay: $0)) })
    let moments = try TestPlugin.each("function(x) return x end", params: "{ 'x', 'timestamp' }", returns: "string")
    let times: [Int64] = [0, -1, 1_700_000_000_123_000, 1_700_000_000_123_456, 86_399_000_000]
    #expect(
      try moments.evaluate([Values(times.map { .timestamp($0) }, .timestamp)]).scalars
        == times.map { .string(Calendar.text(ofMoment: $0)) })
  }

  @Test func integersAndNumbersStayApart() throws {
    let kind = try TestPlugin.each(
      "function(x) return math.type(x) end", params: "{ 'x', 'number' }", returns: "string")
    #expect(try kind.evaluate([Values([.integer(3)], .integer)]).scalars == [.string("float")])
    let whole = try TestPlugin.each("function(x) return x / 1 end", params: "{ 'x', 'integer' }", returns: "integer")
    #expect(try whole.evaluate([Values([.integer(3)], .integer)]).scalars == [.integer(3)])
    let error = #expect(throws: ReadoutError.self) {
      let half = try TestPlugin.each("function(x) return x / 2 end", params: "{ 'x', 'integer' }", returns: "integer")
      _ = try half.evaluate([Values([.integer(2), .integer(3)], .integer)], firstRow: 10)
    }
    #expect(error?.message == "m gives a number, not an integer")
    #expect(error?.value == "1.5")
    #expect(error?.row == 12)
    #expect(error?.place.line == 3)
    #expect(error?.place.step == "metric m")
    #expect(error?.blame == .plugin)
  }

  @Test(
    arguments: [
      ("number", "'x'", "a string", "x"), ("number", "true", "a boolean", "true"), ("string", "1", "an integer", "1"),
      ("boolean", "1", "an integer", "1"), ("list", "'a'", "a string", "a"), ("list", "{ 1 }", "an integer", "1"),
      ("date", "'2025-13-01'", "a string", "2025-13-01"), ("integer", "'1'", "a string", "1"),
      ("string", "{}", "a table", "table"), ("number", "print", nil, nil),
    ] as [(String, String, String?, String?)])
  func wrongResults(_ type: String, _ result: String, _ given: String?, _ value: String?) throws {
    let plugin = try TestPlugin.each("function(x) return \(result) end", params: "{ 'x', 'integer' }", returns: type)
    let error = #expect(throws: ReadoutError.self) { try plugin.evaluate([Values([.integer(1)], .integer)]) }
    guard let given else {
      #expect(error?.message == "unknown global")
      return
    }
    #expect(error?.message == "m gives \(given), not \(DataType(rawValue: type)!.withArticle)")
    #expect(error?.value == value)
  }

  @Test func nullsPassTheFunctionBy() throws {
    let strict = try TestPlugin.each(
      "function(a, b) return a + b end", params: "{ 'a', 'integer' }, { 'b', 'integer' }", returns: "integer")
    let a = Values([.integer(1), .null, .integer(3)], .integer)
    let b = Values([.integer(1), .integer(2), .null], .integer)
    #expect(try strict.evaluate([a, b]).scalars == [.integer(2), .null, .null])
    let passing = try TestPlugin.each(
      "function(a, b) return (a or 0) + (b or 0) end", params: "{ 'a', 'integer' }, { 'b', 'integer' }",
      returns: "integer", extra: "nulls = 'pass',")
    #expect(try passing.evaluate([a, b]).scalars == [.integer(2), .integer(2), .integer(3)])
    #expect(
      try passing.evaluate([a, Values(type: .integer, payload: .null, count: 3)]).scalars
        == [.integer(1), .integer(0), .integer(3)])
  }

  @Test func errorsNameTheRow() throws {
    let plugin = try TestPlugin.each(
      "function(x)\n    return x.y\n  end", params: "{ 'x', 'integer' }", returns: "integer")
    let error = #expect(throws: ReadoutError.self) { try plugin.evaluate([Values([.null, .integer(3)], .integer)]) }
    #expect(error?.message == "attempt to index a number value (local 'x')")
    #expect(error?.place.line == 4)
    #expect(error?.row == 2)
    let host = try TestPlugin.each(
      "function(x) return lexicon(x, 'bad') end", params: "{ 'x', 'string' }", returns: "number")
    let unknown = #expect(throws: ReadoutError.self) { try host.evaluate([Values([.string("a")], .string)]) }
    #expect(unknown?.message == "unknown lexicon")
    #expect(unknown?.blame == .plugin)
    #expect(unknown?.row == 1)
  }

  @Test func combinationsAreComputedOnce() throws {
    let source = """
      return { name = 'm', params = { { 'a', 'string' }, { 'b', 'boolean' }, { 'c', 'string' } }, returns = 'string',
        nulls = 'pass', each = function(a, b, c) return tostring(a) .. tostring(b) .. c .. words(c) end }
      """
    let folder = TestFolder()
    let text = CountingText()
    let plugin = try Plugin(file: folder.write("m.lua", source), text: text)
    let worker = Worker(index: 0)
    let a = Values(coded: ["x", "y", "x", nil, "x", "y"])
    let b = Values(
      [.boolean(true), .boolean(false), .boolean(true), .null, .boolean(false), .boolean(false)], .boolean)
    let c = Values(repeating: .string("!"), type: .string, count: 6)
    guard case .scalar(let metric) = plugin.functions[0] else { throw Unexpected() }
    let kernel = try metric.bind([a, b, c].map { Argument(type: $0.type) })
    let expected: [Scalar] = ["xtrue!1", "yfalse!1", "xtrue!1", "nilnil!1", "xfalse!1", "yfalse!1"].map { .string($0) }
    #expect(try kernel.body([a, b, c], Evaluation(worker: worker, count: 6)).scalars == expected)
    #expect(
      try kernel.body([a, b, c].map { $0[0..<3] }, Evaluation(worker: worker, count: 3)).scalars
        == Array(expected[..<3]))
    #expect(text.calls.load(ordering: .relaxed) == 4)
  }

  @Test func combinationsFailAtTheirFirstRow() throws {
    let plugin = try TestPlugin.each(
      "function(a) if a == 'bad' then error('no ' .. a) end return a end", params: "{ 'a', 'string' }",
      returns: "string")
    let values = Values(coded: ["x", "y", nil, "bad", "x", "bad"])
    let error = #expect(throws: ReadoutError.self) { try plugin.evaluate([values], firstRow: 100) }
    #expect(error?.message == "no bad")
    #expect(error?.row == 104)
    #expect(
      try plugin.evaluate([Values(coded: ["x", nil, "y"])]).scalars == [.string("x"), .null, .string("y")])
  }

  @Test func largeBatches() throws {
    let plugin = try TestPlugin.each(
      "function(a, s) return a + #s end", params: "{ 'a', 'number' }, { 's', 'text' }", returns: "number")
    let count = 20_000
    let numbers = Values(numbers: Vector(count: count) { Double($0) })
    let texts = Values(strings: StringVector((0..<count).map { String(repeating: "x", count: $0 % 7) }), type: .text)
    let result = try plugin.evaluate([numbers, texts])
    #expect((0..<count).allSatisfy { result[$0] == .number(Double($0 + $0 % 7)) })
  }

  @Test func limits() throws {
    let loop = try TestPlugin.each(
      "function(x)\n    while true do end\n  end", params: "{ 'x', 'integer' }", returns: "integer",
      limits: LuaLimits(time: .milliseconds(100)))
    let error = #expect(throws: ReadoutError.self) { try loop.evaluate([Values([.integer(1)], .integer)]) }
    #expect(error?.message == "stopped at its time limit")
    #expect(error?.place.line == 4)
    #expect(error?.row == 1)
    let bomb = try TestPlugin.each(
      "function(x) local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end end", params: "{ 'x', 'integer' }",
      returns: "integer", limits: LuaLimits(memory: 16 << 20))
    let full = #expect(throws: ReadoutError.self) { try bomb.evaluate([Values([.integer(1)], .integer)]) }
    #expect(full?.message == "stopped at its memory limit")
    let results = try TestPlugin.each(
      "function(x) return ('x'):rep(1 << 20) end", params: "{ 'x', 'integer' }",
      returns: "string", limits: LuaLimits(memory: 16 << 20))
    let large = #expect(throws: ReadoutError.self) {
      try results.evaluate([Values((0..<100).map { .integer($0) }, .integer)])
    }
    #expect(large?.message == "stopped at its memory limit")
  }
}

/// Counts how often a metric asks for the words of a text.
private final class CountingText: TextFunctions {
  let calls = Atomic(0)

  func words(in text: Span<UInt8>) -> Int {
    calls.add(1, ordering: .relaxed)
    return 1
  }
  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter { FixedText.Counter(terms: terms) }
  func query(_ query: String) throws(ReadoutError) -> any TextCounter { FixedText.Counter(terms: [query]) }
  func lexicon(named name: String, category: String?) throws(ReadoutError) -> any TextScorer { FixedText.Scorer() }
  func lexicon(of entries: [(term: String, weight: Double)]) throws(ReadoutError) -> any TextScorer {
    FixedText.Scorer()
  }
  func forEachToken(in text: Span<UInt8>, _ body: (Range<Int>, Span<UInt8>) -> Void) {}
  func sentences(in text: Span<UInt8>) -> [Range<Int>] { [] }
}
