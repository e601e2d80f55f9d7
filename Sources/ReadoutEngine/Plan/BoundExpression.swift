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
  /// How a condition runs over a batch without nulls, where that can be in one go.
  let program: ConditionalProgram?

  init(_ node: Node, type: DataType, stem: Stemmer.Language? = nil) {
    self.node = node
    self.type = type
    self.stem = stem
    var columns: Set<Int> = []
    var canFail = false
    var callsFunction = false
    switch node {
    case .constant: break
    case .column(let index): columns = [index]
    case .call(let name, let kernel, let arguments):
      canFail = kernel.canFail
      callsFunction = name.utf8.first.map { ($0 | 0x20) >= 0x61 } ?? false
      for argument in arguments {
        (columns, canFail, callsFunction) = Self.join((columns, canFail, callsFunction), argument)
      }
    case .isNull(let operand, _):
      (columns, canFail, callsFunction) = Self.join((columns, canFail, callsFunction), operand)
    case .and(let a, let b), .or(let a, let b):
      for part in [a, b] { (columns, canFail, callsFunction) = Self.join((columns, canFail, callsFunction), part) }
    case .conditional(let a, let b, let c):
      for part in [a, b, c] { (columns, canFail, callsFunction) = Self.join((columns, canFail, callsFunction), part) }
    }
    if case .conditional(let condition, let a, let b) = node {
      program = ConditionalProgram(condition, a, b)
    } else {
      program = nil
    }
    self.columns = columns.sorted()
    self.canFail = canFail
    self.callsFunction = callsFunction
  }

  private static func join(
    _ known: (Set<Int>, Bool, Bool), _ part: BoundExpression
  ) -> (Set<Int>, Bool, Bool) {
    (known.0.union(part.columns), known.1 || part.canFail, known.2 || part.callsFunction)
  }

  var constant: Scalar? {
    if case .constant(let value) = node { value } else { nil }
  }
}
