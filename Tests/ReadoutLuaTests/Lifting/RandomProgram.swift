import ReadoutEngine
import ReadoutVectors

/// A random metric in Lua, mostly of what can be lifted, and now and then what raises an error.
struct RandomProgram {
  enum Kind: CaseIterable {
    case integer, number, boolean, string, any
  }

  let parameters: [DataType]
  let passesNulls: Bool
  let result: DataType
  /// Whether it stands on one line, beside others: then only its bytecode tells which it is.
  let isOnOneLine: Bool
  private(set) var body = ""
  private var random: SplitMix64
  private var scope: [(name: String, kind: Kind)] = []
  /// Local functions without parameters, most of which change a variable, by what they give.
  private var functions: [(name: String, kind: Kind)] = []
  private var names = 0
  private var depth = 0
  private var loops = 0
  /// Indentation, so that a failing program can be read.
  private var margin = "    "

  /// The metric's table; `name` is also unique among its lines.
  func source(named name: String) -> String {
    let pairs = parameters.enumerated().map { "{ \"p\($0.offset)\", \"\($0.element.rawValue)\" }" }
    let source = """
        { name = "\(name)", params = { \(pairs.joined(separator: ", ")) }, returns = "\(result.rawValue)",\
      \(passesNulls ? " nulls = \"pass\"," : "")
          each = function(\(parameters.indices.map { "p\($0)" }.joined(separator: ", ")))
      \(body)    end },

      """
    return isOnOneLine ? source.split(separator: "\n").joined(separator: " ") : source
  }

  /// The program as a function of a row whose columns are `p0`, `p1`, ….
  var rowFunction: String {
    let locals = parameters.indices.map { "    local p\($0) = row.p\($0)\n" }.joined()
    return "function(row)\n\(locals)\(body)  end"
  }

  /// What stands before the metrics: helpers and constant tables that they use.
  static let preamble = """
    local weights = { war = 2, peace = -1, KOR = 0.5, a = "text", yes = true, [3] = 7, [-1] = 0.25 }
    local scores = { 1, 4, 9, 16 }
    local tones = { war = -2, peace = 2.5, Seoul = 1 }
    local follows = { peace = { ["and"] = "x", war = "y" }, calls = { Seoul = 1, a = 0.5 } }
    local limit, rate, label = 3, 0.75, "K"
    local floor, max, abs = math.floor, math.max, math.abs
    local function half(x) return x / 2 end
    local function clamp(x, low, high)
      if x < low then return low elseif x > high then return high end
      return x
    end
    local function both(a, b) return a, b end

    """

  init(seed: UInt64, result wanted: DataType? = nil) {
    random = SplitMix64(seed: seed)
    isOnOneLine = random.chance(4)
    var parameters: [DataType] = []
    for _ in 0...random.below(3) {
      parameters.append(
        random.pick([
          .integer, .number, .boolean, .string, .number, .integer, .text, .integer, .number, .string, .date, .timestamp,
        ]))
    }
    self.parameters = parameters
    passesNulls = random.chance(4)
    let own: DataType = random.pick([
      .number, .number, .integer, .boolean, .string, .text, .number, .integer, .boolean, .string, .date, .timestamp,
    ])
    result = wanted ?? own
    for (index, type) in parameters.enumerated() {
      let kind: Kind =
        switch type {
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        default: .string
        }
      scope.append(("p\(index)", kind))
    }
    block(3 + random.below(4))
    line("return \(outcome(3))")
  }

  private var wanted: Kind {
    switch result {
    case .integer: .integer
    case .number: .number
    case .boolean: .boolean
    default: .string
    }
  }

  // MARK: Statements

  private mutating func line(_ text: String) { body += "\(margin)  \(text)\n" }

  private mutating func block(_ statements: Int) {
    let outer = (scope, functions)
    for _ in 0..<statements { statement() }
    if depth > 0 { (scope, functions) = outer }
  }

  private mutating func nested(_ statements: Int) {
    depth += 1
    margin += "  "
    block(statements)
    margin.removeLast(2)
    depth -= 1
  }

