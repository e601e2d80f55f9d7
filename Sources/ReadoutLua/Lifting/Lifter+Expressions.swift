import ReadoutEngine

extension Lifter {
  /// The values of a list, the last one giving as many as a call gives.
  func evaluateAll(_ expressions: [Syntax.Expression], _ scope: Scope) throws(Refusal) -> [SymbolicValue] {
    var values: [SymbolicValue] = []
    for (index, expression) in expressions.enumerated() {
      if index == expressions.count - 1, expression.isCall {
        values += try evaluateCall(expression, scope)
      } else {
        values.append(try evaluate(expression, scope))
      }
    }
    return values
  }

  /// Just `count` values, nil for those that are missing.
  func evaluateList(
    _ expressions: [Syntax.Expression], count: Int, _ scope: Scope
  ) throws(Refusal) -> [SymbolicValue] {
    let values = try evaluateAll(expressions, scope)
    return (0..<count).map { $0 < values.count ? values[$0] : nothing }
  }

  func evaluate(_ expression: Syntax.Expression, _ scope: Scope) throws(Refusal) -> SymbolicValue {
    try step(expression.range) { () throws(Refusal) in try self.value(of: expression, scope) }
  }

  private func value(of expression: Syntax.Expression, _ scope: Scope) throws(Refusal) -> SymbolicValue {
    switch expression.node {
    case .nil: return nothing
    case .boolean(let flag): return value(.truth(builder.truth(flag)))
    case .integer(let number): return value(.integer(builder.integer(number)))
    case .number(let number): return value(.number(builder.number(number)))
    case .string(let bytes):
      spend(bytes: bytes.count)
      return value(.string(builder.string(bytes)))
    case .parenthesized(let inner): return try evaluate(inner, scope)
    case .name(let name): return try named(name, scope, expression.range)
    case .index(let base, let key): return try indexed(base, key, scope, expression.range)
    case .call, .method: return try evaluateCall(expression, scope).first ?? nothing
    case .function(let function):
      return value(.object(Closure(function, unit: frames.last!.unit, scope: scope)))
    case .unary(let op, let operand): return try unary(op, operand, scope, expression.range)
    case .binary(.and, let left, let right): return try choice(left, right, rightWhere: true, scope)
    case .binary(.or, let left, let right): return try choice(left, right, rightWhere: false, scope)
    case .binary(let op, let left, let right): return try binary(op, left, right, scope, expression.range)
    case .varargs: throw refusal("...", expression.range)
    case .table(let fields): return value(.object(try written(fields, scope, expression.range)))
    }
  }

  /// A table of constant numbers under names.
  private func written(
    _ fields: [Syntax.Field], _ scope: Scope, _ range: Range<Int>
  ) throws(Refusal) -> WrittenTable {
    var entries: [(key: LuaValue, value: LuaValue)] = []
    var known: Set<[UInt8]> = []
    for field in fields {
      let key: [UInt8]? =
        switch field.key {
        case .none: nil
        case .name(let name): Array(name.text.utf8)
        case .expression(let key): if case .string(let bytes) = key.node { bytes } else { nil }
        }
      guard let key, known.insert(key).inserted, let value = constant(try evaluate(field.value, scope)) else {
        throw refusal("a table is made", range)
      }
      if !value.isNull { entries.append((.string(key), value)) }
    }
    return WrittenTable(entries)
  }

  /// A value that is the same number, truth value or nil in every row.
  private func constant(_ value: SymbolicValue) -> LuaValue? {
    switch value.single {
    case .nothing: .null
    case .truth(let index): builder.constantTruth(index).map { .boolean($0) }
    case .integer(let index): builder.constantInteger(index).map { .integer($0) }
    case .number(let index): builder.constantNumber(index).map { .number($0) }
    default: nil
    }
  }

