import ReadoutEngine
import Testing

@testable import ReadoutLua

@Suite struct LuaStateTests {
  /// A state with globals as a plugin has them.
  struct Fixture {
    let state: LuaState
    let globals: LuaReference

    init(memory: Int = 32 << 20, time: Duration = .milliseconds(200), isOpen: Bool = false) throws {
      state = try LuaState(limits: LuaLimits(memory: memory, time: time), text: FixedText())
      globals = try Sandbox(state).globals(extras: [], isOpen: isOpen, compile: .null)
    }

    func run(_ source: String) throws -> [LuaValue] {
      try state.call(try state.load(Array(source.utf8), file: "test.lua", environment: globals))
    }

    func failure(_ source: String) -> ReadoutError? {
      do {
        _ = try run(source)
        return nil
      } catch { return error as? ReadoutError }
    }
  }

  @Test func valuesGoBothWays() throws {
    let fixture = try Fixture()
    let results = try fixture.run("return 1, 2.5, 'a', true, nil, { 1, 2, x = { 'y' } }")
    #expect(results.map { "\((try? $0.data("it")) ?? .null)" }.count == 6)
    #expect(try results[0].data("it") == .integer(1))
    #expect(try results[1].data("it") == .number(2.5))
    #expect(try results[2].data("it") == .string("a"))
    #expect(
      try results[5].data("it")
        == .table(
          items: [.integer(1), .integer(2)],
          fields: [.init(.string("x"), .table(items: [.string("y")], fields: []))]))
    let double = try fixture.state.callKeeping(
      try fixture.state.load(
        Array("return function(t) return t.a[2] * 2 end".utf8), file: "t.lua", environment: fixture.globals))
    let back = try fixture.state.call(
      double, [.table([("a", .table(items: [.integer(1), .integer(21)], fields: []))])])
    #expect(try back[0].data("it") == .integer(42))
  }

  @Test func errorsKeepTheirLine() throws {
    let fixture = try Fixture()
    let long = String(repeating: "very/", count: 30) + "long.lua"
    let chunk = try fixture.state.load(Array("\n\nerror('no')".utf8), file: long, environment: fixture.globals)
    let error = #expect(throws: ReadoutError.self) { try fixture.state.call(chunk) }
    #expect(error?.message == "no")
    #expect(error?.place.file == long)
    #expect(error?.place.line == 3)
    #expect(fixture.failure("local x\nreturn x.y")?.message == "attempt to index a nil value (local 'x')")
    #expect(fixture.failure("error({})")?.message == "(error object is a table value)")
    #expect(
      fixture.failure("error(setmetatable({}, { __tostring = function() return 'mine' end }))")?.message == "mine")
    let roomy = try Fixture(memory: 128 << 20, time: .seconds(20))
    let overflow = try #require(roomy.failure("local function f() return f() + 1 end f()"))
    #expect(overflow.message.hasPrefix("stack overflow"), "\(overflow)")
  }

  @Test(arguments: [
    "while true do end", "while true do pcall(function() while true do end end) end",
    "local function f() pcall(f) f() end f()", "for i = 1, math.huge do end",
    "xpcall(function() while true do end end, function() while true do end end)",
    "table.sort({ 1, 2, 3 }, function() while true do end end)",
    "return setmetatable({}, { __index = function() while true do end end }).x",
    "goto top ::top:: while true do local ok = pcall(error) end",
    "string.gsub(('x'):rep(1000), '.', function() while true do end end)",
  ])
  func endlessLoopsAreStopped(_ source: String) throws {
    let fixture = try Fixture()
    let clock = ContinuousClock()
    var error: ReadoutError?
    let time = clock.measure { error = fixture.failure(source) }
    #expect(error?.message == "stopped at its time limit" || error?.message.contains("stack overflow") == true)
    #expect(time < .seconds(2))
    #expect(try fixture.run("return 1").count == 1)
  }

  @Test(arguments: [
    "return ('x'):rep(1 << 30)", "local t = {} for i = 1, 1e9 do t[i] = i end",
    "local s = 'x' while true do s = s .. s end", "while true do pcall(string.rep, 'x', 1 << 30) end",
    "local t = {} while true do t = { t, ('x'):rep(100) } end",
    "return table.concat({ ('x'):rep(1 << 24), ('y'):rep(1 << 24) })",
  ])
  func memoryIsCapped(_ source: String) throws {
    let fixture = try Fixture(time: .seconds(20))
    let error = fixture.failure(source)
    #expect(error?.message == "stopped at its memory limit")
    #expect(try fixture.run("return 1").count == 1)
  }

  @Test(
    arguments: [
      ("return ('').rep('', 1 << 60)", nil),
      ("table.move({}, 1, 1 << 60, 2)", "table.move of more than 16777216 elements"),
      (
        "table.insert(setmetatable({}, { __len = function() return 1 << 60 end }), 1, 1)",
        "table.insert of a table with a length of its own"
      ),
      ("setmetatable({}, { __gc = function() end })", "a metatable has no __gc here"),
      ("x = 1", "global x cannot be set: write local x"), ("math.floor = nil", "a library cannot be changed: floor"),
      ("rawset(math, 'floor', nil)", "a library cannot be changed: floor"),
      ("_ENV.x = 1", "global x cannot be set: write local x"),
      ("rawset(_ENV, 'x', 1)", "a library cannot be changed: x"),
      ("return getmetatable('').__index", "attempt to index a boolean value"),
      ("return tonubmer(1)", "unknown global"), ("return math.randon()", "unknown function"),
      ("return ('x'):dump()", "unknown function"),
      ("return os.time()", "unknown global"), ("return io.open('x')", "unknown global"),
      ("return load('x')", "unknown global"),
      ("return coroutine.wrap(f)", "unknown global"),
      ("return string.format('%p', {})", "string.format has no '%p' here: addresses differ from run to run"),
    ] as [(String, String?)])
  func theSandboxIsClosed(_ source: String, _ message: String?) throws {
    let error = try Fixture().failure(source)
    #expect(error?.message == message)
  }

  @Test func hints() throws {
    let fixture = try Fixture()
    #expect(
      fixture.failure("return tonubmer(1)")
        == ReadoutError(
          .plugin, "unknown global", value: "tonubmer", place: .init(file: "test.lua", line: 1),
          hint: "did you mean tonumber?"))
    #expect(fixture.failure("return math.randon()")?.hint == "did you mean random?")
  }

  @Test(arguments: [
    ("tostring({})", "table"), ("tostring(tostring)", "function"), ("('%s %d %%'):format({}, 3)", "table 3 %"),
    ("('%5.1f|%q'):format(2.25, 'a')", "  2.2|\"a\""), ("tostring(nil)", "nil"), ("tostring(12)", "12"),
    ("tostring(setmetatable({}, { __tostring = function() return 'x' end }))", "x"), ("('ab'):rep(3, '-')", "ab-ab-ab"),
    ("select(2, xpcall(error, function(m) return 'caught ' .. m end, 'e'))", "caught e"),
    ("tostring(select('#', xpcall(function(...) return ... end, tostring, 1, 2, 3)))", "4"),
    ("table.concat({ 1, 2 }, ',')", "1,2"),
    ("(function() local t = {} table.insert(t, 1) table.insert(t, 1, 2) return t[1] .. t[2] end)()", "21"),
    ("tostring(words('a b c'))", "3"), ("tostring(mentions('a b a', 'a', 'b'))", "3"),
    ("tostring(lexicon('a b', 'good'))", "0.5"), ("tostring(lexicon('a b', 'good', 'kind'))", "0.25"),
    ("tostring(lexicon('a b a', { a = 2, b = -0.5 }))", "3.5"), ("tostring(lexicon('a', {}))", "0.0"),
  ])
  func libraryFunctions(_ expression: String, _ expected: String) throws {
    #expect(try Fixture().run("return \(expression)").first?.text == expected)
  }

  @Test(arguments: [
    ("{ 3, 2, 1 }", "1 2 3"), ("{ b = 1, a = 1, aa = 1, [''] = 1 }", " a aa b"),
    ("{ 10, 20, x = 1, [true] = 1, [false] = 1, [-1] = 1, [2.5] = 1, [100] = 1 }", "-1 1 2 2.5 100 x false true"),
    ("{}", ""), ("{ [3] = 1, [1] = 1 }", "1 3"),
    ("setmetatable({}, { __pairs = function() return next, { z = 1 } end })", "z"),
    ("{ n = 1, nil, 2 }", "2 n"),
    ("{ [1 << 53] = 1, [(1 << 53) + 1] = 1, [2.0^53 + 2] = 1 }", "9007199254740992 9007199254740993 9007199254740994"),
  ])
  func pairsHasOneOrder(_ table: String, _ keys: String) throws {
    let source =
      "local t, out = \(table), {} for k in pairs(t) do out[#out + 1] = tostring(k) end return table.concat(out, ' ')"
    #expect(try Fixture().run(source).first?.text == keys)
  }

  @Test func pairsAllowsRemoval() throws {
    let source =
      "local t = { a = 1, b = 2, c = 3 } local s = '' for k in pairs(t) do s = s .. k t[k] = nil t.b = nil end return s"
    #expect(try Fixture().run(source).first?.text == "ac")
    #expect(try Fixture().failure("for k in pairs(nil) do end")?.message.contains("table expected") == true)
  }

  @Test func hostErrorsPassThroughUnchanged() throws {
    let state = try LuaState(limits: LuaLimits(), text: FixedText())
    let original = ReadoutError(
      .data, "bad value", value: "x", place: .init(file: "a.csv", line: 3, column: 2, step: "open", detail: "byte 9"),
      hint: "fix it", range: 4..<7)
    let fail = state.host.add { (_) throws(ReadoutError) in throw original }
    let globals = try Sandbox(state).globals(extras: [("fail", fail)], isOpen: false, compile: .null)
    let chunk = try state.load(Array("fail()".utf8), file: "t.lua", environment: globals)
    let error = #expect(throws: ReadoutError.self) { try state.call(chunk) }
    #expect(error == original)
    let rethrown = try state.load(Array("local ok, e = pcall(fail) error(e)".utf8), file: "t.lua", environment: globals)
    #expect(#expect(throws: ReadoutError.self) { try state.call(rethrown) } == original)
    let caught = try state.load(
      Array("local ok, e = pcall(fail) return tostring(e), e.hint, type(e), pcall(function() e.hint = 1 end)".utf8),
      file: "t.lua", environment: globals)
    let results = try state.call(caught)
    #expect(results[0].text == "bad value: x")
    #expect(results[1].text == "fix it")
    #expect(results[2].text == "table")
  }

  /// Written into a metatable that is set already, they are ordinary keys.
  @Test(arguments: ["__mode", "__close", "__concat"])
  func eventsThatAreNotThere(_ event: String) throws {
    let fixture = try Fixture(time: .seconds(20))
    let refused = fixture.failure("setmetatable({}, { \(event) = 'k' })")
    #expect(refused?.message.hasPrefix("a metatable has no \(event) here") == true)
    let later = "local meta = {} local t = setmetatable({}, meta) meta.\(event) = function() return 'called' end "
    switch event {
    case "__close":
      #expect(fixture.failure(later + "local c <close> = t")?.message == "variable 'c' got a non-closable value")
    case "__concat":
      #expect(fixture.failure(later + "return t .. 'x'")?.message == "attempt to concatenate a table value (local 't')")
    default:
      let kept = """
        local meta = {}
        local t = setmetatable({}, meta)
        meta.__mode = "kv"
        for i = 1, 100 do t[i] = {} end
        for i = 1, 100000 do local garbage = { {}, i .. "" } end
        return #t
        """
      #expect(try fixture.run(kept)[0].integer == 100)
    }
    // Long texts are put together in buffers that Lua closes by the event.
    #expect(try fixture.run("return #table.concat({ ('x'):rep(100000), 'y' })")[0].integer == 100_001)
  }

  @Test func textErrorsKeepTheirHint() throws {
    #expect(try Fixture().failure("return lexicon('a', 'bad')")?.hint == "there are: good")
    #expect(try Fixture().failure("return words(nil)")?.message == "words wants strings; argument 1 is a nil value")
    #expect(try Fixture().failure("return words()")?.message == "words wants strings; argument 1 is missing")
  }
}

