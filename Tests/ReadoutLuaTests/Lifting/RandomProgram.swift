import ReadoutEngine

/// A random metric in Lua, mostly of what can be lifted, and now and then what raises an error.
struct RandomProgram {
  enum Kind: CaseIterable {
    case integer, number, boolean, string, any
  }

  let parameters: [DataType]
  let passesNulls: Bool
  let result: DataType
  private(set) var body = ""
  private var random: RandomNumbers
  private var scope: [(name: String, kind: Kind)] = []
  private var names = 0
  private var depth = 0
  private var loops = 0
  /// Indentation, so that a failing program can be read.
  private var margin = "    "

  /// The metric's table; `name` is also unique among its lines.
  func source(named name: String) -> String {
    let pairs = parameters.enumerated().map { "{ \"p\($0.offset)\", \"\($0.element.rawValue)\" }" }
    return """
        { name = "\(name)", params = { \(pairs.joined(separator: ", ")) }, returns = "\(result.rawValue)",\
      \(passesNulls ? " nulls = \"pass\"," : "")
          each = function(\(parameters.indices.map { "p\($0)" }.joined(separator: ", ")))
      \(body)    end },

      """
  }

  /// What stands before the metrics: helpers and constant tables that they use.
  static let preamble = """
    local weights = { war = 2, peace = -1, KOR = 0.5, a = "text", yes = true, [3] = 7, [-1] = 0.25 }
    local scores = { 1, 4, 9, 16 }
    local limit, rate, label = 3, 0.75, "K"
    local floor, max, abs = math.floor, math.max, math.abs
    local function half(x) return x / 2 end
    local function clamp(x, low, high)
      if x < low then return low elseif x > high then return high end
      return x
    end
    local function both(a, b) return a, b end

    """

  init(seed: UInt64) {
    random = RandomNumbers(seed: seed)
    var parameters: [DataType] = []
    for _ in 0...random.below(3) {
      parameters.append(random.pick([.integer, .number, .boolean, .string, .number, .integer, .text]))
    }
    self.parameters = parameters
    passesNulls = random.chance(4)
    result = random.pick([.number, .number, .integer, .boolean, .string, .text])
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
    line("return \(expression(wanted, 3))")
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
    let outer = scope
    for _ in 0..<statements { statement() }
    if depth > 0 { scope = outer }
  }

  private mutating func nested(_ statements: Int) {
    depth += 1
    margin += "  "
    block(statements)
    margin.removeLast(2)
    depth -= 1
  }

  private mutating func statement() {
    switch random.below(depth < 3 ? 12 : 5) {
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

  private mutating func leave() -> String {
    if random.chance(10) { return "error(\"refused\")" }
    if random.chance(6) { return "return nil" }
    return "return \(expression(wanted, 2))"
  }

  // MARK: Expressions

  private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if random.chance(40) { return expression(random.pick(Kind.allCases), max(0, depth - 1)) }
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
    case .string: random.pick(["\"\"", "\"war\"", "\"a\"", "label", "\"KOR\"", "'é'", "\"10\""])
    case .any: random.pick(["nil", "1", "0.5", "\"x\"", "true"])
    }
  }

  private mutating func integer(_ depth: Int) -> String {
    switch random.below(16) {
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
    default: return "(scores[\(expression(.integer, depth))] or 0)"
    }
  }

  private mutating func number(_ depth: Int) -> String {
    switch random.below(16) {
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
    case 12: return "(weights[\(expression(random.pick([.string, .integer]), depth))] or 0)"
    case 13: return "math.log(\(expression(.number, depth)), \(expression(.integer, 0)))"
    case 14: return "(both(\(expression(.number, depth)), \(expression(.integer, 0))))"
    default: return "-\(named(.number, depth))"
    }
  }

  private mutating func boolean(_ depth: Int) -> String {
    switch random.below(12) {
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
    default: return "(weights[\(expression(.string, depth))] ~= nil)"
    }
  }

  private mutating func string(_ depth: Int) -> String {
    switch random.below(10) {
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