  private mutating func statement() {
    if depth < 2, random.chance(24) { return random.chance(2) ? effect() : escape() }
    switch random.below(depth < 3 ? 14 : 5) {
    case 12, 13:
      if loops < 2, depth < 2 { wordLoop() } else { statement() }
    case 0, 1, 2:
      names += 1
      let kind = random.pick(Kind.allCases)
      line("local v\(names) = \(expression(kind, 3))")
      scope.append(("v\(names)", kind))
    case 3, 4:
      let target = random.pick(scope)
      let kind = random.chance(6) ? random.pick(Kind.allCases) : target.kind
      if random.chance(8), scope.count > 1 {
        let other = random.pick(scope)
        line("\(target.name), \(other.name) = \(expression(kind, 2)), \(expression(other.kind, 2))")
      } else {
        line("\(target.name) = \(expression(kind, 3))")
      }
    case 5, 6, 7, 8:
      line("if \(expression(.boolean, 2)) then")
      nested(1 + random.below(2))
      if random.chance(3) { line("  \(leave())") }
      if random.chance(3) {
        line("elseif \(expression(.boolean, 2)) then")
        nested(1 + random.below(2))
      }
      if random.chance(2) {
        line("else")
        nested(1 + random.below(2))
      }
      line("end")
    case 9:
      guard loops < 2 else { return statement() }
      loops += 1
      names += 1
      let name = "i\(names)"
      line(
        "for \(name) = \(random.pick(["1, 3", "3, 1, -1", "0, 4, 2", "1, 0", "-1, 1", "1, #\"abc\"", "limit, 5"])) do")
      let outer = scope
      scope.append((name, .integer))
      nested(1 + random.below(2))
      if random.chance(3) { line("  if \(expression(.boolean, 1)) then break end") }
      scope = outer
      line("end")
      loops -= 1
    case 10:
      names += 1
      let name = "f\(names)"
      let own = scope
      line("local function \(name)(x)")
      scope.append(("x", .number))
      nested(1)
      line("  return \(expression(.number, 2))")
      line("end")
      scope = own
      names += 1
      line("local v\(names) = \(name)(\(expression(.number, 1)))")
      scope.append(("v\(names)", .number))
    default:
      if random.chance(6) { line("assert(\(expression(.boolean, 1)), \"no\")") } else { statement() }
    }
  }

  /// A function that changes a variable from outside: what stands beside its calls sees that, or does not.
  private mutating func effect() {
    names += 1
    let name = "f\(names)"
    let (target, kind) = (random.pick(scope), random.pick([Kind.integer, .number, .string]))
    line("local function \(name)()")
    line("  \(target.name) = \(expression(target.kind, 1))")
    line("  return \(expression(kind, 1))")
    line("end")
    functions.append((name, kind))
  }

  /// A function that leaves the branch where it was made, with a variable of that branch.
  private mutating func escape() {
    names += 1
    let (name, kept) = ("f\(names)", "k\(names)")
    let kind: Kind = random.pick([.integer, .number, .string])
    line("local \(name)")
    line("if \(expression(.boolean, 1)) then")
    line("  local \(kept) = \(expression(kind, 2))")
    line("  \(name) = function() return \(kept) end")
    if random.chance(2) { line("  \(kept) = \(expression(kind, 1))") }
    if random.chance(2) {
      line("else")
      line("  \(name) = function() return \(expression(kind, 1)) end")
    }
    line("end")
    names += 1
    line("local v\(names) = \(name) and \(name)() or \(expression(kind, 1))")
    scope.append(("v\(names)", kind))
  }

  /// A loop over the words of a text, which carries a number and most often the word before.
  private mutating func wordLoop() {
    loops += 1
    names += 1
    let (word, count, previous) = ("w\(names)", "c\(names)", "q\(names)")
    line("local \(count), \(previous) = \(random.pick(["0", "0.0", "1", "nil"])), \(expression(.string, 0))")
    let pattern = random.pick(["\"%a+\"", "\"[%w\\128-\\255]+\"", "\"%S+\"", "\"%d\"", "\"%f[%a]%a+\""])
    let text = expression(.string, 1)
    line(
      random.pick([
        "for \(word) in string.gmatch(\(text), \(pattern)) do", "for \(word) in (\(text)):gmatch(\(pattern)) do",
        "for n\(names), \(word), l\(names), r\(names) in each_token(\(text)) do",
        "for n\(names), \(word) in ipairs(tokens(\(text))) do",
      ]))
    if random.chance(2) { line("  \(count) = \(count) or 0") }
    scope.append((count, .integer))
    scope.append((previous, .string))
    let outer = scope
    scope.append((word, .string))
    margin += "  "
    for _ in 0...random.below(3) {
      switch random.below(9) {
      case 6, 7: line("\(count) = (\(count) or 0) + \(expression(random.pick([.integer, .number]), 1))")
      case 0: line("\(count) = \(count) + (tones[\(word)] or 0)")
      case 1: line("if \(expression(.boolean, 1)) then \(count) = (\(count) or 1) + 1 end")
      case 2: line("if follows[\(word)] and follows[\(word)][\(previous)] then \(count) = \(count) + 2 end")
      case 3:
        names += 1
        line("local v\(names) = follows[\(word)]")
        line("\(count) = v\(names) and v\(names)[\(previous)] or \(count)")
      case 4: line("if \(previous) == \(word) then \(random.pick(["break", leave(), "\(count) = 7"])) end")
      case 5: line("if string.find(\(word), \"^[%d%u]\") then \(count) = #\(word) end")
      default:
        depth += 1
        statement()
        depth -= 1
      }
    }
    if !random.chance(5) { line("\(previous) = \(word)") }
    margin.removeLast(2)
    scope = outer
    line("end")
    loops -= 1
  }

  private mutating func leave() -> String {
    if random.chance(10) { return "error(\"refused\")" }
    if random.chance(6) { return "return nil" }
    return "return \(outcome(2))"
  }

  /// What is returned.
  private mutating func outcome(_ depth: Int) -> String {
    guard result.isTime, !random.chance(12) else { return expression(wanted, depth) }
    let own = parameters.indices.filter { parameters[$0] == result }.map { "p\($0)" }
    let known =
      own + (result == .date ? ["\"2025-01-31\"", "\"0001-12-31\""] : ["\"2025-01-31T12:30:00Z\"", "\"2025-01-31\""])
    if random.chance(3) { return "(\(expression(.boolean, 1)) and \(random.pick(known)) or \(random.pick(known)))" }
    return random.pick(known)
  }

  // MARK: Expressions

  private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if random.chance(40) { return expression(random.pick(Kind.allCases), max(0, depth - 1)) }
    let changing = functions.filter { $0.kind == kind || kind == .any }
    if !changing.isEmpty, random.chance(6) { return "\(random.pick(changing).name)()" }
    let known = scope.filter { $0.kind == kind || kind == .any }
    if depth == 0 || random.chance(4) {
      if !known.isEmpty, !random.chance(3) { return random.pick(known).name }
      return constant(kind)
    }
    if random.chance(12) {
      return
        "(\(expression(.boolean, depth - 1)) and \(expression(kind, depth - 1)) or \(expression(kind, depth - 1)))"
    }
    switch kind {
    case .integer: return integer(depth - 1)
    case .number: return number(depth - 1)
    case .boolean: return boolean(depth - 1)
    case .string: return string(depth - 1)
    case .any: return expression(random.pick([.integer, .number, .boolean, .string]), depth - 1)
    }
  }

