/// A Lua expression over column names, as parsed: names and types are not bound yet.
///
/// This is the one tree behind filters, derived columns, measures and metrics. `ReadoutLua` makes it from text; the planner binds it.
public struct Expression: Sendable, Hashable {
  public indirect enum Node: Sendable, Hashable {
    case literal(Scalar)
    case column(String)
    case call(String, [Expression])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
  }

  public var node: Node
  /// Bytes of the text it was parsed from; empty for one made by the engine.
  public var range: Range<Int>

  public init(_ node: Node, range: Range<Int> = 0..<0) {
    self.node = node
    self.range = range
  }

  /// Equal in meaning: the place in the text is left out.
  public static func == (a: Expression, b: Expression) -> Bool { a.node == b.node }
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

public enum UnaryOperator: String, Sendable, Hashable {
  case negate = "-"
  case not = "not"
  case length = "#"
  case bitNot = "~"
}

public enum BinaryOperator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "^"
  case concatenate = ".."
  case equal = "=="
  case notEqual = "~="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and = "and"
  case or = "or"
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "~"
  case shiftLeft = "<<"
  case shiftRight = ">>"

  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}

/// One item of a list: `month = bucket(date, 'month')`, `country`, or, in `sort`, `-n`.
public struct ListItem: Sendable, Hashable {
  /// The name that was written; nil where the item is unnamed.
  public var name: String?
  public var expression: Expression

  public init(name: String? = nil, _ expression: Expression) {
    self.name = name
    self.expression = expression
  }
}
