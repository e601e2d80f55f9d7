import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

@Suite struct MergeLawTests {
  /// A fold of one parameter, its examples left out.
  static func law(
    _ type: String = "number", init start: String = "return { n = 0, sum = 0 }",
    update: String = "s.n = s.n + 1 s.sum = s.sum + x", merge: String?,
    finalize: String = "return s.n > 0 and s.sum / s.n or nil", extra: String = ""
  ) throws -> MergeLaw {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'x', '\(type)' } }, returns = 'number', \(extra)
        init = function() \(start) end,
        update = function(s, x) \(update) end,
        \(merge.map { "merge = function(s, o) \($0) end," } ?? "")
        finalize = function(s) \(finalize) end }
      """)
    return try law(of: plugin)
  }

  static func law(of plugin: TestPlugin) throws -> MergeLaw {
    guard case .aggregate(let metric as LuaFoldMetric) = plugin.plugin.functions[0] else { throw Unexpected() }
    let law = try metric.home.law(of: metric)
    #expect(try metric.bind([Argument(type: metric.definition.parameters[0].type)]).canMerge == law.canMerge)
    return law
  }

  static let good = "s.n = s.n + o.n s.sum = s.sum + o.sum"

  @Test func goodFoldsHold() throws {
    #expect(try Self.law(merge: Self.good) == .holds(reversal: nil))
    #expect(try Self.law("integer", merge: Self.good) == .holds(reversal: nil))
    #expect(try Self.law(merge: nil) == .absent)
  }

  /// Each of them is found, and by rows that show it.
  @Test(arguments: [
    ("s.sum = s.sum + o.sum", "forgets the count"),
    ("s.n, s.sum = o.n, o.sum", "keeps the last part"),
    ("", "keeps the first part"),
    ("s.n = s.n + o.n s.sum = math.max(s.sum, o.sum)", "takes the larger"),
    ("s.n = 2 * o.n s.sum = 2 * o.sum", "counts the other twice"),
    ("error 'unmergeable'", "fails"),
    ("s.n = s.n + o.n s.sum = s.sum + o.sum if s.n > 11 then s.n = s.n + 1 end", "breaks from twelve rows on"),
  ])
  func brokenMergesAreFound(_ merge: String, _ what: String) throws {
    guard case .broken(let found) = try Self.law(merge: merge) else {
      Issue.record("\(what): not found")
      return
    }
    #expect(found.parts.count > 1)
    // What it says of the whole is so.
    let plain = found.parts.joined().map { row -> Double in if case .number(let x) = row[0] { x } else { .nan } }
    #expect(found.whole.isClose(to: .number(plain.reduce(0, +) / Double(plain.count)), orWithin: 1e-12), "\(what)")
    if case .success(let merged) = found.merged { #expect(merged != found.whole) }
  }

  @Test func smallestCounterexample() throws {
    let law = try Self.law(
      "integer", merge: "s.sum = s.sum + o.sum", extra: "examples = { { rows = { { 1 }, { 5 } }, gives = 3 } },")
    #expect(law.reason == "merge of [(1)] with [(5)] gives 6.0, not 3.0")
  }

  /// A merge may be right from the left and wrong from the right: here the state counts its merges.
  @Test func nestingIsTried() throws {
    let law = try Self.law(
      init: "return { n = 0, sum = 0, merges = 0 }",
      merge: "s.n = s.n + o.n s.sum = s.sum + o.sum if o.merges > 0 then s.n = 0 end s.merges = s.merges + 1")
    guard case .broken(let found) = law else { throw Unexpected() }
    #expect(found.nesting == .right)
    #expect(found.parts.count == 3)
  }

  @Test func orderIsNoBreach() throws {
    let law = try Self.law(
      init: "return {}", update: "s.last = x", merge: "if o.last then s.last = o.last end",
      finalize: "return s.last", extra: "examples = { { rows = { { 1 }, { 2 } }, gives = 2 } },")
    guard case .holds(let reversal?) = law else { throw Unexpected() }
    #expect(reversal.description == "(1.0), (2.0) gives 2.0, in reverse 1.0")
  }

  @Test func refusedRowsEndTheirSample() throws {
    let positive = "if x <= 0 then error 'not positive' end s.n = s.n + 1 s.sum = s.sum + x"
    #expect(try Self.law(update: positive, merge: Self.good) == .holds(reversal: nil))
    #expect(try Self.law(update: positive, merge: "s.sum = s.sum + o.sum").canMerge == false)
    let untried = try Self.law(update: "error 'never'", merge: Self.good)
    #expect(untried.reason == "merge could not be tried: update of metric m: never")
    #expect(untried.canMerge == false)
  }

  /// Values that nobody would guess come from the examples.
  @Test func examplesGiveValues() throws {
    let known = "if x ~= 'KOR' and x ~= 'USA' then error 'who?' end s.n = s.n + 1 s.sum = s.sum + #x"
    let examples = "examples = { { rows = { { 'KOR' }, { 'USA' } }, gives = 3 } },"
    #expect(try Self.law("string", update: known, merge: Self.good).canMerge == false)
    #expect(try Self.law("string", update: known, merge: Self.good, extra: examples).canMerge)
    #expect(try !Self.law("string", update: known, merge: "s.n = s.n + o.n", extra: examples).canMerge)
  }

  @Test func runawaysEnd() throws {
    let clock = ContinuousClock()
    var law: MergeLaw?
    let time = try clock.measure {
      law = try Self.law(update: "while x ~= 0 do x = x - 1 end s.n = s.n + 1 s.sum = s.sum + x", merge: Self.good)
    }
    #expect(law?.canMerge == true)
    #expect(time < .seconds(5))
    let forever = try Self.law(update: "while true do pcall(function() while true do end end) end", merge: Self.good)
    #expect(forever.reason == "merge could not be tried: update of metric m: takes too many steps")
    // The budget is the trial's alone.
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'x', 'integer' } }, returns = 'integer',
        init = function() return { n = 0 } end,
        update = function(s, x) for i = 1, x do s.n = s.n + 1 end end,
        merge = function(s, o) s.n = s.n + o.n end,
        finalize = function(s) return s.n end }
      """)
    #expect(try Self.law(of: plugin).canMerge)
    #expect(try plugin.fold([Values([.integer(2_000_000)], .integer)], groups: [0]).scalars == [.integer(2_000_000)])
  }

  @Test(arguments: ["integer", "number", "boolean", "date", "timestamp", "string", "text", "list"])
  func everyTypeIsTried(_ type: String) throws {
    let law = try Self.law(
      type, update: "s.n = s.n + 1 if x == nil then s.sum = s.sum + 1 end", merge: Self.good,
      extra: "nulls = 'pass',")
    #expect(law == .holds(reversal: nil))
    #expect(
      try !Self.law(
        type, update: "if x == nil then s.n = s.n + 1 end s.sum = s.sum + 1", merge: "s.sum = s.sum + o.sum",
        finalize: "return s.n", extra: "nulls = 'pass',"
      ).canMerge, "no nulls")
  }

  /// An analysis's own metrics are tried in its own state, while it runs.
  @Test func metricsOfAnAnalysis() throws {
    let script = """
      metric { name = "total", params = { { "x", "integer" } }, returns = "integer",
        init = function() return { n = 0 } end, update = function(s, x) s.n = s.n + x end,
        merge = function(s, o) MERGE end, finalize = function(s) return s.n end }
      local q = open("data").statements:measure "t = total(n)"
      print(q:rows()[1].t, (q:explain():match "runs in row order: ([^%]]*)"))
      """
    #expect(try output(script.replacing("MERGE", with: "s.n = s.n + o.n")) == "21\tnil\n")
    let broken = try output(script.replacing("MERGE", with: "s.n = o.n"))
    #expect(broken.hasPrefix("21\tmerge of "), "\(broken)")
  }
}
