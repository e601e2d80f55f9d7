import CLuaBridge
import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

/// Memory refused at every single request in turn, from the opening of a state over the load of a plugin to a batch of each kind and the
/// life of a fold: whatever fails ends as an error, and the state still works afterwards or is let go of cleanly.
@Suite struct MemorySweepTests {
  /// The answer, or nil where memory was refused.
  private func life(_ nth: Int, _ body: () throws(ReadoutError) -> String) -> String? {
    do throws(ReadoutError) { return try body() } catch {
      #expect(error.blame != .bug, "\(error)")
      let isMemory = error.message.contains("memory") || error.message == "stack overflow"
      #expect(isMemory, "refusal \(nth): \(error)")
      return nil
    }
  }

  /// Refuses the first request, the second and so on, until nothing is refused any more.
  private func sweep(atLeast: Int, _ body: (_ nth: Int) throws(ReadoutError) -> String) throws {
    let expected = try #require(life(0) { () throws(ReadoutError) in try body(0) })
    var refused = 0
    for nth in 1... {
      if let answer = life(nth, { () throws(ReadoutError) in try body(nth) }) {
        #expect(answer == expected)
        // The state survives a refusal that Lua itself gets over; the end is where nothing is refused any more.
        if nth > refused + 400 { break }
      } else {
        refused = nth
      }
    }
    #expect(refused > atLeast, "only \(refused) allocations")
  }

  /// A state that refuses request `nth` once it is open, and those after it.
  private func state(refusing nth: Int) throws(ReadoutError) -> LuaState {
    let state = try LuaState(limits: LuaLimits(memory: 64 << 20, time: .seconds(20)), text: FixedText())
    unsafe bridge_refuse_allocation(state.bridge, nth)
    return state
  }

  /// What a file returns, its functions kept.
  private func load(_ source: String, in state: LuaState) throws(ReadoutError) -> LuaValue {
    let globals = try Sandbox(state).globals(extras: [], isOpen: false, compile: .null)
    let chunk = try state.compile(Array(source.utf8), file: "sweep.lua", globals: globals)
    guard case .table(let items, let fields) = try state.call(chunk).first else { throw .bug("no table") }
    return .table(items: items, fields: fields)
  }

  // MARK: Loads and calls

  private static let source = """
    local weights = { may = 1, might = 0.5 }
    local function score(text)
      local sum, seen = 0, {}
      for word in text:gmatch("%a+") do
        sum = sum + (rawget(weights, word:lower()) or 0)
        seen[#seen + 1] = ("%s/%d"):format(word, #seen)
      end
      table.sort(seen)
      for key, value in pairs({ b = sum, a = 1 }) do seen[#seen + 1] = key .. value end
      local ok, message = pcall(error, setmetatable({}, { __tostring = function() return "x" end }))
      return table.concat(seen, ",") .. tostring(message) .. words(text) .. #tokens(text) .. text:rep(3, "-")
    end
    return { score = score, list = function(text) return { text, text .. "!" } end, fail = function() error("no") end }
    """

  @Test func everyAllocationMayFail() throws {
    try sweep(atLeast: 500) { nth throws(ReadoutError) in
      let state = try self.state(refusing: nth)
      defer { unsafe bridge_refuse_allocation(state.bridge, 0) }
      let functions = try self.load(Self.source, in: state)
      var answer = ""
      for name in ["score", "list"] {
        let results = try state.call(functions[name].function!, [.string("It may rain, and Might pour")])
        answer += results.first?.text ?? "list"
      }
      do throws(ReadoutError) { _ = try state.call(functions["fail"].function!) } catch {
        if error.message != "no" { throw error }
        answer += error.message
      }
      return answer
    }
  }

  // MARK: Opening

  @Test func everyAllocationOfAnOpeningStateMayFail() throws {
    try sweep(atLeast: 200) { nth throws(ReadoutError) in
      bridge_refuse_allocation(nil, nth)
      defer { bridge_refuse_allocation(nil, 0) }
      let state = try LuaState(limits: LuaLimits(memory: 64 << 20, time: .seconds(20)), text: FixedText())
      defer { unsafe bridge_refuse_allocation(state.bridge, 0) }
      guard case .table(let items, _) = try self.load("return { 'open' }", in: state) else { return "" }
      return items.first?.text ?? ""
    }
  }

  // MARK: Folds

  private static let fold = """
    return {
      name = "collect", summary = "All values.", params = { { "s", "string" } }, returns = "string",
      init = function() return { seen = {}, n = 0, sum = 0.5 } end,
      update = function(state, s)
        state.n = state.n + 1
        state.seen[#state.seen + 1] = s .. "/" .. state.n
      end,
      merge = function(a, b)
        for _, s in ipairs(b.seen) do a.seen[#a.seen + 1] = s end
        a.n = a.n + b.n
      end,
      finalize = function(state) return table.concat(state.seen, ",") .. state.n end,
    }
    """

  /// The metric's functions of one state, for every worker.
  private final class Home: MetricHome {
    let functions: MetricFunctions
    init(_ functions: MetricFunctions) { self.functions = functions }
    func functions(
      of index: Int, worker: Worker
    ) throws(ReadoutError) -> (functions: MetricFunctions, lease: AnyObject) { (functions, self) }
    func lifting(of index: Int, _ definition: MetricDefinition) -> MetricLifting { MetricLifting(interpreted: nil) }
    func law(of metric: LuaFoldMetric) throws(ReadoutError) -> MergeLaw { .absent }
  }

  @Test func everyAllocationOfAFoldMayFail() throws {
    let values = Values((0..<40).map { .string("value \($0 % 7)") }, type: .string)
    let groups = Vector((0..<40).map { UInt32($0 % 3) })
    try sweep(atLeast: 300) { nth throws(ReadoutError) in
      let state = try self.state(refusing: nth)
      defer { unsafe bridge_refuse_allocation(state.bridge, 0) }
      let table = try self.load(Self.fold, in: state)
      let reader = MetricReader(file: "sweep.lua", source: SourceText(Array(Self.fold.utf8)), blame: .plugin)
      let metric = LuaFoldMetric(
        definition: try reader.definition(of: table), home: Home(MetricFunctions(table, in: state)), index: 0)
      let worker = Worker(index: 0)
      let parts = try [
        LuaAccumulator(metric, worker: worker), LuaAccumulator(metric, worker: worker),
      ]
      for part in parts {
        try part.resize(to: 3)
        try part.update([values], groups: groups, rows: Evaluation(worker: worker, count: 40))
      }
      try parts[0].merge(parts[1], groups: Vector([0, 1, 2]))
      let found = try parts[0].finalize(count: 3)
      return (0..<3).map { "\(found[$0])" }.joined(separator: ";")
    }
  }
}
