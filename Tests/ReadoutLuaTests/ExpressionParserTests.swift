import ReadoutEngine
import Testing

@testable import ReadoutLua

@Suite struct ExpressionParserTests {
  @Test(arguments: [
    "tone < 0 and country == 'KOR'", "a or b and c", "(a or b) and c", "a - b - c", "a - (b - c)", "a ^ b ^ c",
    "(a ^ b) ^ c", "-x ^ 2", "(-x) ^ 2", "2 ^ (-3)", "not a == b", "not (a == b)", "a .. b .. c", "(a .. b) .. c",
    "mean(stance(text, 'OPCON transfer'))", "count_if(tone < 0) / count()", "row['Stance %'] * 100", "a // b % c",
    "a << 2 | b & c ~ d >> 1", "~a", "#text", "x == nil", "{'a', 'b'}", "1.5e+20", "0.1", "math.huge", "'it\\'s'",
    "date >= '2025-01-01'", "a <= b", "a ~= b", "'\\\\n'", "row['and']",
  ])
  func roundTrip(_ text: String) throws {
    let expression = try ExpressionParser.expression(text)
    #expect(expression.description == text)
    #expect(try ExpressionParser.expression(expression.description) == expression)
  }

  @Test func literals() throws {
    let cases: [(String, Scalar)] = [
      ("3", .integer(3)), ("0xff", .integer(255)), ("9223372036854775807", .integer(.max)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("0xffffffffffffffff", .integer(-1)),
      ("0x1p4", .number(16)), ("3.", .number(3)), (".5", .number(0.5)), ("1e2", .number(100)), ("0x.8", .number(0.5)),
      ("1e400", .number(.infinity)), ("'a\\65\\x42\\u{20AC}\\z   c'", .string("aAB€c")), ("[[\na]]", .string("a")),
      ("[==[a]]b]==]", .string("a]]b")), ("\"a\\\nb\"", .string("a\nb")), ("nil", .null), ("true", .boolean(true)),
      ("math.pi", .number(.pi)), ("math.mininteger", .integer(.min)), ("'\\u{10FFFF}'", .string("\u{10FFFF}")),
    ]
    for (text, value) in cases {
      #expect(try ExpressionParser.expression(text).node == .literal(value), "\(text)")
    }
  }

  @Test func ranges() throws {
    let expression = try ExpressionParser.expression(" tone + mean( x )")
    guard case .binary(.add, let left, let right) = expression.node else { throw Unexpected() }
    #expect(expression.range == 1..<17)
    #expect(left.range == 1..<5)
    #expect(right.range == 8..<17)
  }

  @Test func comments() throws {
    #expect(try ExpressionParser.expression("a --[[ why ]] + b -- end").description == "a + b")
  }

  @Test(
    arguments: [
      ("tone = 0", "unexpected", "=", 5..<6, "Lua writes == for equal"),
      ("tone != 0", "unexpected character", "!", 5..<6, "Lua writes ~= for not equal"),
      ("a && b", "unexpected", "&&", 3..<4, "Lua writes and"),
      ("a || b", "unexpected", "||", 3..<4, "Lua writes or"),
      ("a <> b", "unexpected", "<>", 3..<4, "Lua writes ~= for not equal"),
      ("!a", "unexpected character", "!", 0..<1, "Lua writes not"),
      ("a == 'x", "unclosed string", "'x", 5..<7, "close it with '"),
      ("a ==", "unexpected end", nil, 4..<4, "a value is missing"),
      ("(a + b", "unexpected end, ( is not closed", nil, 0..<1, "close it with )"),
      ("f(a", "unexpected end, ( is not closed", nil, 1..<2, "close it with )"),
      ("a b", "unexpected", "b", 2..<3, "expected an operator or the end"),
      ("a IS nil", "unexpected", "IS", 2..<4, "write == nil or ~= nil"),
      ("a in b", "unexpected", "in", 2..<4, "write name == 'a' or name == 'b'"),
      ("3x", "malformed number", "3x", 0..<2, nil),
      ("1_000", "malformed number", "1_000", 0..<5, "Lua has no digit separators"),
      (
        "'\\q'", "invalid escape in a string", "\\q", 1..<3,
        "write \\\\ for a backslash, or [[…]] for a string without escapes"
      ),
      ("math.floor(x)", "unknown function", "math.floor", 0..<10, "write floor(…)"),
      ("string.len(x)", "unknown function", "string.len", 0..<10, "write length(…)"),
      ("text:lower()", "an expression has no methods", "lower", 5..<10, "write lower(text, …)"),
      ("tbl.x", "an expression does not look into tables", nil, 0..<5, "a column is written name, or row[\"name\"]"),
      (
        "straße == 1", "unexpected character", "ß", 4..<6,
        "a column whose name is not a Lua name is written row[\"name\"]; strings stand in quotes"
      ),
      ("", "empty expression", nil, 0..<0, nil),
      ("  ", "empty expression", nil, 0..<0, nil),
      ("--[[ a", "unclosed comment", nil, 2..<4, "close it with ]]"),
      ("a.", "unexpected end", nil, 2..<2, "a name is missing"),
    ] as [(String, String, String?, Range<Int>, String?)])
  func errors(_ text: String, _ message: String, _ value: String?, _ range: Range<Int>, _ hint: String?) {
    let error = #expect(throws: ReadoutError.self) { try ExpressionParser.expression(text) }
    #expect(error == ReadoutError(.request, message, value: value, hint: hint, range: range))
  }

  @Test func lists() throws {
    let items = try ExpressionParser.list("country, month = bucket(date, 'month'), [\"Stance %\"] = mean(x);")
    #expect(items.map(\.name) == [nil, "month", "Stance %"])
    #expect(items.map(\.expression.description) == ["country", "bucket(date, 'month')", "mean(x)"])
    #expect(try ExpressionParser.list("").isEmpty)
    let error = #expect(throws: ReadoutError.self) { try ExpressionParser.list("a = 1 b = 2") }
    #expect(error?.range == 6..<7)
  }

  @Test func sortLists() throws {
    let items = try ExpressionParser.sortList("-statements, country, -mean(x)")
    #expect(items.map(\.isDescending) == [true, false, true])
    #expect(items.map(\.expression.description) == ["statements", "country", "mean(x)"])
    let error = #expect(throws: ReadoutError.self) { try ExpressionParser.sortList("n desc") }
    #expect(error?.hint == "write -name for descending")
    #expect(throws: ReadoutError.self) { try ExpressionParser.sortList("a = n") }
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "(", count: 100_000)
    #expect(throws: ReadoutError.self) { try ExpressionParser.expression(deep) }
    #expect(throws: ReadoutError.self) {
      try ExpressionParser.expression(String(repeating: "-", count: 1) + String(repeating: "not ", count: 1000) + "x")
    }
    let chain = Array(repeating: "a", count: 199).joined(separator: " or ")
    #expect(try ExpressionParser.expression(chain).description == chain)
    let long = Array(repeating: "a", count: 100_000).joined(separator: " + ")
    let error = #expect(throws: ReadoutError.self) { try ExpressionParser.expression(long) }
    #expect(error?.message == "expression too long")
  }

  @Test func wholeChunks() throws {
    let source = """
      #!/usr/bin/lua
      local a <const>, b <close> = 1, nil
      local function f(x, ...) return x, ... end
      function m.n.o:p(q) self.q = q end
      for i = 1, 10, 2 do if i > 5 then break elseif i == 3 then goto next else f(i) end ::next:: end
      for k, v in pairs({1, x = 2; ["y"] = 3}) do print(k, v) end
      while a do repeat local z = f"s" until f{...} end
      do ; end
      x, y.z, t[1] = 1, 2
      return f(1)(2):g "x", function() end;
      """
    let chunk = try Parser.chunk(Array(source.utf8))
    #expect(chunk.body.statements.count == 9)
  }

  @Test(arguments: ["x", "f() = 1", "local 1", "for i do end", "if x then", "return 1 2", "a.b:c = 1", "x ="])
  func wrongChunks(_ source: String) {
    #expect(throws: ReadoutError.self) { try Parser.chunk(Array(source.utf8)) }
  }
}

struct Unexpected: Error {}
