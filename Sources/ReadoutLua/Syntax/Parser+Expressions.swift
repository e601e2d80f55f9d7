import ReadoutEngine

extension Parser {
  /// An expression with operators that bind tighter than `limit`.
  mutating func expression(above limit: Int = 0) throws(ReadoutError) -> Syntax.Expression {
    try nested { (parser) throws(ReadoutError) in
      var left: Syntax.Expression
      let start = parser.token.range.lowerBound
      if let op = parser.unaryOperator {
        try parser.advance()
        let operand = try parser.expression(above: Precedence.unary)
        left = try parser.made(.unary(op, operand), from: start, over: [operand])
      } else {
        left = try parser.simpleExpression()
      }
      while let (op, precedence) = parser.binaryOperator, precedence.left > limit {
        try parser.advance()
        let right = try parser.expression(above: precedence.right)
        left = try parser.made(.binary(op, left, right), from: start, over: [left, right])
      }
      return left
    }
  }

  private mutating func simpleExpression() throws(ReadoutError) -> Syntax.Expression {
    let node: Syntax.Expression.Node
    switch token.kind {
    case .integer(let value): node = .integer(value)
    case .number(let value): node = .number(value)
    case .string(let bytes): node = .string(bytes)
    case .symbol(.nil): node = .nil
    case .symbol(.true): node = .boolean(true)
    case .symbol(.false): node = .boolean(false)
    case .symbol(.ellipsis): node = .varargs
    case .symbol(.leftBrace): return try table()
    case .symbol(.function):
      let start = token.range.lowerBound
      try advance()
      let function = try functionBody(from: start)
      return Syntax.Expression(node: .function(function), range: function.range)
    default: return try suffixedExpression()
    }
    let range = token.range
    try advance()
    return Syntax.Expression(node: node, range: range)
  }

  /// A name or parenthesis with what follows it: indices, calls.
  mutating func suffixedExpression() throws(ReadoutError) -> Syntax.Expression {
    let start = token.range.lowerBound
    var expression = try primaryExpression()
    while true {
      switch token.kind {
      case .symbol(.dot):
        try advance()
        let field = try name()
        let key = Syntax.Expression(node: .string(Array(field.text.utf8)), range: field.range)
        expression = try made(.index(expression, key), from: start, over: [expression])
      case .symbol(.leftBracket):
        let opening = token.range
        try advance()
        let key = try self.expression()
        try expect(.rightBracket, closing: opening)
        expression = try made(.index(expression, key), from: start, over: [expression, key])
      case .symbol(.colon):
        try advance()
        let method = try name()
        let arguments = try self.arguments()
        expression = try made(.method(expression, method, arguments), from: start, over: arguments + [expression])
      case .symbol(.leftParenthesis), .symbol(.leftBrace), .string:
        let arguments = try self.arguments()
        expression = try made(.call(expression, arguments), from: start, over: arguments + [expression])
      default: return expression
      }
    }
  }

  private mutating func primaryExpression() throws(ReadoutError) -> Syntax.Expression {
    let start = token.range
    switch token.kind {
    case .name(let text):
      try advance()
      return Syntax.Expression(node: .name(text), range: start)
    case .symbol(.leftParenthesis):
      try advance()
      let inner = try expression()
      try expect(.rightParenthesis, closing: start)
      return try made(.parenthesized(inner), from: start.lowerBound, over: [inner])
    default: throw unexpected(wanted: "a value")
    }
  }

  /// The arguments of a call: in parentheses, or one string or table.
  private mutating func arguments() throws(ReadoutError) -> [Syntax.Expression] {
    switch token.kind {
    case .string(let bytes):
      let argument = Syntax.Expression(node: .string(bytes), range: token.range)
      try advance()
      return [argument]
    case .symbol(.leftBrace): return [try table()]
    case .symbol(.leftParenthesis):
      let opening = token.range
      try advance()
      if try take(.rightParenthesis) { return [] }
      let arguments = try expressions()
      try expect(.rightParenthesis, closing: opening)
      return arguments
    default: throw unexpected(wanted: "arguments in parentheses")
    }
  }

  /// One expression or more, with commas between.
  mutating func expressions() throws(ReadoutError) -> [Syntax.Expression] {
    var list = [try expression()]
    while try take(.comma) { list.append(try expression()) }
    return list
  }

  private mutating func table() throws(ReadoutError) -> Syntax.Expression {
    let opening = token.range
    try expect(.leftBrace)
    let fields = try fields(until: .symbol(.rightBrace))
    try expect(.rightBrace, closing: opening)
    return try made(.table(fields), from: opening.lowerBound, over: fields.map(\.value))
  }

  /// The fields of a table constructor up to (not including) `end`: the list grammar.
  mutating func fields(until end: Token.Kind) throws(ReadoutError) -> [Syntax.Field] {
    var fields: [Syntax.Field] = []
    while token.kind != end {
      fields.append(try field())
      let hasSeparator = isAt(.comma) || isAt(.semicolon)
      guard hasSeparator else { break }
      try advance()
    }
    return fields
  }

  private mutating func field() throws(ReadoutError) -> Syntax.Field {
    let start = token.range
    var key = Syntax.Field.Key.none
    if case .name = token.kind, try peek().kind == .symbol(.assign) {
      key = .name(try name())
      try advance()
    } else if try take(.leftBracket) {
      key = .expression(try expression())
      try expect(.rightBracket, closing: start)
      try expect(.assign)
    }
    let value = try expression()
    return Syntax.Field(key: key, value: value, range: start.lowerBound..<lastEnd)
  }

  /// A node over `parts`, from `start` to the last token taken.
  private func made(
    _ node: Syntax.Expression.Node, from start: Int, over parts: [Syntax.Expression]
  ) throws(ReadoutError) -> Syntax.Expression {
    let height = 1 + (parts.lazy.map(\.height).max() ?? 0)
    guard height <= Self.largestHeight else {
      throw ReadoutError(
        .request, "expression too long", hint: "at most \(Self.largestHeight) operators in a chain",
        range: start..<lastEnd)
    }
    return Syntax.Expression(node: node, range: start..<lastEnd, height: height)
  }
}
