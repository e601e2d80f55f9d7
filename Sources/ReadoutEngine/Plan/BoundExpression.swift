import ReadoutVectors

/// An expression whose names and types are known: what the evaluator runs. Shared subtrees are computed once a batch.
public final class BoundExpression: Sendable {
  public enum Node: Sendable {
    case constant(Scalar)
    /// A column of the stage's input.
    case column(Int)
    case call(String, ScalarKernel, [BoundExpression])
    /// `x == nil`, or `x ~= nil` where `negated`.
    case isNull(BoundExpression, negated: Bool)
    /// The left operand where it is null or false, else the right one.
    case and(BoundExpression, BoundExpression)
    /// The left operand where it is neither null nor false, else the right one.
    case or(BoundExpression, BoundExpression)
    /// The second where the first is true, the third where it is false, null where it is null.
    case conditional(BoundExpression, BoundExpression, BoundExpression)
  }

  public let node: Node
  public let type: DataType
  /// Of a column of texts: the language by whose stems terms are compared with its words.
  let stem: Stemmer.Language?
  /// Columns of the input that it reads, ascending.
  public let columns: [Int]
  /// Whether evaluating it may raise an error.
  public let canFail: Bool
  /// Whether it calls a function (not only operators): then looking results up by value pays.
  public let callsFunction: Bool
  /// Nodes of the expression as a tree, parts that it shares with itself counted each time: what is derived from what was derived may
  /// have very many.
  private let size: Int
  /// Whether the tree may be walked: beyond this only what remembers where it was may go through it.
  var isSmall: Bool { size <= 2_000 }
  /// How many expressions stand in each other: evaluating it takes so much of the stack.
  let depth: Int
  /// How a condition runs over a batch without nulls, where that can be in one go.
  let program: ConditionalProgram?

  init(_ node: Node, type: DataType, stem: Stemmer.Language? = nil) {
    self.node = node
    self.type = type
    self.stem = stem
    var columns: Set<Int> = []
    var canFail = false
    var callsFunction = false
    depth = node.operands.reduce(0) { max($0, $1.depth) } + 1
    size = node.operands.reduce(1) { min($0 + $1.size, 1 << 40) }
    switch node {
    case .column(let index): columns = [index]
    case .call(let name, let kernel, _):
      canFail = kernel.canFail
      callsFunction = name.utf8.first.map { ($0 | 0x20) >= 0x61 } ?? false
    default: break
    }
    for operand in node.operands {
      columns.formUnion(operand.columns)
      canFail = canFail || operand.canFail
      callsFunction = callsFunction || operand.callsFunction
    }
    if case .conditional(let condition, let a, let b) = node, size <= ConditionalProgram.largest {
      program = ConditionalProgram(condition, a, b)
    } else {
      program = nil
    }
    self.columns = columns.sorted()
    self.canFail = canFail
    self.callsFunction = callsFunction
  }

  /// Calls `body` for this expression and every one inside it, once each.
  func forEach(_ body: (BoundExpression) -> Void) {
    var seen: Set<ObjectIdentifier> = []
    var waiting = [self]
    while let next = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(next)).inserted else { continue }
      body(next)
      waiting += next.node.operands.reversed()
    }
  }

  var constant: Scalar? {
    if case .constant(let value) = node { value } else { nil }
  }
}

extension BoundExpression.Node {
  var operands: [BoundExpression] {
    switch self {
    case .constant, .column: []
    case .call(_, _, let arguments): arguments
    case .isNull(let operand, _): [operand]
    case .and(let a, let b), .or(let a, let b): [a, b]
    case .conditional(let a, let b, let c): [a, b, c]
    }
  }
}