/// Words are runs between blanks; terms count when equal to a word; the lexicon `good` gives 0.5, a category of it 0.25.
struct FixedText: TextFunctions {
  func words(in text: Span<UInt8>) -> Int { pieces(text).count }
  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter { Counter(terms: terms) }
  func query(_ query: String) throws(ReadoutError) -> any TextCounter { Counter(terms: [query]) }
  func forEachToken(in text: Span<UInt8>, _ body: (Range<Int>, Span<UInt8>) -> Void) {
    for range in ranges(text) { body(range, text.extracting(range)) }
  }
  func sentences(in text: Span<UInt8>) -> [Range<Int>] { text.isEmpty ? [] : [0..<text.count] }
  func lexicon(named name: String, category: String?) throws(ReadoutError) -> any TextScorer {
    guard name == "good" else { throw ReadoutError(.request, "unknown lexicon", value: name, hint: "there are: good") }
    return Scorer(weight: category == nil ? 0.5 : 0.25)
  }

  func lexicon(of entries: [(term: String, weight: Double)]) throws(ReadoutError) -> any TextScorer {
    Weights(entries: entries)
  }

  struct Weights: TextScorer {
    let entries: [(term: String, weight: Double)]
    func score(of text: Span<UInt8>) -> Double {
      pieces(text).reduce(0) { sum, piece in sum + (entries.first { $0.term == piece }?.weight ?? 0) }
    }
  }
  struct Counter: TextCounter {
    let terms: [String]
    func count(in text: Span<UInt8>) -> Int { pieces(text).count { terms.contains($0) } }
  }
  struct Scorer: TextScorer {
    var weight = 0.5
    func score(of text: Span<UInt8>) -> Double { weight }
  }
}

private func ranges(_ text: Span<UInt8>) -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  for i in text.indices where text[i] != 0x20 {
    if ranges.last?.upperBound == i {
      ranges[ranges.count - 1] = ranges.last!.lowerBound..<i + 1
    } else {
      ranges.append(i..<i + 1)
    }
  }
  return ranges
}

private func pieces(_ text: Span<UInt8>) -> [String] {
  var bytes: [UInt8] = []
  for i in text.indices { bytes.append(text[i]) }
  return String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
}
