import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

/// What the lifter once took for something else than the VM does: lifted or refused, the answers are the VM's.
@Suite struct LiftedMeaningTests {
  private static func sum(of count: Int) -> String {
    "s = " + [String](repeating: "x", count: count).joined(separator: " + ")
  }

  private static func branches(_ count: Int) -> String {
    let branches = (1...count).map { "elseif nil then s = \($0) " }
    return "if nil then s = 0 " + branches.joined() + "end"
  }

  private static func calls(_ count: Int, deep: Int) -> String {
    let (open, close) = (String(repeating: "-(", count: deep), String(repeating: ")", count: deep))
    let functions = (1...count).map { "local function f\($0)(x) return \(open)f\($0 - 1)(x)\(close) end " }
    return "local function f0(x) return x end " + functions.joined() + "s = f\(count)(x)"
  }

  private static let changed = "an operand that the operand behind it changes"

  /// What is computed once for each string of a dictionary is kept by its constants: ones that only Unicode takes for equal are two.
  @Test func constantsAreBytes() throws {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 's', 'string' } }, returns = 'integer',
        each = function(s) return (s == '\u{e9}' and 1 or 0) + (s == 'e\u{301}' and 2 or 0) end }
      """)
    #expect(plugin.refusal == nil)
    let strings = Values(["\u{e9}", "e\u{301}", "x"].map { .string($0) }, .string).strings
    let column = Values(
      type: .string, payload: .coded(Vector([0, 1, 2, 0, 1, 2]), StringDictionary(strings)), count: 6)
    #expect(try plugin.evaluate([column]).scalars == [1, 2, 0, 1, 2, 0])
  }

  /// A constant integer is a number where the parameter is one.
  @Test func constantsAreOfTheParametersType() throws {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'x', 'number' } }, returns = 'number',
        init = function() return { n = 0.0 } end, update = function(s, x) s.n = s.n + x end,
        finalize = function(s) return s.n end }
      """)
    #expect(plugin.refusal == nil)
    let column = Values(repeating: .integer(3), type: .integer, count: 4)
    #expect(try plugin.fold([column], groups: [0, 1, 0, 0], parts: 1, metric: 0).scalars == [9.0, 3.0])
  }

  /// Two tables are two lexicons, whatever their terms and weights look like in a row.
  @Test func lexiconsAreTables() throws {
    let long = "b 460" + String(repeating: "x", count: 76)
    let plugin = try TestPlugin(
      """
      local one = { a = 1, b = 1, ["\(long)"] = 1 }
      local two = { a = 2, b = 1, ["\(long)"] = 1 }
      return { name = 'm', params = { { 's', 'text' } }, returns = 'number',
        each = function(s) return lexicon(s, one) - 10 * lexicon(s, two) + 100 * lexicon(s, one) end }
      """)
    #expect(plugin.refusal == nil)
    #expect(try plugin.evaluate([Values(["a", "b a", "c"].map { .string($0) }, .text)]).scalars == [81.0, 172.0, 0.0])
  }

  /// A list is a table to a script.
  @Test func listsAreTables() throws {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'l', 'list' } }, returns = 'string', each = function(l) return type(l) end }
      """)
    #expect(try plugin.evaluate([Values([.list(["a"])], .list)]).scalars == ["table"])
  }

  /// What takes long to lift, or would take the stack or the memory, runs in the VM.
  @Test(
    arguments: [
      ("for i = 1, 64 do for j = 1, 64 do for k = 1, 64 do for l = 1, 64 do end end end end", "steps to lift"),
      (
        "local a, b = 'x', 'y' for i = 1, 60 do local c = x > i a, b = c and a or b, c and b or a end s = a == 'x'",
        nil
      ),
      ("if x == 12345 then local a = 'x' for i = 1, 60 do a = a .. a end s = a end", nil),
      (sum(of: 140), nil), (branches(5_000), "nested too deeply"),
      (calls(18, deep: 94), "nested too deeply"),
      ("for i = 1, 64 do s = (s or 0) + x x = x + i x = x * 2 end", nil),
    ])
  func bounds(_ statements: String, _ refusal: String?) throws {
    let plugin = try TestPlugin(
      """
      return { name = 'm', params = { { 'x', 'number' } }, returns = 'number',
        each = function(x) local s \(statements) return s and 1 or 0 end }
      """)
    if let refusal {
      #expect(plugin.refusal?.contains(refusal) == true)
    } else {
      #expect(plugin.refusal == nil)
    }
    let column = [Values(numbers: Vector([1.5, -2.5, 3, 4]))]
    #expect(try plugin.evaluate(column).scalars == plugin.interpreted.evaluate(column).scalars)
  }

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
      // Lua reads a local where its operator stands.
      ("(function() local y = x return y + change(function() y = 10 end) end)()", changed),
      ("(function() local y = x local function f() y = 10 return 1 end return y + f() end)()", changed),
      ("(function() local y = x local function f() y = 10 return 1 end return (y) < f() and 1 or 2 end)()", changed),
      ("(function() local y = x local function f() y = 10 return 1 end return f() + y end)()", nil),
      ("(function() local y = x local function f() y = 10 return 1 end return (true and y) + f() end)()", changed),
      (
        "(function() local y = x local function f() y = 10 return 1 end return (nil or (1 and y)) * f() end)()", changed
      ),
      ("#(function() local y = s local function f() y = 'abcd' return 'k' end return y .. f() end)()", nil),
      (
        "(function() local t = A local function f() t = B return 'k' end return t[f()] end)()", changed
      ),
      // A function keeps what was in scope where it was made.
      (
        """
        (function()
          local f
          if x > 0 then local y = x * 2 f = function() return y end end
          local g = f or error('none')
          return g() or -7
        end)()
        """, nil
      ),
      // `%` takes the next byte with it also where it ends a range.
      ("#(s:gsub('[!-%]]', '__'))", nil),
      ("#(s:gsub('[]-a]', '__'))", nil),
      ("#(s:gsub('[!-%%]', '__'))", nil),
      ("#(s:gsub('[a-]', '__'))", nil),
      (
        "(function() local _ENV = guessed return math.k + x * 0 end)()",
        "the global math of an _ENV of the function's own"
      ),
      ("lexicon(s, { ['a\\0001.0\\0b'] = 2 }) - lexicon(s, { a = 1, b = 2 })", nil),
      // Each operand is run once.
      (
        "(function() local y = x local function f() y = y + 1 return math.floor end return #tostring(f()(2.5)) + y end)()",
        "tostring of what may be no value"
      ),
      ("(s:find('\u{e9}', 1, true) or 0) * 100 + (s:find('e\u{301}', 1, true) or 0)", nil),
    ])
  func functionsOfRows(_ body: String, _ refusal: String?) throws {
    let plugin = try TestPlugin(
      """
      local scores, plain = { [1.5] = 10, [-2.5] = 20, [3] = 30 }, nil
      local function none() end
      local other = { type = none }
      local guessed = { math = setmetatable({}, { __index = function() return 4 end }) }
      local A, B = { k = 1 }, { k = 2 }
      local function change(f) f() return 1 end
      return { name = 'm', params = { { 'x', 'number' }, { 's', 'text' } }, returns = 'number',
        each = function(x, s) return \(body) end }
      """)
    let interpreted = try plugin.interpreted
    let columns = [
      Values(numbers: Vector([1.5, -2.5, 3, 4, 5, 6])),
      Values(["a", "ba", "", "a#]b", "a.b-c", "\u{e9} e\u{301}"].map { .string($0) }, .text),
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
