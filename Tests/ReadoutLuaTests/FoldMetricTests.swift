import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

@Suite struct FoldMetricTests {
  static let sum = """
    return { name = 'total', params = { { 'x', 'integer' } }, returns = 'integer',
      init = function() return { n = 0, seen = {} } end,
      update = function(s, x) s.n = s.n + x s.seen[#s.seen + 1] = x end,
      merge = function(s, o) s.n = s.n + o.n for _, x in ipairs(o.seen) do s.seen[#s.seen + 1] = x end end,
      finalize = function(s) if #s.seen == 0 then return nil end return s.n end,
      examples = { { rows = { { 1 }, { 2 } }, gives = 3 }, { rows = {}, gives = nil }, { rows = { { nil }, { 4 } }, gives = 4 } } }
    """

  @Test func groupsAndParts() throws {
    let plugin = try TestPlugin(Self.sum)
    let values = Values([.integer(1), .integer(2), .null, .integer(4), .integer(5), .integer(6), .null], .integer)
    let groups: [UInt32] = [0, 2, 0, 2, 0, 2, 3]
    let expected: [Scalar] = [.integer(6), .null, .integer(12), .null]
    for parts in 1...7 {
      #expect(try plugin.fold([values], groups: groups, parts: parts).scalars == expected, "\(parts)")
    }
  }

  @Test func nullsArePassedWhenAsked() throws {
    let plugin = try TestPlugin(
      """
      return { name = 'missing', params = { { 'x', 'string' } }, returns = 'number', nulls = 'pass',
        init = function() return { 0, 0 } end,
        update = function(s, x) s[1] = s[1] + 1 if x == nil then s[2] = s[2] + 1 end end,
        finalize = function(s) return s[2] / s[1] end }
      """)
    let values = Values(coded: ["a", nil, "b", nil])
    #expect(try plugin.fold([values], groups: [0, 0, 1, 0]).scalars == [.number(2 / 3.0), .number(0)])
    guard case .aggregate(let metric) = plugin.plugin.functions[0] else { throw Unexpected() }
    #expect(try metric.bind([Argument(type: .string)]).canMerge == false)
  }

  @Test func errorsNameThePhase() throws {
    let broken = { (key: String, body: String) -> ReadoutError? in
      var functions = [
        "init": "function() return { n = 0 } end", "update": "function(s, x) s.n = s.n + x end",
        "merge": "function(s, o) s.n = s.n + o.n end", "finalize": "function(s) return s.n end",
      ]
      functions[key] = body
      let fields = functions.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ",\n")
      do {
        let plugin = try TestPlugin(
          "return { name = 'f', params = { { 'x', 'integer' } }, returns = 'integer',\n\(fields) }")
        _ = try plugin.fold([Values([.integer(1), .integer(2), .integer(3)], .integer)], groups: [0, 1, 1], parts: 3)
        return nil
      } catch { return error as? ReadoutError }
    }
    let update = broken("update", "function(s, x) if x == 3 then error 'three' end s.n = s.n + x end")
    #expect(update?.message == "three")
    #expect(update?.place.step == "update of metric f")
    #expect(update?.row == 3)
    #expect(update?.group == 1)
    #expect(broken("init", "function() return nil end")?.message == "init gives nil, not a state")
    #expect(broken("init", "function() return x.y end")?.place.step == "init of metric f")
    let finalize = broken("finalize", "function(s) return 'x' end")
    #expect(finalize?.message == "finalize of f gives a string, not an integer")
    #expect(finalize?.group == 0)
    #expect(broken("merge", "function(s, o) error 'unmergeable' end")?.place.step == "merge of metric f")
    let held = broken("init", "function() return { n = 0, f = function() end } end")
    #expect(held?.message == "a state that is merged is plain data, it cannot hold a function")
  }

  @Test func examplesAreRun() throws {
    let good = try TestPlugin(Self.sum).plugin.runExamples()
    #expect(good.count == 3)
    #expect(good.allSatisfy { $0.isGood }, "\(good)")
  }
}