  private mutating func constant(_ kind: Kind) -> String {
    switch kind {
    case .integer: random.pick(["0", "1", "-1", "2", "3", "7", "64", "limit", "math.maxinteger", "0x10", "100"])
    case .number: random.pick(["0.0", "0.5", "-1.5", "2.0", "1e15", "rate", "math.pi", "3", "-0.0", "1e300"])
    case .boolean: random.pick(["true", "false"])
    case .string: random.pick(["\"\"", "\"war\"", "\"a\"", "label", "\"KOR\"", "'é'", "'e\\u{301}'", "\"10\""])
    case .any: random.pick(["nil", "1", "0.5", "\"x\"", "true"])
    }
  }

  private mutating func integer(_ depth: Int) -> String {
    switch random.below(18) {
    case 16:
      let op = random.pick(["+", "-", "*", "//", "%", "+", "*", random.chance(8) ? "|" : "-"])
      return "(\(numeral()) \(op) \(expression(random.pick([.integer, .string]), depth)))"
    case 17:
      return random.pick(["-(\(numeral())", "floor(\(numeral())", "(0 | tonumber(\(numeral()))"])
        + ")"
    case 0...5:
      let op = random.pick(["+", "-", "*", "//", "%", "&", "|", "~", "<<", ">>"])
      return "(\(expression(.integer, depth)) \(op) \(expression(.integer, depth)))"
    case 6: return "#\(named(.string, depth))"
    case 7: return "-\(named(.integer, depth))"
    case 8: return "floor(\(expression(.number, depth)))"
    case 9: return "math.ceil(\(expression(.number, depth)))"
    case 10: return "(math.tointeger(\(expression(.number, depth))) or 0)"
    case 11: return "(string.byte(\(expression(.string, depth)), \(expression(.integer, 0))) or 0)"
    case 12: return "(string.find(\(expression(.string, depth)), \(expression(.string, 0)), 1, true) or -1)"
    case 13: return "~\(named(.integer, depth))"
    case 14: return random.pick(["words", "#string.lower"]) + "(\(expression(.string, depth)))"
    default: return "(\(entry("scores", expression(.integer, depth))) or 0)"
    }
  }

  /// A string that may be a number.
  private mutating func numeral() -> String {
    random.chance(2)
      ? expression(.string, 0)
      : random.pick(["\"10\"", "\" 0x1F \"", "\"-2.5\"", "\"1e2\"", "\"0x.8\"", "\"9223372036854775808\""])
  }

