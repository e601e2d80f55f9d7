import ReadoutEngine
import Testing

@testable import ReadoutLua

/// What Lua's compiler gets wrong is refused; what looks like it, and is compiled well, is not.
@Suite struct MiscompiledTests {
  private func refusal(_ source: String) -> ReadoutError? {
    do throws(ReadoutError) {
      let chunk = try Parser.chunk(Array(source.utf8))
      try Miscompiled.check(chunk, SourceOutline(chunk), of: Array(source.utf8))
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    "return function(a, b) return names[a < b] end", "return function(a, b) return names[(a == b)] end",
    "return function(a, b) return names[not (a ~= b)] end", "return function(a) names[a >= 1] = 2 end",
    "return function(a) return function() return { names[a > 1].x } end end",
    "return function(a) local _ = names return names[a <= 1](2) end",
    "return { f = function(a) return _ENV[a == 1] end }",
    "function names.of(a) return names[a == 1]:upper() end",
  ])
  func comparisonsAsKeys(_ text: String) {
    let error = refusal("local names = {}\n" + text)
    #expect(error?.message.hasPrefix("Lua before 5.4.8 looks into the wrong table") == true, "\(text)")
    #expect(error?.value?.contains("[") == true)
  }

  @Test(arguments: [
    "return names[1 < 2]", "return function(a, b) return (names)[a < b] end",
    "return function(a, b) local key = a < b return names[key] end",
    "return function(a) return names[a == 1 and 2] end",
    "return function(names, a) return names[a < 1] end", "return function(a) return names[tostring(a < 1)] end",
    "return function(a) return names.x[a < 1] end", "return function(a) return others[a < 1] end",
    "return function(a) for names in pairs(a) do local _ = names[a == 1] end end",
  ])
  func otherKeysAreLeftAlone(_ text: String) { #expect(refusal("local names = {}\n" + text) == nil, "\(text)") }

  @Test(arguments: [
    ("1 | (a or b)", true), ("(0xFF) & (a and b or 2)", true), ("-1 ~ (not a)", false), ("-1 ~ (not (a == b))", true),
    ("mask & (a or b)", true),
    ("(a or b) | 1", false), ("a | (b or 1)", false), ("1 << (a or b)", false), ("1 | a", false),
    ("own & (a or b)", false),
  ])
  func constantsBesideConditions(_ text: String, _ isRefused: Bool) {
    let source = "local mask <const>, own = 7, 7\nreturn function(a, b) return \(text) end"
    #expect(refusal(source) == nil, "few constants")
    // The chunk's constants are not the function's.
    let numbers = "local _ = { " + (0..<300).map { "\($0).5" }.joined(separator: ", ") + " }\n"
    #expect(refusal(numbers + source) == nil)
    let many = source.replacing("return \(text)", with: numbers + "return \(text)")
    let error = refusal(many)
    #expect((error?.message.hasPrefix("Lua before 5.4.6 loses the constant") ?? false) == isRefused, "\(text)")
  }
}
