import ReadoutEngine
import Testing

@testable import ReadoutLua

@Suite struct AnalysisTests {
  private func failure(_ source: String, limits: LuaLimits = LuaLimits()) -> ReadoutError? {
    do throws(ReadoutError) {
      _ = try output(source, limits: limits)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    ("print(1, 2.5, 'x', nil, true, {})", "1\t2.5\tx\tnil\ttrue\ttable\n"),
    ("print(arg[0], arg[1], #arg, arg.month, arg[3])", "analyses/test.lua\tone\t2\t2025-01\tnil\n"),
    ("x = 3 print(x, _G.x)", "3\t3\n"), ("print(type(clock()), clock() >= 0)", "number\ttrue\n"),
    ("print(open 'data')", "dataset data: statements\n"),
    ("print(open('data').statements)", "[country tone n date text: 6]\n"),
    ("local q = open('data').statements print(#q, q[1].country, q[4].country, q[7], q[0])", "6\tKOR\tnil\tnil\tnil\n"),
    (
      "local q = open('data').statements print(q[2].tone, q[2].n, q[2].date, q[2].text, q[3].tone)",
      "-0.5\t2\t2024-10-05\tb\tnil\n"
    ),
    ("print(table.concat(open('data').statements:select('n, country').names, ','))", "n,country\n"),
    ("local c = open('data').statements:column 'tone' print(c.n, c[1], c[3], c[4])", "6\t1.0\tnil\t2.0\n"),
    ("local rows = open('data').statements:where('n > 4'):rows() print(#rows, rows[1].n, rows[2].n)", "2\t5\t6\n"),
    ("open('data').statements:limit(2):print(1)", "[country tone n date text: 1]\n"),
    (
      "local q = open('data').statements:by('country'):measure('s = sum(n)'):sort('-s') print(#q, q[1].country, q[1].s, q[2].s)",
      "3\tKOR\t10\t7\n"
    ),
    (
      "local q = open('data').statements:where(function(row) return row.tone and row.tone < 0 end) print(#q, q[1].n, q[2].n)",
      "2\t2\t6\n"
    ),
    ("local q = open('data').statements:where(function(row) local k = 'n' return row[k] > 4 end) print(#q)", "2\n"),
    (
      "local q = open('data').statements:where(function(row) return row['date'] == '2024-10-05' end) print(#q, q[1].n)",
      "1\t2\n"
    ),
    (
      "local q = open('data').statements:derive('m', function(row) return row.n * 2 end):where 'm > 8' print(#q, q[1].m, q.names[6])",
      "2\t10\tm\n"
    ),
    (
      "local q = open('data').statements:derive('n', function(r) return r.tone and r.tone + 1 end) print(q[1].n, q[3].n)",
      "2.0\tnil\n"
    ),
    (
      "local q = open('data').statements:derive('d', function(r) return r.date end):where(\"d >= '2024-10-08'\") print(#q)",
      "2\n"
    ),
    (
      "local t = dataset { ev = { { b = 1, a = 'x' }, { b = 2.5, c = true }, { l = { 'p', 'q' } } } }.ev print(table.concat(t.names, ' '), t[1].a, t[2].b, t[2].a, t[3].l[2])",
      "a b c l\tx\t2.5\tnil\tq\n"
    ),
    (
      "local t = dataset { ev = { { d = '2025-11-04' }, { d = '2025-11-05' } } }.ev print(#t:where(\"d > '2025-11-04'\"))",
      "1\n"
    ),
    (
      "metric { name = 'twice', params = { { 'x', 'number' } }, returns = 'number', each = function(x) return 2 * x end } print(open('data').statements:select('t = twice(n)')[2].t)",
      "4.0\n"
    ),
    (
      "metric { name = 'total', params = { { 'x', 'integer' } }, returns = 'integer', init = function() return { n = 0 } end, update = function(s, x) s.n = s.n + x end, merge = function(s, o) s.n = s.n + o.n end, finalize = function(s) return s.n end } local q = open('data').statements:by('country'):measure('t = total(n)') print(q[1].t, q[2].t, q[3].t)",
      "10\t7\t4\n"
    ),
    (
      "local ok, e = pcall(function() return #open('data').statements:where 'nope > 1' end) print(ok, tostring(e), e.hint ~= nil, type(e))",
      "false\tunknown column: nope\ttrue\ttable\n"
    ),
    ("print(words 'a b c')", "3\n"),
  ])
  func scripts(_ source: String, _ expected: String) throws {
    #expect(try output(source) == expected)
  }

  @Test func resultsAreComputedOnce() throws {
    let host = TestHost()
    _ = try output(
      "local q = open('data').statements:where 'n > 1' print(q) print(#q, q[1].n) q:csv 'a.csv' q:json('b.json', {})",
      host)
    #expect(host.runs == 1)
    #expect(host.written == ["csv a.csv 5", "json b.json 5"])
    let lazy = TestHost()
    _ = try output(
      "local q = open('data').statements:derive('x', function(r) return r.n end):where(function(r) return r.n > 1 end)",
      lazy)
    #expect(lazy.runs == 0)
  }

