import ReadoutEngine

extension Lifter {
  /// Whether some row may come here.
  private var isReached: Bool { builder.constantTruth(path) != false }

  func run(_ block: Syntax.Block, _ scope: Scope) throws(Refusal) {
    var scope = scope
    for statement in block.statements {
      guard isReached else { return }
      scope = try step(statement.range) { () throws(Refusal) in try self.run(statement, scope) }
    }
  }

  /// Runs a statement; what is in scope behind it.
  private func run(_ statement: Syntax.Statement, _ outer: Scope) throws(Refusal) -> Scope {
    var scope = outer
    switch statement.node {
    case .local(let names, let values):
      for name in names where name.attribute == "close" { throw refusal("a variable to be closed", statement.range) }
      let list = try evaluateList(values, count: names.count, scope)
      for (name, value) in zip(names, list) { scope = declare(name.name.text, value, in: scope) }
    case .localFunction(let name, let function):
      let closure = Closure(function, unit: frames.last!.unit, scope: scope)
      scope = declare(name.text, value(.object(closure)), in: scope)
      closure.scope = scope
    case .assign(let targets, let values): try assign(targets, values, scope)
    case .call(let call): _ = try evaluateCall(call, scope)
    case .do(let block): try run(block, scope)
    case .if(let branches, let otherwise): try runIf(branches[...], otherwise, scope)
    case .numericFor(let name, let from, let to, let step, let block):
      try runFor(name, from, to, step, block, scope, statement.range)
    case .return(let values):
      try leave(with: try evaluateAll(values, scope), statement.range)
    case .break:
      spendCopy()
      frames[frames.count - 1].breaks[frames[frames.count - 1].breaks.count - 1].append((path, memory))
      path = builder.truth(false)
    case .while: throw refusal("a while loop", statement.range)
    case .repeat: throw refusal("a repeat loop", statement.range)
    case .genericFor(let names, let values, let block):
      try runWords(names, values, block, scope, statement.range)
    case .goto, .label: throw refusal("goto", statement.range)
    }
    return scope
  }

  /// The name of what a loop goes over: `string.gmatch(…)`.
  static func shown(_ expression: Syntax.Expression?) -> String {
    switch expression?.node {
    case .call(let function, _): "\(shown(function))(…)"
    case .method(let receiver, let name, _): "\(shown(receiver)):\(name.text)(…)"
    case .name(let name): name
    case .index(let base, let key):
      if case .string(let bytes) = key.node {
        "\(shown(base)).\(String(decoding: bytes, as: UTF8.self))"
      } else {
        "a value"
      }
    default: "a value"
    }
  }

  private func assign(
    _ targets: [Syntax.Expression], _ values: [Syntax.Expression], _ scope: Scope
  ) throws(Refusal) {
    var places: [Int] = []
    for target in targets { places.append(try place(target, scope)) }
    let locals = Locals(targets.flatMap(\.indexOperands), self, scope)
    let list = try evaluateList(values, count: targets.count, scope)
    if let first = targets.first { try locals.checkUnchanged(self, first.range) }
    for (place, value) in zip(places, list).reversed() { memory[place] = value }
  }

  /// The variable that an assignment changes.
  private func place(_ target: Syntax.Expression, _ scope: Scope) throws(Refusal) -> Int {
    switch target.node {
    case .name(let name):
      if let variable = scope.variable(name) { return variable }
      throw refusal("\(name) is assigned, which the function does not own", target.range)
    case .index(let base, let key):
      if case .object(let object) = try evaluate(base, scope).single, let record = object as? RecordObject,
        record.isState, case .string(let name)? = try constantKey(evaluate(key, scope))
      {
        return try variable(ofField: name, in: record, target.range)
      }
      throw refusal("a table is changed", target.range)
    default: throw refusal("an assignment", target.range)
    }
  }

  /// The variable of a state's field that a script names. Layouts of states are by text, in which some names are equal that are
  /// not for Lua: those of ASCII are not.
  func variable(ofField name: [UInt8], in state: RecordObject, _ range: Range<Int>) throws(Refusal) -> Int {
    guard name.allSatisfy({ $0 < 0x80 }) else { throw refusal("a field of the state whose name is not ASCII", range) }
    return variable(of: name, in: state)
  }

