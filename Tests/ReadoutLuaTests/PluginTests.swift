import ReadoutEngine
import Testing

@testable import ReadoutLua

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct PluginTests {
  static let good = """
    return {
      name = "m", summary = "A metric.", params = { { "x", "number" } }, returns = "number",
      each = function(x) return x * 2 end,
      examples = { { args = { 2 }, gives = 4 }, { args = { nil } }, { args = { 1.5 }, gives = 3 } },
    }
    """

  static func failure(_ source: String, modules: [String: String] = [:]) -> ReadoutError? {
    do throws(ReadoutError) {
      _ = try TestPlugin(source, modules: modules)
      return nil
    } catch { return error }
  }

  @Test func signature() throws {
    let plugin = try TestPlugin(Self.good)
    let signature = plugin.plugin.functions[0].signature
    #expect(signature.text == "m(x: integer | number) -> number")
    #expect(signature.summary == "A metric.")
    #expect(signature.examples.map(\.expression) == ["m(2.0)", "m(nil)", "m(1.5)"])
    #expect(signature.examples.map(\.gives) == ["4.0", "nil", "3.0"])
    #expect(plugin.plugin.runExamples().allSatisfy { $0.isGood })
  }

  @Test func wrongExamples() throws {
    let results = try TestPlugin(Self.good.replacing("gives = 4", with: "gives = 5")).plugin.runExamples()
    #expect(results[0].failure?.message == "m(2.0) gives 4.0, not 5.0")
    #expect(results[1].isGood)
  }

  @Test(
    arguments: [
      ("return 1", "a plugin returns a metric, or a list of metrics", nil),
      ("", "a plugin returns a metric, or a list of metrics", nil),
      ("return {}", "a plugin returns a metric, or a list of metrics", nil),
      ("return { { 1 } }", "a metric has named fields only", nil),
      ("return {\n  nmae = 'x' }", "unknown field of a metric", 2),
      ("return { summary = 'x' }", "a metric needs a name", nil),
      ("return {\n\n name = 'a b' }", "not a name for a metric", 3),
      ("return { name = 'end' }", "not a name for a metric", 1),
      ("return { name = 'mean' }", "a built-in function has this name", 1),
      ("return { name = 'm' }", "m has no function", nil),
      ("return { name = 'm', each = 1 }", "each of m is not a function", 1),
      ("return { name = 'm', each = function() end }", "m needs params", nil),
      ("return { name = 'm', each = function() end, params = { 'x' } }", "a parameter of m is not a pair", 1),
      ("return { name = 'm', each = function() end, params = { { 'x', 'float' } } }", "unknown type in params of m", 1),
      ("return { name = 'm', each = function() end, params = { { 'x', 'number' } } }", "m needs returns", nil),
      ("return { name = 'm', update = function() end }", "m lacks init", nil),
      ("return { name = 'm', each = function() end, init = function() end }", "m has each and a fold", 1),
      (
        "return { name = 'm', each = function() end, params = {}, returns = 'number', nulls = 'no' }",
        "unknown nulls of m", 1
      ),
      (
        "return { name = 'm', each = function() end, params = {}, returns = 'number',\nexamples = { { gives = 1 } } }",
        "example 1 has no args (m)", 2
      ),
      (
        "return { name = 'm', each = function() end, params = {}, returns = 'number',\nexamples = { { args = { 1 } } } }",
        "example 1 has more arguments than m has parameters (m)", 2
      ),
      (
        "return { name = 'm', each = function() end, params = { { 'a', 'date' } }, returns = 'number',\nexamples = { { args = { 'x' } } } }",
        "example 1 has a string in place of date (m)", 2
      ),
      ("x = 1", "global x cannot be set: write local x", 1), ("local x =\n+ 1", "unexpected", 2),
      ("return io", "unknown global", 1),
      ("local t = { = }", "unexpected", 1), ("goto nowhere", "no visible label 'nowhere' for <goto> at line 1", 1),
      ("require 'missing'", "unknown module", 1), ("require '../x'", "not the name of a module", 1),
      ("require('x/y')", "not the name of a module", 1),
    ] as [(String, String, Int?)])
  func refusals(_ source: String, _ message: String, _ line: Int?) {
    let error = Self.failure(source)
    #expect(error?.message == message)
    #expect(error?.place.line == line)
    #expect(error?.blame == .plugin)
    #expect(error?.place.file?.hasSuffix("/test.lua") == true)
  }

  @Test(arguments: [
    ("local n = 0", "function(x) n = n + 1 return n end", 3, "n"), ("", "function(x) n = x return x end", 3, "n"),
    ("local cache = {}", "function(x)\n cache[x] = 1 return x end", 4, "cache"),
    ("local seen = { n = {} }", "function(x) table.insert(seen.n, x) return x end", 3, "seen"),
    ("local n = 0 local function bump() n = n + 1 end", "function(x) bump() return x end", 1, "n"),
    ("local n = 0", "function(x) local f = function() n = 1 end f() return x end", 3, "n"),
    ("local n", "function(x) for i = 1, 2 do if x then n = i end end return x end", 3, "n"),
    ("local n", "function(x) rawset(n, 1, 2) return x end", 3, "n"),
    ("local n", "function(x) function n.f() end return x end", 3, "n"),
  ])
  func stateBetweenCallsIsRefused(_ head: String, _ function: String, _ line: Int, _ name: String) {
    let error = Self.failure(
      "\(head)\nreturn { name = 'm', params = { { 'x', 'number' } }, returns = 'number',\neach = \(function) }")
    #expect(error?.message == "metric m keeps state between calls")
    #expect(error?.value == name)
    #expect(error?.place.line == line)
  }

  /// What the source does not show is seen in the first batch, before rows depend on one another.
  @Test(
    arguments: [
      (
        "local t = {} for i = 1, 200 do t = { t } end", "local at = t while at[1] do at = at[1] end at.n = x", "t leads"
      ),
      ("local at = ('x'):rep(9):gmatch '()x'", "at()", "at leads"),
      ("local at = pairs { a = 1, b = 2 }", "at { b = 1 }", "at leads"),
      ("local at = each_token 'a b c'", "at()", "at leads"),
      ("", "local m = require 'a' local s = m s.n = x", "module a"),
      ("require 'a'", "local m = require 'a' local s = m s.n = x", "module a"),
      ("local require = require", "local m = require 'a' local s = m s.n = x", "module a"),
      ("", "if x > 1 then local m = require 'a' local s = m s.n = x end", "module a"),
      ("local t = { { n = 0 } } local function f() return t[1] end", "local s = f() s.n = 1 - s.n", "f leads"),
      ("local function f() return require 'a' end", "f()", nil), ("local require = require", "require 'outer'", nil),
      ("local g, next = string.gmatch, pairs {}", "for w in g('a b', '%a') do next {} end", nil),
      ("local t = { a = 1, b = 2 }", "for key, value in pairs(t) do x = x + value end", nil),
    ] as [(String, String, String?)])
  func stateBetweenCallsIsSeen(_ head: String, _ body: String, _ part: String?) throws {
    let plugin = try TestPlugin(
      """
      \(head)
      return { name = 'm', params = { { 'x', 'number' } }, returns = 'number', each = function(x) \(body) return x end }
      """,
      modules: [
        "a.lua": "return { n = 0 }", "inner.lua": "return {}",
        "outer.lua": "local t = require 'inner' t.n = 1 return t",
      ])
    let arguments = [Values((1...8).map { .number(Double($0)) }, .number)]
    // Once seen it stays refused, whether or not all is as it was.
    for _ in 1...3 {
      var error: ReadoutError?
      do throws(ReadoutError) { _ = try plugin.evaluate(arguments) } catch let thrown { error = thrown }
      #expect((error != nil) == (part != nil), "\(error?.message ?? "")")
      #expect(part == nil || error?.message.contains("\(part!) ") == true, "\(error?.message ?? "")")
    }
  }

  @Test(arguments: [
    ("local n = 0", "function(x) local n = n n = n + 1 return n end"),
    ("local t = {} for i = 1, 3 do t[i] = i end", "function(x) return t[1] end"),
    ("local function f(t) t.x = 1 return t end", "function(x) local t = f({}) t.y = 2 return t.x end"),
    ("", "function(x) local s = 0 for i = 1, 3 do local function g() s = s + i end g() end return s end"),
    ("local n = 0 local function unused() n = 1 end", "function(x) return x end"),
    ("", "function(n) n = n + 1 return n end"),
    ("local max", "function(x) local t = {} table.insert(t, x) table.sort(t) return t[1] end"),
  ])
  func pureFunctionsAreTaken(_ head: String, _ function: String) {
    #expect(
      Self.failure(
        "\(head)\nreturn { name = 'm', params = { { 'x', 'number' } }, returns = 'number',\neach = \(function) }")
        == nil)
  }

  @Test func modules() throws {
    let plugin = try TestPlugin(
      "local a = require 'lib.a'\nlocal again = require 'lib.a'\nreturn { name = 'm', params = {}, returns = 'boolean', each = function() return a == again and a.value == 3 end, examples = { { args = {}, gives = true } } }",
      modules: ["lib/a.lua": "local b = require 'lib.b' return { value = b + 1 }", "lib/b.lua": "return 2"])
    #expect(plugin.plugin.runExamples()[0].given == .boolean(true))
    let cycle = Self.failure("require 'lib.a'", modules: ["lib/a.lua": "require 'lib.a'"])
    #expect(cycle?.message == "module lib.a requires itself")
    let broken = Self.failure("require 'lib.a'", modules: ["lib/a.lua": "local x\nx = = 1"])
    #expect(broken?.place.file?.hasSuffix("lib/a.lua") == true)
    #expect(broken?.place.line == 2)
    let stateful = Self.failure(
      "return require 'lib.a'",
      modules: [
        "lib/a.lua": "local n\nreturn { name = 'm', params = {}, returns = 'number', each = function() n = 1 end }"
      ])
    #expect(stateful?.message == "metric m keeps state between calls")
    #expect(stateful?.place.line == 2)
  }

  @Test func linksDoNotLeadOut() throws {
    let outside = TestFolder()
    outside.write("secret.lua", "return 1")
    let folder = TestFolder()
    unsafe symlink("\(outside.path)/secret.lua", "\(folder.path)/link.lua")
    let file = folder.write("p.lua", "require 'link'")
    let error = #expect(throws: ReadoutError.self) { try Plugin(file: file, text: FixedText()) }
    #expect(error?.message == "a module outside the folder")
  }

  @Test func descriptions() throws {
    let data = try DescriptionFile.parse(
      "return { title = 'T', tables = { a = { file = 'a.csv', n = 1 + 1 } }, 1, 'x' }", named: "d.lua")
    #expect(data["title"].string == "T")
    #expect(data["tables"].entries.map(\.key) == ["a"])
    #expect(data["tables"]["a"]["n"].integer == 2)
    #expect(data.items == [.integer(1), .string("x")])
    let error = #expect(throws: ReadoutError.self) {
      try DescriptionFile.parse("return {\n f = print }", named: "d.lua")
    }
    #expect(error?.place.line == 2)
    #expect(error?.blame == .request)
    #expect(
      #expect(throws: ReadoutError.self) { try DescriptionFile.parse("return { f = function() end }", named: "d.lua") }?
        .message == "a description is plain data, it cannot hold a function")
    #expect(
      #expect(throws: ReadoutError.self) { try DescriptionFile.parse("return 1", named: "d.lua") }?.place.file
        == "d.lua")
  }

  /// The plugins that come with Readout, with the words and mentions of a simple splitter.
  @Test(arguments: ["stance", "hedging", "tone", "commitment", "polarisation", "salience"])
  func ownPlugins(_ name: String) throws {
    var root = "\(#filePath)"
    for _ in 0..<3 { root = SourceFile.folder(of: root) }
    let plugin = try Plugin(file: "\(root)/plugins/\(name).lua", text: FixedText())
    let results = plugin.runExamples()
    #expect(!results.isEmpty)
    for result in results { #expect(result.isGood, "\(result.failure?.description ?? "")") }
  }
}
