import ReadoutEngine
import Testing

@testable import ReadoutLua

@Suite struct PatternTests {
  /// Random patterns and subjects, ours against Lua's: every result and message the same.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func asLua(_ seed: UInt64) throws {
    let state = try LuaState(limits: LuaLimits(), text: FixedText())
    let source = """
      local seed, rounds = ...
      math.randomseed(seed)
      local random = math.random
      local items = { "a", "b", ".", "%a", "%D", "%s", "[ab]", "[^a]", "[a-c%d]", "[]]", "[^]]", "%%", "%.", "(", ")", "()",
        "(a", "b)", "%b()", "%f[%w]", "%f[^a]", "%1", "%2", "$", "^", "%", "[", "[a", "[%", "%b", "%f", "é", "\\0", "-", "x" }
      local suffixes = { "", "", "", "", "*", "+", "-", "?" }
      local letters = { "a", "b", "c", "(", ")", " ", "1", "]", "%", "é", "\\0", ".", "aa", "ab" }
      local news = { "<%0>", "%1", "%2x", "%%", "%", "", "%9", "y" }
      local function make(from, most, ends)
        local parts = {}
        for i = 1, random(0, most) do parts[i] = from[random(#from)] .. (ends and ends[random(#ends)] or "") end
        return table.concat(parts)
      end
      local function outcome(f, ...)
        local results = table.pack(pcall(f, ...))
        for i = 1, results.n do results[i] = tostring(results[i]) end
        return table.concat(results, "|", 1, results.n)
      end
      local function all(gmatch, ...)
        local found = {}
        for a, b in gmatch(...) do found[#found + 1] = tostring(a) .. "," .. tostring(b) end
        return table.concat(found, ";")
      end
      for round = 1, rounds do
        local text, pattern = make(letters, 12), make(items, 5, suffixes)
        local start, new = random(-14, 14), news[random(#news)]
        local pairs_of_calls = {
          { string.find, host.find, text, pattern, start }, { string.match, host.match, text, pattern, start },
          { string.find, host.find, text, pattern, start, true }, { string.gsub, host.gsub, text, pattern, new },
          { string.gsub, host.gsub, text, pattern, { a = "A", b = false, ["1"] = 2 }, random(0, 5) },
          { string.gsub, host.gsub, text, pattern, function(x) return x ~= "a" and tostring(x) .. "!" or nil end },
        }
        for _, c in ipairs(pairs_of_calls) do
          local theirs, ours = outcome(c[1], table.unpack(c, 3)), outcome(c[2], table.unpack(c, 3))
          if theirs ~= ours then
            error(("%q %q %s: %q, not %q"):format(text, pattern, tostring(start), ours, theirs))
          end
        end
        local theirs = outcome(all, string.gmatch, text, pattern, start)
        local ours = outcome(all, host.gmatch, text, pattern, start)
        if theirs ~= ours then error(("gmatch %q %q %d: %q, not %q"):format(text, pattern, start, ours, theirs)) end
      end
      """
    let chunk = try state.load(Array(source.utf8), chunk: "=patterns", environment: 0)
    _ = try state.call(chunk, [.integer(Int64(seed)), .integer(5000)])
  }

  @Test(arguments: [
    "('a'):rep(600):find('.-.-.-b')", "('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(31))",
    "('x'):rep(60000):gsub('.-y', '')", "for _ in ('a'):rep(600):gmatch('.-.-.-b') do end",
    "('a'):rep(600):match('(.-)(.-)(.-)b')",
  ])
  func endlessPatternsEnd(_ source: String) throws {
    let state = try LuaState(limits: LuaLimits(time: .seconds(120)), text: FixedText())
    let globals = try Sandbox(state).globals(extras: [], isOpen: false, compile: .null)
    let statement = source.hasPrefix("for") ? source : "local _ = " + source
    let chunk = try state.load(Array(statement.utf8), file: "t.lua", environment: globals)
    let clock = ContinuousClock()
    let time = clock.measure {
      let error = #expect(throws: ReadoutError.self) { try state.call(chunk) }
      #expect(
        error?.message.hasPrefix("pattern takes too many steps on a string of") == true, "\(error?.message ?? "")")
    }
    // A second, where nothing else runs; without the bound, minutes and years.
    #expect(time < .seconds(100))
  }
}
