/// Visits every expression of a piece of syntax, outer ones first, and every function, those of `local function` among them.
struct SyntaxWalker {
  let visit: (Syntax.Expression) -> Void
  var visitFunction: (Syntax.Function) -> Void = { _ in }

  func walk(_ block: Syntax.Block) { for statement in block.statements { walk(statement) } }

  func walk(_ statement: Syntax.Statement) {
    switch statement.node {
    case .assign(let targets, let values): (targets + values).forEach { walk($0) }
    case .local(_, let values), .return(let values): values.forEach { walk($0) }
    case .localFunction(_, let function): walk(function)
    case .call(let call): walk(call)
    case .do(let block): walk(block)
    case .while(let condition, let block):
      walk(condition)
      walk(block)
    case .repeat(let block, let condition):
      walk(block)
      walk(condition)
    case .if(let branches, let otherwise):
      for branch in branches {
        walk(branch.condition)
        walk(branch.block)
      }
      if let otherwise { walk(otherwise) }
    case .numericFor(_, let from, let to, let step, let block):
      [from, to, step].forEach { if let bound = $0 { walk(bound) } }
      walk(block)
    case .genericFor(_, let values, let block):
      values.forEach { walk($0) }
      walk(block)
    case .break, .goto, .label: break
    }
  }

  private func walk(_ function: Syntax.Function) {
    visitFunction(function)
    walk(function.body)
  }

  func walk(_ expression: Syntax.Expression) {
    visit(expression)
    switch expression.node {
    case .index(let base, let key):
      walk(base)
      walk(key)
    case .call(let function, let arguments):
      walk(function)
      arguments.forEach { walk($0) }
    case .method(let receiver, _, let arguments):
      walk(receiver)
      arguments.forEach { walk($0) }
    case .function(let function): walk(function)
    case .table(let fields):
      for field in fields {
        if case .expression(let key) = field.key { walk(key) }
        walk(field.value)
      }
    case .unary(_, let operand), .parenthesized(let operand): walk(operand)
    case .binary(_, let left, let right):
      walk(left)
      walk(right)
    case .nil, .boolean, .integer, .number, .string, .varargs, .name: break
    }
  }
}
