/// The functions and local variables of a source, names resolved as Lua resolves them.
struct SourceOutline {
  private(set) var functions: [FunctionOutline] = []
  private(set) var variables: [VariableOutline] = []
  /// Indices into a local variable of an outer function by a comparison, with where that variable stands.
  private(set) var comparedKeys: [(range: Range<Int>, base: Range<Int>)] = []
  /// The variables that are declared `<const>`.
  private(set) var constantNames: Set<String> = []
  private var scopes: [[String: Int]] = []
  private var current = 0

  init(_ chunk: Syntax.Function) { _ = add(chunk, parent: nil) }

  /// Whether function `inner` is `outer` or nested in it.
  func isNested(_ inner: Int, in outer: Int) -> Bool {
    var at: Int? = inner
    while let function = at {
      if function == outer { return true }
      at = functions[function].parent
    }
    return false
  }

  // MARK: Scopes

  private mutating func add(_ function: Syntax.Function, parent: Int?) -> Int {
    let number = functions.count
    functions.append(
      FunctionOutline(
        range: function.range, opening: function.opening, parameterCount: function.parameters.count, parent: parent))
    let outer = current
    current = number
    scopes.append([:])
    for parameter in function.parameters { declare(parameter.text) }
    add(function.body)
    scopes.removeLast()
    current = outer
    return number
  }

  private mutating func declare(_ name: String, function: Int? = nil) {
    scopes[scopes.count - 1][name] = variables.count
    variables.append(VariableOutline(name: name, owner: current, function: function))
  }

  private func variable(_ name: String) -> Int? {
    for scope in scopes.reversed() {
      if let found = scope[name] { return found }
    }
    return nil
  }

  /// Whether the name is a local variable of another function than the current one; `_ENV` is the chunk's caller's.
  private func isOuter(_ name: String) -> Bool {
    variable(name).map { variables[$0].owner != current } ?? (name == "_ENV")
  }

  private mutating func scoped(_ block: Syntax.Block, names: [String] = []) {
    scopes.append([:])
    for name in names { declare(name) }
    add(block)
    scopes.removeLast()
  }

  private mutating func add(_ block: Syntax.Block) { for statement in block.statements { add(statement) } }

  // MARK: Statements

  private mutating func add(_ statement: Syntax.Statement) {
    switch statement.node {
    case .assign(let targets, let values): assign(targets, values)
    case .local(let names, let values):
      let functions = values.map { add($0) }
      for (index, name) in names.enumerated() {
        if name.attribute == "const" { constantNames.insert(name.name.text) }
        declare(name.name.text, function: index < functions.count ? functions[index] : nil)
      }
    case .localFunction(let name, let function):
      declare(name.text)
      let variable = variables.count - 1
      variables[variable].function = add(function, parent: current)
    case .call(let call): add(call)
    case .do(let block): scoped(block)
    case .while(let condition, let block):
      add(condition)
      scoped(block)
    case .repeat(let block, let condition):
      scopes.append([:])
      add(block)
      add(condition)
      scopes.removeLast()
    case .if(let branches, let otherwise):
      for branch in branches {
        add(branch.condition)
        scoped(branch.block)
      }
      if let otherwise { scoped(otherwise) }
    case .numericFor(let name, let from, let to, let step, let block):
      for bound in [from, to, step] { if let bound { add(bound) } }
      scoped(block, names: [name.text])
    case .genericFor(let names, let values, let block):
      for value in values { add(value) }
      scoped(block, names: names.map(\.text))
    case .return(let values): for value in values { add(value) }
    case .break, .goto, .label: break
    }
  }

  private mutating func assign(_ targets: [Syntax.Expression], _ values: [Syntax.Expression]) {
    let functions = values.map { add($0) }
    for (index, target) in targets.enumerated() {
      if case .name(let name) = target.node {
        let variable = variable(name)
        effect(name, isAssignment: true, target.range)
        if let variable, index < functions.count { variables[variable].function = functions[index] }
      } else {
        add(target)
        change(target, target.range)
      }
    }
  }

  /// Notes that the table behind an index chain is changed.
  private mutating func change(_ target: Syntax.Expression, _ range: Range<Int>) {
    switch target.node {
    case .name(let name): effect(name, isAssignment: false, range)
    case .index(let base, _), .parenthesized(let base): change(base, range)
    default: break
    }
  }

  private mutating func effect(_ name: String, isAssignment: Bool, _ range: Range<Int>) {
    functions[current].effects.append(
      .init(name: name, variable: variable(name), isAssignment: isAssignment, range: range))
  }

  // MARK: Expressions

  /// Walks an expression; gives the number of the function that it is, where it is one.
  @discardableResult
  private mutating func add(_ expression: Syntax.Expression) -> Int? {
    switch expression.node {
    case .name(let name):
      if let variable = variable(name) { functions[current].reads.insert(variable) }
    case .index(let base, let key):
      add(base)
      add(key)
      if key.isComparison, case .name(let name) = base.node, isOuter(name) {
        comparedKeys.append((expression.range, base.range))
      }
    case .call(let function, let arguments):
      add(function)
      for argument in arguments { add(argument) }
      if let changed = Self.changedArgument(function), changed < arguments.count {
        change(arguments[changed], expression.range)
      }
    case .method(let receiver, _, let arguments):
      add(receiver)
      for argument in arguments { add(argument) }
    case .function(let function): return add(function, parent: current)
    case .table(let fields):
      for field in fields {
        if case .expression(let key) = field.key { add(key) }
        add(field.value)
      }
    case .unary(_, let operand), .parenthesized(let operand): add(operand)
    case .binary(_, let left, let right):
      add(left)
      add(right)
    case .nil, .boolean, .integer, .number, .string, .varargs: break
    }
    return nil
  }

  /// Which argument a library function changes; nil for others.
  private static func changedArgument(_ function: Syntax.Expression) -> Int? {
    switch function.node {
    case .name("rawset"): return 0
    case .index(let base, let key):
      guard case .name("table") = base.node, case .string(let bytes) = key.node else { return nil }
      switch String(decoding: bytes, as: UTF8.self) {
      case "insert", "remove", "sort": return 0
      case "move": return 4
      default: return nil
      }
    default: return nil
    }
  }
}
