import ReadoutEngine

extension Parser {
  /// Statements up to the word that ends the block.
  mutating func block() throws(ReadoutError) -> Syntax.Block {
    var block = Syntax.Block()
    while !isAtBlockEnd {
      if try take(.semicolon) { continue }
      let start = token.range.lowerBound
      let isLast = isAt(.return)
      let node = try nested { (parser) throws(ReadoutError) in try parser.statement() }
      block.statements.append(Syntax.Statement(node: node, range: start..<lastEnd))
      if isLast { break }
    }
    return block
  }

  private var isAtBlockEnd: Bool {
    switch token.kind {
    case .end, .symbol(.end), .symbol(.else), .symbol(.elseif), .symbol(.until): true
    default: false
    }
  }

  private mutating func statement() throws(ReadoutError) -> Syntax.Statement.Node {
    let start = token.range
    guard case .symbol(let word) = token.kind else { return try assignmentOrCall() }
    switch word {
    case .if: return try ifStatement()
    case .while:
      try advance()
      let condition = try expression()
      try expect(.do)
      return .while(condition, try block(closing: start))
    case .do:
      try advance()
      return .do(try block(closing: start))
    case .for: return try forStatement()
    case .repeat:
      try advance()
      let body = try block()
      try expect(.until, closing: start)
      return .repeat(body, until: try expression())
    case .function: return try functionStatement()
    case .local: return try localStatement()
    case .label:
      try countJump()
      try advance()
      let label = try name()
      try expect(.label)
      return .label(label)
    case .return:
      try advance()
      let values = isAtBlockEnd || isAt(.semicolon) ? [] : try expressions()
      _ = try take(.semicolon)
      return .return(values)
    case .break:
      try countJump()
      try advance()
      return .break
    case .goto:
      try countJump()
      try advance()
      return .goto(try name())
    default: return try assignmentOrCall()
    }
  }

  /// The rest of a block with its `end`.
  private mutating func block(closing opening: Range<Int>) throws(ReadoutError) -> Syntax.Block {
    let body = try block()
    try expect(.end, closing: opening)
    return body
  }

  private mutating func ifStatement() throws(ReadoutError) -> Syntax.Statement.Node {
    let start = token.range
    var branches: [(condition: Syntax.Expression, block: Syntax.Block)] = []
    repeat {
      try countJump()
      try advance()
      let condition = try expression()
      try expect(.then)
      branches.append((condition, try block()))
    } while isAt(.elseif)
    let otherwise = try take(.else) ? try block() : nil
    try expect(.end, closing: start)
    return .if(branches, else: otherwise)
  }

  private mutating func forStatement() throws(ReadoutError) -> Syntax.Statement.Node {
    let start = token.range
    try advance()
    var names = [try name()]
    if try take(.assign) {
      let from = try expression()
      try expect(.comma)
      let to = try expression()
      let step = try take(.comma) ? try expression() : nil
      try expect(.do)
      return .numericFor(names[0], from: from, to: to, step: step, try block(closing: start))
    }
    while try take(.comma) { names.append(try name()) }
    try expect(.in)
    let values = try expressions()
    try expect(.do)
    return .genericFor(names, values, try block(closing: start))
  }

  /// `function a.b:c(…) … end`, as the assignment that it stands for.
  private mutating func functionStatement() throws(ReadoutError) -> Syntax.Statement.Node {
    let start = token.range.lowerBound
    try advance()
    let first = try name()
    var target = Syntax.Expression(node: .name(first.text), range: first.range)
    var isMethod = false
    while isAt(.dot) || isAt(.colon), !isMethod {
      isMethod = isAt(.colon)
      try advance()
      let field = try name()
      let key = Syntax.Expression(node: .string(Array(field.text.utf8)), range: field.range)
      target = Syntax.Expression(node: .index(target, key), range: first.range.lowerBound..<lastEnd)
    }
    var function = try functionBody(from: start)
    if isMethod { function.parameters.insert(Syntax.Name(text: "self", range: start..<start), at: 0) }
    return .assign([target], [Syntax.Expression(node: .function(function), range: function.range)])
  }

  private mutating func localStatement() throws(ReadoutError) -> Syntax.Statement.Node {
    let start = token.range.lowerBound
    try advance()
    if try take(.function) {
      let name = try name()
      return .localFunction(name, try functionBody(from: start))
    }
    var names: [Syntax.LocalName] = []
    repeat {
      let name = try name()
      var attribute: String?
      if try take(.less) {
        attribute = try self.name().text
        try expect(.greater)
      }
      names.append(Syntax.LocalName(name: name, attribute: attribute))
    } while try take(.comma)
    return .local(names, try take(.assign) ? try expressions() : [])
  }

  private mutating func assignmentOrCall() throws(ReadoutError) -> Syntax.Statement.Node {
    var targets = [try suffixedExpression()]
    if !isAt(.assign), !isAt(.comma) {
      switch targets[0].node {
      case .call, .method: return .call(targets[0])
      default: throw unexpected(wanted: "= or a call")
      }
    }
    while try take(.comma) { targets.append(try suffixedExpression()) }
    for target in targets {
      switch target.node {
      case .name, .index: break
      default: throw ReadoutError(.request, "cannot assign to \(text(target.range))", range: target.range)
      }
    }
    try expect(.assign)
    return .assign(targets, try expressions())
  }

  /// Parameters and body of a function; `start` is where its text begins.
  mutating func functionBody(from start: Int) throws(ReadoutError) -> Syntax.Function {
    let opening = token.range
    try expect(.leftParenthesis)
    var parameters: [Syntax.Name] = []
    var isVararg = false
    if !isAt(.rightParenthesis) {
      repeat {
        if try take(.ellipsis) {
          isVararg = true
          break
        }
        parameters.append(try name())
      } while try take(.comma)
    }
    try expect(.rightParenthesis, closing: opening)
    let body = try block()
    try expect(.end, closing: start..<opening.upperBound)
    return Syntax.Function(
      parameters: parameters, isVararg: isVararg, body: body, range: start..<lastEnd, opening: opening.lowerBound)
  }
}
