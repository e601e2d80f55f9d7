import CLuaBridge
import ReadoutEngine
import Testing

@testable import ReadoutLua

/// Memory refused at every single request in turn, over the load of a plugin and a batch of each kind: whatever fails ends as
/// an error, and the state still works afterwards or is let go of cleanly.
@Suite struct MemorySweepTests {
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

  /// Everything that a plugin does in its life; the answer, or nil where memory was refused.
  private func life(refusing nth: Int) throws -> String? {
    do throws(ReadoutError) {
      let state = try LuaState(limits: LuaLimits(memory: 64 << 20, time: .seconds(20)), text: FixedText())
      unsafe bridge_refuse_allocation(state.bridge, nth)
      defer { unsafe bridge_refuse_allocation(state.bridge, 0) }
      let globals = try Sandbox(state).globals(extras: [], isOpen: false, compile: .null)
      let chunk = try state.compile(Array(Self.source.utf8), file: "sweep.lua", globals: globals)
      guard case .table(_, let fields) = try state.call(chunk).first else { throw .bug("no table") }
      let functions = LuaValue.table(items: [], fields: fields)
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
    } catch {
      #expect(error.blame != .bug, "\(error)")
      let isMemory = error.message.contains("memory") || error.message == "stack overflow"
      #expect(isMemory, "refusal \(nth): \(error)")
      return nil
    }
  }

  @Test func everyAllocationMayFail() throws {
    let expected = try #require(try life(refusing: 0))
    var refused = 0
    for nth in 1... {
      if let answer = try life(refusing: nth) {
        #expect(answer == expected)
        // The state survives a refusal that Lua itself gets over; the end is where nothing is refused any more.
        if nth > refused + 400 { break }
      } else {
        refused = nth
      }
    }
    #expect(refused > 500, "only \(refused) allocations")
  }
}
