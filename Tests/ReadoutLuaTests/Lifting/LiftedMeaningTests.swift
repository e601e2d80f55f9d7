import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

/// What the lifter once took for something else than the VM does: lifted or refused, the answers are the VM's.
@Suite struct LiftedMeaningTests {
  @Test(
    arguments: [
      ("s:find('a', 1, plain) and 1 or 0", nil),
      ("s:find('a', 1, nil) and 1 or 0", nil),
      ("scores[x]", "a table with fractions for keys, looked up by a value"),
      ("#tostring(s:byte(10))", "tostring of what may be no value"),
      ("#type(none())", "type of what may be no value"),
      ("#tostring((s:byte(10)))", nil),
      ("#tostring(s:find('b'))", nil),
      (
        "(function() local _ENV = other return #s + (type(s) or 0) end)()",
        "the global type of an _ENV of the function's own"
      ),
    ])
  func functionsOfRows(_ body: String, _ refusal: String?) throws {
    let plugin = try TestPlugin(
      """
      local scores, plain = { [1.5] = 10, [-2.5] = 20, [3] = 30 }, nil
      local function none() end
      local other = { type = none }
      return { name = 'm', params = { { 'x', 'number' }, { 's', 'text' } }, returns = 'number',
        each = function(x, s) return \(body) end }
      """)
    let interpreted = try plugin.interpreted
    let columns = [
      Values(numbers: Vector([1.5, -2.5, 3, 4])), Values(["a", "ba", "", "c"].map { .string($0) }, .text),
    ]
    #expect(plugin.refusal == refusal)
    let found = Result { try plugin.evaluate(columns).scalars }
    let expected = Result { try interpreted.evaluate(columns).scalars }
    #expect("\(found)" == "\(expected)")
  }

  /// What `init` makes is read from its text; a state that it makes in another way is the VM's.
  @Test(
    arguments: [
      ("return { n = 0, seen = false, last = nil, most = -math.huge }", "s.n = s.n + 1 s.seen = true", nil),
      ("return {}", "s.n = (s.n or 0) + x", nil),
      (
        "return setmetatable({ n = 0 }, { __index = { n2 = 5 } })", "s.n = s.n + (s.n2 or 0)",
        "a table is made"
      ),
      ("local t = { n = 0 } t.n = 2 return t", "s.n = s.n + x", "a table is changed"),
      ("return { n = math.random() }", "s.n = s.n + x", "calls math.random"),
      (
        "return { n = 0 }", "s['\\u{e9}'] = x s['e\\u{301}'] = 2 s.n = s['\\u{e9}']",
        "a field of the state whose name is not ASCII"
      ),
      (
        "return { n = 0, ['\\xff'] = 1, ['\\xfe'] = 2 }", "s.n = s.n + s['\\xff']",
        "a field of the state whose name is not ASCII"
      ),
    ])
  func states(_ initial: String, _ update: String, _ refusal: String?) throws {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'x', 'number' } }, returns = 'number',
        init = function() \(initial) end,
        update = function(s, x) \(update) end,
        finalize = function(s) return s.n end }
      """)
    let interpreted = try plugin.interpreted
    let column = [Values(numbers: Vector([1.5, -2.5, 3, 4]))]
    #expect(plugin.refusal == refusal)
    let found = Result { try plugin.fold(column, groups: [0, 1, 0, 1], parts: 1, metric: 0).scalars }
    let expected = Result { try interpreted.fold(column, groups: [0, 1, 0, 1], parts: 1, metric: 0).scalars }
    #expect("\(found)" == "\(expected)")
  }
}
