import ReadoutEngine

/// What the compiler of Lua gets wrong, up to the releases that are named: source of these shapes is refused, since it
/// would give wrong answers.
struct Miscompiled {
  private let source: [UInt8]
  private let chunk: Syntax.Function
  private let outline: SourceOutline

  /// Refuses a source that would be compiled to something else than it says; the error has its range. O(source).
  static func check(_ chunk: Syntax.Function, _ outline: SourceOutline, of source: [UInt8]) throws(ReadoutError) {
    let check = Miscompiled(source: source, chunk: chunk, outline: outline)
    try check.comparedKeys()
    try check.bitwise()
  }

  /// `names[a < b]`, where `names` is a local variable of an outer function, looks into whatever its register held where
  /// the comparison holds (up to 5.4.7).
  private func comparedKeys() throws(ReadoutError) {
    guard let index = outline.comparedKeys.first else { return }
    throw ReadoutError(
      .request, "Lua before 5.4.8 looks into the wrong table: a comparison as key, the table an outer function's local",
      value: text(index.range), hint: "write (\(text(index.base)))[…], or put the comparison into a local first",
      range: index.range)
  }

  /// `1 | (a or b)`, in a function of more than 255 constants, loses the constant where the condition jumps (up to 5.4.5).
  private func bitwise() throws(ReadoutError) {
    var found: [Range<Int>] = []
    let walker = SyntaxWalker(visit: { expression in
      guard case .binary(let symbol, let left, let right) = expression.node,
        [.bitAnd, .bitOr, .bitXor].contains(symbol), isConstant(left), right.jumps
      else { return }
      found.append(expression.range)
    })
    walker.walk(chunk.body)
    var counts: [Range<Int>: Int] = [:]
    for range in found {
      let function = outline.functions.map(\.range).filter { $0.contains(range.lowerBound) }.min {
        $0.count < $1.count
      }!
      if counts[function] == nil { counts[function] = mostConstants(in: function) }
      guard counts[function]! > 255 else { continue }
      throw ReadoutError(
        .request, "Lua before 5.4.6 loses the constant: a bitwise operation with a condition, among many constants",
        value: text(range), hint: "write the condition first", range: range)
    }
  }

  private func isConstant(_ operand: Syntax.Expression) -> Bool {
    switch operand.node {
    case .integer, .number: true
    case .name(let name): outline.constantNames.contains(name)
    case .unary(_, let operand), .parenthesized(let operand): isConstant(operand)
    case .binary(_, let left, let right): isConstant(left) && isConstant(right)
    default: false
    }
  }

  /// At least as many constants as a function has: different names, numerals and strings are counted.
  private func mostConstants(in function: Range<Int>) -> Int {
    var lexer = Lexer(source)
    lexer.at = function.lowerBound
    var seen: Set<[UInt8]> = []
    while let token = try? lexer.next(), token.kind != .end, token.range.upperBound <= function.upperBound {
      if case .symbol = token.kind { continue }
      seen.insert(Array(source[token.range]))
    }
    return seen.count
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }
}

extension Syntax.Expression {
  /// Whether it is compared, or such a thing negated: a jump, and no value yet, when it becomes a key.
  var isComparison: Bool {
    switch node {
    case .binary(let symbol, _, _):
      [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(symbol)
    case .unary(.not, let operand), .parenthesized(let operand): operand.isComparison
    default: false
    }
  }

  /// Whether its value comes by way of jumps.
  fileprivate var jumps: Bool {
    switch node {
    case .binary(.and, _, _), .binary(.or, _, _): true
    case .unary(.not, let operand), .parenthesized(let operand): operand.jumps
    default: isComparison
    }
  }
}