  @Test func rowsAreTheScriptsOwn() throws {
    #expect(
      try output("local q = open('data').statements local r = q:rows() r[1].n = 9 print(q[1].n, q:rows()[1].n)")
        == "1\t1\n")
  }

  @Test(
    arguments: [
      (
        "local q = open('data').statements\n  :where 'n > 1'\n  :where 'n = 1'\nprint(q)", "unexpected",
        "analyses/test.lua", 3, "where"
      ),
      (
        "local q = open('data').statements\n  :where 'n > 1'\n  :by 'contry'\nprint(q)", "unknown column",
        "analyses/test.lua", 3, "by"
      ),
      ("open 'nowhere'", "nothing there", "analyses/test.lua", 1, nil),
      ("local d = open 'data'\nprint(d.statement)", "unknown table", "analyses/test.lua", 2, nil),
      ("open('data').statements:wher 'x'", "unknown method of a query", "analyses/test.lua", 1, nil),
      ("open('data').statements.where('x')", "where is a method of a query", "analyses/test.lua", 1, nil),
      ("open('data').statements:where()", "where takes a text", "analyses/test.lua", 1, "where"),
      (
        "open('data').statements:limit(-1)", "limit takes how many rows, and how many to skip", "analyses/test.lua", 1,
        "limit"
      ),
      ("open('data').statements:csv '/etc/passwd'", "outside of the reports", "analyses/test.lua", 1, "csv"),
      ("\nlocal x = nil + 1", "attempt to perform arithmetic on a nil value", "analyses/test.lua", 2, nil),
      ("print(undefined)", "unknown global", "analyses/test.lua", 1, nil),
      ("local x = = 1", "unexpected", "analyses/test.lua", 1, nil),
      (
        "local q = open('data').statements\nq[1] = 3", "attempt to index a query value (local 'q')",
        "analyses/test.lua", 2, nil
      ),
      (
        "print(#open('data').statements:where(function(row)\n  return row.n\nend))",
        "the function of where gives an integer, not true, false or nil", "analyses/test.lua", 1, "where"
      ),
      (
        "print(#open('data').statements:where(function(row)\n  return row.n.x > 1\nend))",
        "attempt to index a number value (field 'n')", "analyses/test.lua", 2, "where"
      ),
      (
        "print(#open('data').statements:where(function(row) local k = 'm' return row[k] end))", "unknown column",
        "analyses/test.lua", 1, "where"
      ),
      (
        "print(#open('data').statements:where(function(row) row.n = 1 local r = row return true end))", nil, nil, nil,
        nil
      ),
      (
        "local n = 0\nopen('data').statements:where(function(row)\n  n = n + 1 return true end)",
        "the function of where keeps state between calls", "analyses/test.lua", 3, nil
      ),
      (
        "print(#open('data').statements:where(function(row) return #open('data').statements > row.n end))",
        "not available in a function of rows", "analyses/test.lua", 1, "where"
      ),
      (
        "print(open('data').statements:derive('x', function(r) return r.n == 1 and 'a' or 2 end))",
        "column x mixes string and integer", "analyses/test.lua", 1, "derive"
      ),
      ("metric { name = 'm' }", "m has no function", "analyses/test.lua", nil, nil),
      (
        "local n = 0\nmetric { name = 'm', params = {}, returns = 'number', each = function() n = 1 end }",
        "metric m keeps state between calls", "analyses/test.lua", 2, nil
      ),
      (
        "metric { name = 'm', params = { { 'x', 'integer' } }, returns = 'string',\n each = function(x) return x end }\nprint(open('data').statements:select('y = m(n)'))",
        "m gives an integer, not a string", "analyses/test.lua", 2, "metric m"
      ),
      ("dataset { a = { { x = 1 }, { x = 'a' } } }", "column x mixes integer and string", "analyses/test.lua", 1, nil),
      ("dataset { a = 1 }", "a table is a list of rows", "analyses/test.lua", 1, nil),
      ("error 'mine'", "mine", "analyses/test.lua", 1, nil),
      ("error({ code = 1 })", "(error object is a table value)", "analyses/test.lua", 1, nil),
      ("while true do end", "stopped at its time limit", "analyses/test.lua", 1, nil),
    ] as [(String, String?, String?, Int?, String?)])
  func errors(_ source: String, _ message: String?, _ file: String?, _ line: Int?, _ step: String?) {
    let error = failure(source, limits: LuaLimits(time: .milliseconds(300)))
    #expect(error?.message == message)
    #expect(error?.place.file == file)
    if let line { #expect(error?.place.line == line) }
    #expect(error?.place.step == step)
    if let error, message != "nothing there" { #expect(error.blame == .request) }
  }

  @Test func errorsKeepTheirBlame() {
    #expect(failure("open 'nowhere'")?.blame == .data)
    #expect(failure("local ok, e = pcall(open, 'nowhere') error(e)")?.blame == .data)
  }

  @Test func theSameWithAnyThreads() throws {
    let source = """
      local rows = {}
      for i = 1, 5000 do rows[i] = { k = 'k' .. i % 7, v = i / 3 } end
      metric { name = 'm2', params = { { 'x', 'number' } }, returns = 'number',
        init = function() return { n = 0, s = 0.0 } end, update = function(s, x) s.n = s.n + 1 s.s = s.s + x end,
        merge = function(s, o) s.n = s.n + o.n s.s = s.s + o.s end, finalize = function(s) return s.s / s.n end }
      local q = dataset { t = rows }.t:where(function(r) return r.v > 10 end):by 'k':measure 'm = m2(v)'
      for i = 1, #q do print(q[i].k, ('%a'):format(q[i].m)) end
      """
    let outputs = try [1, 2, 8].map { threads in
      let host = TestHost()
      host.threads = threads
      return try output(source, host)
    }
    #expect(outputs[0] == outputs[1] && outputs[1] == outputs[2])
    #expect(outputs[0].split(separator: "\n").count == 7)
  }
}
