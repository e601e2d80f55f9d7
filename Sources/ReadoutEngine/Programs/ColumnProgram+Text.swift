import ReadoutVectors

extension ColumnProgram {
  /// A value as the expression that computes it, over parameters of these names; cut where it is long.
  public func text(of index: Int, parameters: [String], longest: Int = 160) -> String {
    var writer = ProgramWriter(nodes: nodes, parameters: parameters, room: longest)
    writer.write(index, above: 0)
    return writer.room >= 0 ? writer.text : String(writer.text.prefix(longest)) + "…"
  }
}

private struct ProgramWriter {
  let nodes: [ProgramNode]
  let parameters: [String]
  /// Characters that may still be written; below 0 nothing more is.
  var room: Int
  var text = ""
  var depth = 0
  /// Of `a + b + c + …` the deepest is written first.
  private static let deepest = 100

  mutating func add(_ part: String) {
    guard room >= 0 else { return }
    text += part
    room -= part.count
  }

  mutating func write(_ index: Int, above precedence: Int) {
    guard room >= 0 else { return }
    guard depth < Self.deepest else { return add("…") }
    depth += 1
    defer { depth -= 1 }
    let node = nodes[index]
    switch node.operation {
    case .parameter(let number): add(parameters[number])
    case .isPresent(let number): add("\(parameters[number]) ~= nil")
    case .isCounted: add("true")
    case .integer(let value): add(String(value))
    case .number(let bits): add(Expression.text(of: .number(Double(bitPattern: bits))))
    case .truth(let value): add(value ? "true" : "false")
    case .string(let bytes):
      let most = 4 * max(room, 1)
      add(Expression.quoted(String(decoding: bytes.prefix(most), as: UTF8.self)))
      if bytes.count > most { room = -1 }
    case .column(let operation):
      write(operation.name, Array(node.operands.dropLast(operation.isCostly ? 1 : 0)), above: precedence)
    case .loop(let loop):
      add("\(loop.name)(")
      write(node.operands[0], above: 0)
      add(")")
    case .part: write(node.operands[0], above: precedence)
    case .lane(let operation):
      // An integer among floats is converted without a word.
      if operation == .floatOf { return write(node.operands[0], above: precedence) }
      if operation == .notTruth, writeNegated(node.operands[0], above: precedence) { return }
      write(Self.names[operation] ?? "if_", node.operands, above: precedence)
    }
  }

  /// `a ~= b` for the negation of an equality.
  private mutating func writeNegated(_ index: Int, above precedence: Int) -> Bool {
    let equalities: [LaneOperation] = [.equalInteger, .equalNumber, .equalIntegerNumber, .equalTruth]
    switch nodes[index].operation {
    case .lane(let operation) where equalities.contains(operation): break
    case .column(let operation) where operation.name == "==": break
    default: return false
    }
    write("~=", nodes[index].operands, above: precedence)
    return true
  }

  private mutating func write(_ name: String, _ operands: [Int], above precedence: Int) {
    if operands.count == 2, let (own, right) = Self.precedences[name] {
      if own < precedence { add("(") }
      write(operands[0], above: own)
      add(" \(name) ")
      write(operands[1], above: right)
      if own < precedence { add(")") }
      return
    }
    if operands.count == 1, let prefix = Self.prefixes[name] {
      add(prefix)
      write(operands[0], above: 12)
      return
    }
    add("\(name)(")
    for (place, operand) in operands.enumerated() {
      if place > 0 { add(", ") }
      write(operand, above: 0)
    }
    add(")")
  }

  /// What an operator's left operand binds at least, and its right one.
  private static let precedences: [String: (Int, Int)] = [
    "or": (1, 2), "and": (2, 3), "<": (3, 4), "<=": (3, 4), "==": (3, 4), "~=": (3, 4), "|": (4, 5), "~": (5, 6),
    "&": (6, 7), "<<": (7, 8), ">>": (7, 8), "..": (9, 9), "+": (10, 11), "-": (10, 11), "*": (11, 12), "/": (11, 12),
    "//": (11, 12), "%": (11, 12), "^": (14, 13),
  ]
  private static let prefixes = ["-": "-", "not": "not ", "bnot": "~", "#": "#"]

  private static let names: [LaneOperation: String] = [
    .negateInteger: "-", .negateNumber: "-", .bitNot: "bnot", .absoluteInteger: "math.abs",
    .absoluteNumber: "math.abs", .integerOf: "math.tointeger", .isWhole: "is_whole", .isInRange: "is_in_range",
    .floorNumber: "math.floor", .ceilNumber: "math.ceil", .sqrtNumber: "math.sqrt", .expNumber: "math.exp",
    .logNumber: "math.log", .log2Number: "math.log2", .log10Number: "math.log10", .sinNumber: "math.sin",
    .cosNumber: "math.cos", .tanNumber: "math.tan", .asinNumber: "math.asin", .acosNumber: "math.acos",
    .notTruth: "not", .addInteger: "+", .subtractInteger: "-", .multiplyInteger: "*", .floorDivideInteger: "//",
    .moduloInteger: "%", .remainderInteger: "math.fmod", .addNumber: "+", .subtractNumber: "-", .multiplyNumber: "*",
    .divideNumber: "/", .powerNumber: "^", .floorDivideNumber: "//", .moduloNumber: "%", .remainderNumber: "math.fmod",
    .atan2Number: "math.atan", .bitAnd: "&", .bitOr: "|", .bitXor: "~", .shiftLeft: "<<", .shiftRight: ">>",
    .equalInteger: "==", .lessInteger: "<", .lessEqualInteger: "<=", .belowInteger: "math.ult", .equalNumber: "==",
    .lessNumber: "<", .lessEqualNumber: "<=", .equalIntegerNumber: "==", .lessIntegerNumber: "<",
    .lessEqualIntegerNumber: "<=", .lessNumberInteger: "<", .lessEqualNumberInteger: "<=", .andTruth: "and",
    .orTruth: "or", .equalTruth: "==",
  ]
}
