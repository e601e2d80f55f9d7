import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

/// What is lifted stays lifted, and how often a metric is called.
@Suite struct LiftingTests {
  private static let rows = 1_000

  private func tally(_ plugin: TestPlugin, _ arguments: [Values], metric index: Int = 0) throws -> CallTally {
    guard case .scalar(let metric) = plugin.plugin.functions[index] else { throw ReadoutError.bug("not a scalar") }
    let kernel = try metric.bind(arguments.map { Argument(type: $0.type) })
    _ = try kernel.body(arguments, Evaluation(worker: Worker(index: 0), count: arguments[0].count))
    return kernel.tally!
  }

  /// Batches of ordinary values that a program hands to the VM are a loss that no answer shows.
  @Test(
    arguments: [
      ("function(x, n, s) if x < 0 then return x * 2 + n else return x end end", "number"),
      ("function(x, n, s) return math.floor(x) + n // 3 end", "integer"),
      ("function(x, n, s) return s:lower():find('war', 1, true) ~= nil end", "boolean"),
      ("function(x, n, s) return #s > 3 and s .. n or s:upper() end", "string"),
      ("function(x, n, s) return ('12' + n) * x end", "number"),
      ("function(x, n, s) return (tonumber(s) or 0) + n end", "number"),
      ("function(x, n, s) return n > 5 and '2025-01-31' or '2024-02-29' end", "date"),
      ("function(x, n, s) return n > 5 and '2025-01-31T10:00:00Z' or nil end", "timestamp"),
    ])
  func ordinaryBatchesStayOutOfTheVM(_ function: String, _ result: String) throws {
    let plugin = try TestPlugin.each(
      function, params: "{ 'x', 'number' }, { 'n', 'integer' }, { 's', 'text' }", returns: result)
    let texts = ["war", "peace", "Seoul", "1", "2.5", ""]
    let arguments = [
      Values(numbers: Vector((0..<Self.rows).map { Double($0 % 37) / 4 - 3 })),
      Values(integers: Vector((0..<Self.rows).map { Int64($0 % 11) })),
      Values((0..<Self.rows).map { .string(texts[$0 % 6]) }, .text),
    ]
    let tally = try tally(plugin, arguments)
    #expect(plugin.refusal == nil)
    #expect(tally.interpretedBatches == 0)
    #expect(tally.computed == Self.rows)
  }

  @Test func aBatchThatFallsBackIsCounted() throws {
    let plugin = try TestPlugin.each(
      "function(x) return math.floor(x) // 1 end", params: "{ 'x', 'number' }", returns: "number")
    let wild = try tally(plugin, [Values(numbers: Vector([1.5, 1e300]))])
    #expect(wild.interpretedBatches == 1)
    let tame = try tally(plugin, [Values(numbers: Vector([1.5, 2.5]))])
    #expect(tame.interpretedBatches == 0)
  }