  /// The variable of a field; one that was never set is nil.
  func variable(of field: [UInt8], in record: RecordObject) -> Int {
    if let known = record.fields[field] { return known }
    let variable = newVariable()
    record.fields[field] = variable
    fieldVariables.insert(variable)
    return variable
  }

  // MARK: Ways

  private func runIf(
    _ branches: ArraySlice<(condition: Syntax.Expression, block: Syntax.Block)>, _ otherwise: Syntax.Block?,
    _ scope: Scope
  ) throws(Refusal) {
    guard let branch = branches.first else {
      if let otherwise { try run(otherwise, scope) }
      return
    }
    let condition = truth(of: try evaluate(branch.condition, scope))
    try fork(condition) { () throws(Refusal) in
      try self.run(branch.block, scope)
    } else: { () throws(Refusal) in
      try self.step(branch.condition.range) { () throws(Refusal) in
        try self.runIf(branches.dropFirst(), otherwise, scope)
      }
    }
  }

  /// Runs one or the other, and merges what they leave.
  func fork(
    _ condition: Int, _ then: () throws(Refusal) -> Void, else otherwise: () throws(Refusal) -> Void
  ) throws(Refusal) {
    if let known = builder.constantTruth(condition) {
      if known { try then() } else { try otherwise() }
      return
    }
    let (before, start) = (path, memory)
    spendCopy()
    path = builder.and(before, condition)
    if isReached { try then() }
    let (thenPath, thenMemory) = (path, memory)
    path = builder.and(before, builder.not(condition))
    memory = start
    if isReached { try otherwise() }
    if builder.constantTruth(thenPath) == false { return }
    if isReached { mergeMemory(condition, thenMemory, memory) } else { memory = thenMemory }
    path = builder.or(thenPath, path)
  }

  /// A loop of a number of rounds that is known, round by round.
  private func runFor(
    _ name: Syntax.Name, _ from: Syntax.Expression, _ to: Syntax.Expression, _ step: Syntax.Expression?,
    _ block: Syntax.Block, _ scope: Scope, _ range: Range<Int>
  ) throws(Refusal) {
    var bounds: [Int64] = []
    for bound in [from, to] + (step.map { [$0] } ?? []) {
      guard case .integer(let value) = try evaluate(bound, scope).single, let known = builder.constantInteger(value)
      else {
        throw refusal("a for loop whose bounds are no constant integers", bound.range)
      }
      bounds.append(known)
    }
    let stride = bounds.count > 2 ? bounds[2] : 1
    guard stride != 0 else { throw refusal("a for loop whose step is zero", range) }
    guard stride > 0 ? bounds[0] <= bounds[1] : bounds[0] >= bounds[1] else { return }
    let distance = stride > 0 ? UInt64(bitPattern: bounds[1] &- bounds[0]) : UInt64(bitPattern: bounds[0] &- bounds[1])
    let rounds = distance / stride.magnitude
    guard rounds < UInt64(Self.mostRounds) else {
      throw refusal("a loop of more than \(Self.mostRounds) rounds", range)
    }
    frames[frames.count - 1].breaks.append([])
    for round in 0...Int64(rounds) {
      guard isReached else { break }
      let counter = value(.integer(builder.integer(bounds[0] &+ round &* stride)))
      try self.step(range) { () throws(Refusal) in try self.run(block, self.declare(name.text, counter, in: scope)) }
    }
    for left in frames[frames.count - 1].breaks.removeLast().reversed() {
      if isReached { mergeMemory(left.path, left.memory, memory) } else { memory = left.memory }
      path = builder.or(path, left.path)
    }
  }
}

extension Syntax.Expression {
  /// The table and the key of a target of an assignment.
  fileprivate var indexOperands: [Syntax.Expression] {
    if case .index(let base, let key) = node { [base, key] } else { [] }
  }
}
