extension Expression: CustomStringConvertible {
  /// The expression as Lua text that parses to the same tree.
  public var description: String { text(parentPrecedence: 0) }

  private func text(parentPrecedence: Int) -> String {
    switch node {
    case .literal(let value): return Expression.text(of: value)
    case .column(let name): return Expression.text(ofColumn: name)
    case .call(let name, let arguments):
      return "\(name)(\(arguments.map { $0.text(parentPrecedence: 0) }.joined(separator: ", ")))"
    case .unary(let op, let operand):
      let inner = operand.text(parentPrecedence: 12)
      // `--` would begin a comment.
      let text = op.rawValue + (op == .not || inner.hasPrefix("-") ? " " : "") + inner
      return parentPrecedence > 12 ? "(\(text))" : text
    case .binary(let op, let left, let right):
      let (own, leftPower, rightPower) = op.bindingPowers
      let text = "\(left.text(parentPrecedence: leftPower)) \(op.rawValue) \(right.text(parentPrecedence: rightPower))"
      return parentPrecedence > own ? "(\(text))" : text
    }
  }

  /// A column's name as an expression writes it: `tone`, or `row['Stance %']`.
  public static func text(ofColumn name: String) -> String {
    isLuaName(name) ? name : "row[\(quoted(name))]"
  }

  /// A name as it stands before `=`, of an item or in a Lua table: `tone`, or `['Stance %']`.
  public static func text(ofKey name: String, quote: Unicode.Scalar = "'") -> String {
    isLuaName(name) ? name : "[\(quoted(name, by: quote))]"
  }

  static func text(of value: Scalar) -> String {
    switch value {
    case .null: "nil"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value):
      value.isNaN ? "(0/0)" : value.isInfinite ? (value < 0 ? "-math.huge" : "math.huge") : "\(value)"
    case .date(let days): quoted(Calendar.text(ofDay: days))
    case .timestamp(let microseconds): quoted(Calendar.text(ofMoment: microseconds))
    case .string(let value): quoted(value)
    case .list(let items): "{\(items.map { quoted($0) }.joined(separator: ", "))}"
    }
  }

  static func quoted(_ value: String, by quote: Unicode.Scalar = "'") -> String {
    var text = String(quote)
    for scalar in value.unicodeScalars {
      switch scalar {
      case quote: text += "\\\(quote)"
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      // Not `\\0`: a digit may follow.
      case "\0": text += "\\x00"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + String(quote)
  }

  static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  static func isLuaName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first), !keywords.contains(name) else { return false }
    return name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
  }
}

extension BinaryOperator {
  /// Lua's precedence, then what the left and right operand must have at least (right-associative: `..` and `^`).
  var bindingPowers: (own: Int, left: Int, right: Int) {
    switch self {
    case .or: (1, 1, 2)
    case .and: (2, 2, 3)
    case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal: (3, 3, 4)
    case .bitOr: (4, 4, 5)
    case .bitXor: (5, 5, 6)
    case .bitAnd: (6, 6, 7)
    case .shiftLeft, .shiftRight: (7, 7, 8)
    case .concatenate: (9, 10, 9)
    case .add, .subtract: (10, 10, 11)
    case .multiply, .divide, .floorDivide, .modulo: (11, 11, 12)
    case .power: (14, 15, 13)
    }
  }
}