  private mutating func number(_ depth: Int) -> String {
    switch random.below(20) {
    case 18: return "lexicon(\(expression(.string, depth)), \(random.pick(["tones", "{ war = 1, a = 2 }"])))"
    case 19: return "(has(\(expression(.string, depth)), \"war | peace\") and 1 or 0.5)"
    case 16:
      let op = random.pick(["+", "-", "*", "/", "//", "%", "^"])
      return "(\(expression(.number, depth)) \(op) \(numeral()))"
    case 17: return "(tonumber(\(numeral())) or \(expression(.number, depth)))"
    case 0...5:
      let op = random.pick(["+", "-", "*", "/", "//", "%", "^"])
      return "(\(expression(.number, depth)) \(op) \(expression(random.pick([.number, .integer]), depth)))"
    case 6: return "half(\(expression(.number, depth)))"
    case 7: return "clamp(\(expression(.number, depth)), \(expression(.integer, 0)), \(expression(.number, 0)))"
    case 8: return "max(\(expression(.number, depth)), \(expression(.integer, depth)))"
    case 9: return "math.min(\(expression(.integer, depth)), \(expression(.number, depth)), 2)"
    case 10:
      return random.pick(["math.sqrt", "math.exp", "math.log", "math.sin", "math.atan", "abs"])
        + "(\(expression(.number, depth)))"
    case 11: return "math.fmod(\(expression(.number, depth)), \(expression(random.pick([.number, .integer]), depth)))"
    case 12: return "(\(entry("weights", expression(random.pick([.string, .integer]), depth))) or 0)"
    case 13: return "math.log(\(expression(.number, depth)), \(expression(.integer, 0)))"
    case 14: return "(both(\(expression(.number, depth)), \(expression(.integer, 0))))"
    default: return "-\(named(.number, depth))"
    }
  }

  private mutating func boolean(_ depth: Int) -> String {
    switch random.below(13) {
    case 12:
      let pattern = random.pick(["\"^%d\"", "\"[aeiou]\"", "\"%s%a\"", "\"a%f[%A]\""])
      return "(\(random.pick(["string.find", "string.match"]))(\(expression(.string, depth)), \(pattern)) ~= nil)"
    case 0...3:
      let kind: Kind = random.pick([.integer, .number, .number])
      let op = random.pick(["<", "<=", ">", ">=", "==", "~="])
      return "(\(expression(kind, depth)) \(op) \(expression(random.pick([kind, .integer, .number]), depth)))"
    case 4, 5:
      let op = random.pick(["==", "~=", "<", "<="])
      return "(\(expression(.string, depth)) \(op) \(expression(.string, depth)))"
    case 6: return "not \(expression(.boolean, depth))"
    case 7: return "(\(expression(.boolean, depth)) \(random.pick(["and", "or"])) \(expression(.boolean, depth)))"
    case 8: return "(\(expression(.any, depth)) \(random.pick(["==", "~="])) \(expression(.any, depth)))"
    case 9: return "(math.type(\(expression(.number, depth))) == \"integer\")"
    case 10:
      return "(\(named(.string, depth)):find(\(expression(.string, 0)), \(expression(.integer, 0)), true) ~= nil)"
    default: return "(\(entry("weights", expression(.string, depth))) ~= nil)"
    }
  }

  /// Lua compiles a comparison as the key of an outer function's local wrongly (`Miscompiled`).
  private func entry(_ table: String, _ key: String) -> String {
    key.contains(/[=~<>]/) ? "(\(table))[\(key)]" : "\(table)[\(key)]"
  }

  private mutating func string(_ depth: Int) -> String {
    switch random.below(12) {
    case 10:
      return "(string.match(\(expression(.string, depth)), \(random.pick(["\"%a+\"", "\"%d%d\"", "\"^.\""]))) or \"\")"
    case 11:
      let pattern = random.pick([
        "\"[aeiou]\"", "\"%s\"", "\"'\"", "\"a%f[%A]\"", "\"%d+\"", "\"[!-%]]\"", "\"[]-a]\"", "\"[^%w-]+\"",
        "\"[a-]\"",
      ])
      return "(string.gsub(\(expression(.string, depth)), \(pattern), \(random.pick(["\"\"", "\"<>\"", "label"]))))"
    case 0, 1, 2:
      return "(\(expression(.string, depth)) .. \(expression(random.pick([.string, .integer, .number]), depth)))"
    case 3: return random.pick(["string.lower", "string.upper", "string.reverse"]) + "(\(expression(.string, depth)))"
    case 4, 5:
      return "string.sub(\(expression(.string, depth)), \(expression(.integer, 0)), \(expression(.integer, 0)))"
    case 6: return "string.rep(\(expression(.string, depth)), \(expression(.integer, 0)), \(expression(.string, 0)))"
    case 7: return "tostring(\(expression(.any, depth)))"
    case 8: return "type(\(expression(.any, depth)))"
    default: return "\(named(.string, depth)):upper()"
    }
  }

  /// What may stand where an operator or a method follows.
  private mutating func named(_ kind: Kind, _ depth: Int) -> String { "(\(expression(kind, depth)))" }
}