  @Test func identicalTextsOfABatchAreReadOnce() throws {
    let plugin = try TestPlugin.each(
      "function(s, k) return (s:gsub('a', k)) end", params: "{ 's', 'text' }, { 'k', 'string' }", returns: "string")
    let texts = Values((0..<Self.rows).map { $0 % 7 == 3 ? .null : .string("a\($0 % 50)") }, .text)
    let key = Values(repeating: .string("b"), type: .string, count: Self.rows)
    guard case .scalar(let metric) = plugin.plugin.functions[0] else { return }
    let kernel = try metric.bind([Argument(type: .text), Argument(type: .string)])
    let rows = Evaluation(worker: Worker(index: 0), count: Self.rows, validity: texts.validity)
    let results = try kernel.body([texts, key], rows)
    for row in 0..<Self.rows where row % 7 != 3 { #expect(results[row] == .string("b\(row % 50)")) }
    #expect(kernel.tally?.computed == 50)
    #expect(kernel.tally?.rows == texts.validity!.setCount)
  }

  /// An error names the first row of its text.
  @Test func anErrorOfARepeatedTextNamesItsFirstRow() throws {
    let plugin = try TestPlugin.each(
      "function(s) if s == 'bad' then error('no') end return (s:gsub('a', 'b')) end", params: "{ 's', 'text' }",
      returns: "string")
    let texts = Values((0..<100).map { .string($0 == 41 || $0 == 60 ? "bad" : "a\($0 % 9)") }, .text)
    let error = #expect(throws: ReadoutError.self) { try plugin.evaluate([texts], firstRow: 1_000) }
    #expect(error?.row == 1_042)
  }

  /// Long texts are taken in slices of a batch.
  @Test func loopsOverLongTexts() throws {
    let source = """
      return { name = 'm', params = { { 's', 'text' }, { 'k', 'string' } }, returns = 'string', nulls = 'pass',
        each = function(s, k)
          if not s then return 'none' end
          local n, last = 0, k
          for word in string.gmatch(s, '%a+') do
            if word == last then n = n + 1 end
            last = word
          end
          return last .. n
        end }
      """
    let plugin = try TestPlugin(source)
    #expect(plugin.refusal == nil)
    let words = ["war", "peace", "and", "Seoul", "and and", "é", "war peace"]
    var random = SplitMix64(seed: 4)
    let texts = (0..<50).map { row -> Scalar in
      if row % 9 == 4 { return .null }
      return .string((0..<(row % 3 == 0 ? 12_000 : 20)).map { _ in random.pick(words) }.joined(separator: " "))
    }
    let columns = [Values(texts, .text), Values(texts.indices.map { .string($0 % 2 == 0 ? "war" : "") }, .string)]
    let interpreted = try plugin.interpreted
    #expect(try tally(plugin, columns).interpretedBatches == 0)
    #expect(try plugin.evaluate(columns).scalars == interpreted.evaluate(columns).scalars)
  }

  /// Readout's own functions of a text lift where what they look for is constant.
  @Test(
    arguments: [
      ("words(x)", nil), ("mentions(x, 'a', 'b')", nil), ("has(x, 'a') and 1 or 0", nil), ("lexicon(x, 'good')", nil),
      ("lexicon(x, 'good', 'kind')", nil), ("lexicon(x, 'good', 'kind', 7)", "calls lexicon with 4 arguments"),
      ("lexicon(x, { a = 2, ['b'] = -0.5 })", nil), ("lexicon(x, {})", nil), ("lexicon(x, weights)", nil),
      ("lexicon(x, weights) + lexicon(x, { a = 3 })", nil),
      ("lexicon(x, { 'a' })", "a table is made"), ("lexicon(x, { a = #x })", "a table is made"),
      ("lexicon(x, { a = 'b' })", "a table is made"), ("lexicon(x, { a = 1, a = 2 })", "a table is made"),
      ("lexicon(x, others)", "calls lexicon with a table of other things than weights"),
      ("#tokens(x) + #sentences(x)", nil), ("words(x, 1)", nil), ("has(x, 'a', 1) and 1 or 0", nil),
      ("#(tokens(x)[1] or '')", "a table is indexed"),
      ("mentions(x, x)", "calls mentions with a term that is no constant"),
      ("has(x, '\(String(repeating: "a", count: 16385))') and 1 or 0", "calls has with more than 16384 bytes"),
    ])
  func textFunctionsLift(_ body: String, _ refusal: String?) throws {
    let plugin = try TestPlugin(
      """
      local weights, others = { a = 1, c = 10 }, { a = true }
      return { name = 'm', params = { { 'x', 'text' } }, returns = 'number', each = function(x) return \(body) end }
      """)
    let interpreted = try plugin.interpreted
    let column = [Values(["a b a", "", "b", "c"].map { .string($0) }, .text)]
    #expect(plugin.refusal == refusal)
    let found = Result { try plugin.evaluate(column).scalars }
    let expected = Result { try interpreted.evaluate(column).scalars }
    #expect("\(found)" == "\(expected)")
  }

  /// A list of words or sentences is gone through as a column, and a metric may hold it in a local.
  @Test(
    arguments: [
      ("for i, w in ipairs(tokens(x)) do if w == 'a' then n = n + i end end", nil),
      ("local list = tokens(x) for i, w in ipairs(list) do if i == #list then n = n + #w end end", nil),
      (
        "for i, s in ipairs(sentences(x)) do for k, w in ipairs(tokens(s)) do n = n + i * k end end",
        "a loop that carries a string in other ways than from word to word"
      ),
      ("for i, s in ipairs(sentences(x)) do n = math.max(n, i * words(s)) end", nil),
      ("for _, w in ipairs(tokens(x)) do if w == 'b' then break end n = n + 1 end", nil),
      ("local list = tokens(x) list[1] = 'z' n = #list", "a table is changed"),
      ("for i, w in pairs(tokens(x)) do n = n + i end", "a loop over pairs(…)"),
    ])
  func listsOfWordsLift(_ body: String, _ refusal: String?) throws {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'x', 'text' } }, returns = 'integer',
        each = function(x) local n = 0 \(body) return n end }
      """)
    let interpreted = try plugin.interpreted
    let column = [Values(["a b a", "", "b a a a", "c", "a"].map { .string($0) }, .text)]
    #expect(plugin.refusal == refusal)
    #expect(try plugin.evaluate(column).scalars == interpreted.evaluate(column).scalars)
    if refusal == nil { #expect(try tally(plugin, column).interpretedBatches == 0) }
  }

  /// Several functions on a line are told apart by their bytecode; where they are alike they stay in the VM.
  @Test func functionsThatShareALine() throws {
    let plugin = try TestPlugin(
      """
      local function metric(name, f) return { name = name, params = { { 'x', 'number' } }, returns = 'number', each = f } end
      local k, l = 2, 3
      return { metric('a', function(x) return x + k end), metric('b', function(x) return x + l end), metric('c', function(y) return y - l end),
        metric('d', function(x) return x * k end), metric('e', function(x) return x * k end) }
      """)
    let column = [Values(numbers: Vector([1.0, 5.0]))]
    let expected: [[Double]] = [[3, 7], [4, 8], [-2, 2], [2, 10], [2, 10]]
    for (index, numbers) in expected.enumerated() {
      #expect(try plugin.evaluate(column, metric: index).scalars == numbers.map { .number($0) })
      let lifting = plugin.plugin.lifting(of: index, plugin.plugin.metrics[index])
      #expect(
        lifting.refusal?.construct == (index < 3 ? nil : "several functions alike on the same lines"), "metric \(index)"
      )
    }
  }

  /// A metric calls another one as the function that it is.
  @Test func metricsCallMetrics() throws {
    let plugin = try TestPlugin(
      """
      local other = require "other"
      return {
        name = 'm', params = { { 'x', 'number' } }, returns = 'number',
        each = function(x) return other.each(x) + other.each(-x) end,
      }
      """,
      modules: [
        "other.lua": """
        return {
          name = 'other', params = { { 'x', 'number' } }, returns = 'number',
          each = function(x) if x < 0 then return -2 * x end return x end,
        }
        """
      ])
    #expect(plugin.refusal == nil)
    #expect(try plugin.evaluate([Values(numbers: Vector([1.0, -4.0]))]).scalars == [.number(3), .number(12)])
    #expect(
      try output(
        """
        local twice = metric { name = 'twice', params = { { 'x', 'number' } }, returns = 'number', each = function(x)
          return 2 * x end }
        metric { name = 'more', params = { { 'x', 'number' } }, returns = 'number', each = function(x)
          return twice.each(x) + 1 end }
        local q = open('data').statements:select('m = more(n)')
        print(q[3].m, (q:explain():match 'more: (%a+)'))
        """) == "7.0\tlifted\n")
  }

  /// Where a function lifts its column's type is known before a row is read: the query runs once, all of it.
  @Test(
    arguments: [
      ("row.n * 2", "2"), ("row.tone and row.tone / 2", "0.5"), ("row.n > 2", "false"),
      ("row.n > 2 and 'many' or 'few'", "few"), ("row.country == 'KOR' and 1 or nil", "1"),
    ])
  func derivedTypesAreKnownBefore(_ expression: String, _ first: String) throws {
    let host = TestHost()
    let printed = try output(
      "local q = open('data').statements:where('n > 0'):derive('x', function(row) return \(expression) end) print(q[1].x)",
      host)
    #expect(printed == "\(first)\n")
    #expect(host.runs == 1)
  }

  @Test(
    arguments: [
      ("row.date", "2024-10-04"), ("row.n % 2 == 0 and 1 or 1.5", "1.5"), ("row.text:gsub('a', 'b')", "b b"),
      ("math.floor(row.n / 2)", "0"), ("row.n > 9 and '2025-01-01' or nil", "nil"),
    ])
  func othersAreKnownWhenEveryRowIs(_ expression: String, _ first: String) throws {
    let host = TestHost()
    let printed = try output(
      "local q = open('data').statements:where('n > 0'):derive('x', function(row) return \(expression) end) print(q[1].x)",
      host)
    #expect(printed == "\(first)\n")
    #expect(host.runs == 2)
  }

  @Test func explainCountsCalls() throws {
    let text = try output(
      """
      metric { name = 'twice', params = { { 'x', 'number' } }, returns = 'number', each = function(x) return 2 * x end }
      metric { name = 'loud', params = { { 's', 'text' } }, returns = 'text', each = function(s) return string.format('%s!', s) end }
      local q = open('data').statements:derive('t = twice(tone), l = loud(text)')
      print((q:explain { run = true }))
      """)
    #expect(text.contains("5 rows, 5 computed, 0 of 1 batches in the VM"), "\(text)")
    #expect(text.contains("6 rows, 6 computed, 1 of 1 batches in the VM"), "\(text)")
    #expect(text.contains("gives 6 rows"))
  }
}
