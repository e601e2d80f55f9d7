import ReadoutEngine

/// How tightly Lua's operators bind: an operator goes on while `left` is above the limit, and its right operand takes
/// operators above `right` (lower than `left` for those that associate to the right).
struct Precedence {
  static let unary = 12
  var left: Int
  var right: Int
}

extension Parser {
  var unaryOperator: UnaryOperator? {
    switch token.kind {
    case .symbol(.minus): .negate
    case .symbol(.not): .not
    case .symbol(.hash): .length
    case .symbol(.tilde): .bitNot
    default: nil
    }
  }

  var binaryOperator: (BinaryOperator, Precedence)? {
    guard case .symbol(let symbol) = token.kind else { return nil }
    let precedence: (BinaryOperator, Int, Int)? =
      switch symbol {
      case .or: (.or, 1, 1)
      case .and: (.and, 2, 2)
      case .less: (.less, 3, 3)
      case .greater: (.greater, 3, 3)
      case .lessOrEqual: (.lessOrEqual, 3, 3)
      case .greaterOrEqual: (.greaterOrEqual, 3, 3)
      case .notEqual: (.notEqual, 3, 3)
      case .equal: (.equal, 3, 3)
      case .bar: (.bitOr, 4, 4)
      case .tilde: (.bitXor, 5, 5)
      case .ampersand: (.bitAnd, 6, 6)
      case .shiftLeft: (.shiftLeft, 7, 7)
      case .shiftRight: (.shiftRight, 7, 7)
      case .concatenate: (.concatenate, 9, 8)
      case .plus: (.add, 10, 10)
      case .minus: (.subtract, 10, 10)
      case .star: (.multiply, 11, 11)
      case .slash: (.divide, 11, 11)
      case .floorSlash: (.floorDivide, 11, 11)
      case .percent: (.modulo, 11, 11)
      case .caret: (.power, 14, 13)
      default: nil
      }
    return precedence.map { ($0.0, Precedence(left: $0.1, right: $0.2)) }
  }
}