  /// `and` and `or`: the right operand where the left one's truth is `rightWhere`, else the left one.
  private func choice(
    _ left: Syntax.Expression, _ right: Syntax.Expression, rightWhere: Bool, _ scope: Scope
  ) throws(Refusal) -> SymbolicValue {
    let first = try evaluate(left, scope)
    let isTrue = truth(of: first)
    let takesRight = rightWhere ? isTrue : builder.not(isTrue)
    let kept = restricted(first, toTrue: !rightWhere)
    var second = SymbolicValue.unreachable
    try fork(takesRight) { () throws(Refusal) in
      second = try self.evaluate(right, scope)
    } else: {
    }
    return merge(takesRight, second, kept)
  }

  private func unary(
    _ op: UnaryOperator, _ operand: Syntax.Expression, _ scope: Scope, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    let operand = try evaluate(operand, scope)
    if op == .not { return value(.truth(builder.not(truth(of: operand)))) }
    return try combine([operand], range) { (contents) throws(Refusal) in try self.unary(op, contents[0], range) }
  }

  private func binary(
    _ written: BinaryOperator, _ left: Syntax.Expression, _ right: Syntax.Expression, _ scope: Scope,
    _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    let a = try evaluate(left, scope)
    let locals = Locals([left], self, scope)
    let b = try evaluate(right, scope)
    // Only `..` copies its operands.
    if written != .concatenate { try locals.checkUnchanged(self, range) }
    // Lua's compiler turns the subtraction of a small integer into an addition: -0.0 - 0 is 0.0 there.
    var op = written
    if op == .subtract, case .integer(0) = right.node { op = .add }
    return try combine([a, b], range) { (contents) throws(Refusal) in
      // Strings come to the operator as it was written.
      let own = contents.contains { $0.isText } ? written : op
      return try self.binary(own, contents[0], contents[1], range)
    }
  }

  /// Applies `body` to every combination of the values' kinds. Where it gives nil Lua raises an error.
  func combine(
    _ values: [SymbolicValue], _ range: Range<Int>, _ body: ([Content]) throws(Refusal) -> SymbolicValue?
  ) throws(Refusal) -> SymbolicValue {
    let before = path
    var isEnded = false
    defer { path = isEnded ? builder.truth(false) : before }
    var combinations: [(condition: Int, contents: [Content])] = [(builder.truth(true), [])]
    for value in values {
      if value.alternatives.isEmpty { return .unreachable }
      var extended: [(condition: Int, contents: [Content])] = []
      for (condition, contents) in combinations {
        for alternative in value.alternatives {
          let own = value.alternatives.count == 1 ? condition : builder.and(condition, alternative.condition)
          if builder.constantTruth(own) != false { extended.append((own, contents + [alternative.content])) }
        }
      }
      combinations = extended
    }
    guard combinations.count <= 32 else { throw refusal("values of too many kinds", range) }
    var result = SymbolicValue.unreachable
    var hasResult = false
    for (condition, contents) in combinations {
      path = builder.and(before, condition)
      if builder.constantTruth(path) == false { continue }
      if let own = try body(contents) {
        result = hasResult ? merge(condition, own, result) : own
        hasResult = true
      } else {
        builder.watch(path)
        // A metatable may answer, as that of strings does.
        if contents.contains(where: \.hasMetamethods) { leavesKinds = true }
      }
      path = before
    }
    if !hasResult, !combinations.isEmpty {
      try neverSucceeds(combinations[0].contents, range)
      isEnded = true
    }
    return result
  }
}

extension Lifter {
  /// Every row that comes here ends in an error, or in what only the VM does. Where all rows come here nothing is lifted.
  private func neverSucceeds(_ contents: [Content], _ range: Range<Int>) throws(Refusal) {
    let kinds = contents.map(\.luaType).joined(separator: " and a ")
    guard builder.constantTruth(path) != true else {
      throw refusal(unlifted ?? "an operation that fails on a \(kinds) value", range)
    }
    unlifted = nil
  }
}

extension Content {
  /// Whether an operator may ask a metatable what it gives.
  fileprivate var hasMetamethods: Bool {
    switch self {
    case .string, .object: true
    default: false
    }
  }
}

extension Syntax.Expression {
  var isCall: Bool {
    switch node {
    case .call, .method: true
    default: false
    }
  }
}
