/// Turns parsed expressions into bound ones: names to columns and functions, types checked, constants folded.
struct Binder {
  let functions: FunctionRegistry
  let scope: Scope
  /// Called for a call of an aggregate; nil where aggregates have no place.
  var aggregate:
    ((_ call: Expression, _ function: any AggregateFunction, [Expression]) throws(ReadoutError) -> BoundExpression)?
  /// What to say of a column that is known elsewhere but not here.
  var hintForUnknown: ((String) -> String?)?
  /// The columns that a misspelt name may mean, where they are not those of the scope.
  var candidates: (() -> [String])?

  init(functions: FunctionRegistry, scope: Scope) {
    self.functions = functions
    self.scope = scope
  }

  /// Binds an expression; a bare `nil` has type boolean.
  func bind(_ expression: Expression) throws(ReadoutError) -> BoundExpression {
    try bind(expression, wanting: nil)
  }

  /// `wanted` is the type that a literal `nil` takes, and that a string literal is read as where that is a time.
  private func bind(_ expression: Expression, wanting wanted: DataType?) throws(ReadoutError) -> BoundExpression {
    switch expression.node {
    case .literal(let value): return try bindLiteral(value, expression, wanting: wanted)
    case .column(let name): return try bindColumn(name, expression)
    case .call(Conditional.name, let arguments) where arguments.count == 3: return try bindConditional(arguments)
    case .call(let name, let arguments): return try bindCall(name, arguments, expression)
    case .unary(let op, let operand):
      let bound = try bind(operand)
      if op == .not { return try bindOperator("not", [(operand, bound)], expression) }
      return try bindOperator(op.functionName, [(operand, bound)], expression)
    case .binary(.and, let left, let right): return try bindAnd(left, right, expression)
    case .binary(.or, let left, let right): return try bindOr(left, right, expression)
    case .binary(let op, let left, let right): return try bindBinary(op, left, right, expression)
    }
  }

  private func bindLiteral(
    _ value: Scalar, _ expression: Expression, wanting wanted: DataType?
  ) throws(ReadoutError) -> BoundExpression {
    if case .string(let text) = value, let wanted, wanted.isTime {
      let read: Scalar? =
        wanted == .date
        ? Calendar.day(in: text).map { .date($0) } ?? Calendar.moment(in: text).map { .timestamp($0) }
        : Calendar.moment(in: text).map { .timestamp($0) }
      guard let read else {
        throw ReadoutError(
          .request, "not a \(wanted.rawValue)", value: text, hint: "write it as '2025-10-01' or '2025-10-01T09:30:00'",
          range: expression.range)
      }
      return BoundExpression(.constant(read), type: read.type!)
    }
    return BoundExpression(.constant(value), type: value.type ?? wanted ?? .boolean)
  }

  private func bindColumn(_ name: String, _ expression: Expression) throws(ReadoutError) -> BoundExpression {
    if let bound = scope[name] { return bound }
    throw ReadoutError(
      .request, "unknown column", value: name,
      hint: hintForUnknown?(name) ?? functions[name].map { "\(name) is a function: write \($0.signature.call)" }
        ?? NamesElsewhere.hint(forColumn: name)
        ?? Suggestion.hint(forColumn: name, among: candidates?() ?? scope.names),
      range: expression.range)
  }

  // MARK: Calls

  private func bindCall(
    _ name: String, _ arguments: [Expression], _ expression: Expression
  ) throws(ReadoutError) -> BoundExpression {
    guard let entry = functions[name] else {
      let isColumn = scope[name] != nil
      throw ReadoutError(
        .request, "unknown function", value: name,
        hint: isColumn
          ? "\(name) is a column: write it without brackets"
          : NamesElsewhere.hint(forFunction: name)
            ?? Suggestion.hint(for: name, among: functions.reachableNames, kind: "the functions are"),
        range: expression.range)
    }
    switch entry {
    case .aggregate(let function):
      guard let aggregate else {
        throw ReadoutError(
          .request, "an aggregate has no place here", value: "\(name)(…)",
          hint: "aggregates stand in measure; to filter the groups, put where after measure", range: expression.range)
      }
      return try aggregate(expression, function, arguments)
    case .scalar(let function):
      var bound: [(Expression, BoundExpression)] = []
      try ArgumentCheck.count(arguments.count, function.signature, range: expression.range)
      for (index, argument) in arguments.enumerated() {
        let parameter = function.signature.parameter(at: index)
        bound.append((argument, try bind(argument, wanting: parameter.wantedType)))
      }
      return try call(function, bound, expression)
    }
  }

  /// Binds the arguments of a function over many rows and checks them against its signature.
  func bindArguments(
    _ arguments: [Expression], of signature: Signature
  ) throws(ReadoutError) -> (bound: [BoundExpression], known: [Argument]) {
    var bound: [BoundExpression] = []
    var known: [Argument] = []
    for (index, argument) in arguments.enumerated() {
      var expression = try bind(argument)
      try ArgumentCheck.type(
        expression.type, constant: expression.constant, of: index, signature, range: argument.range)
      expression = fitted(expression, to: signature.parameter(at: index))
      bound.append(expression)
      known.append(Argument(type: expression.type, constant: expression.constant, range: argument.range))
    }
    return (bound, known)
  }

  private func bindOperator(
    _ token: String, _ operands: [(Expression, BoundExpression)], _ expression: Expression
  ) throws(ReadoutError) -> BoundExpression {
    guard let function = OperatorTable.functions[token] else { throw .bug("operator \(token) is missing") }
    return try call(function, operands, expression)
  }

  private func bindBinary(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, _ expression: Expression
  ) throws(ReadoutError) -> BoundExpression {
    if op == .equal || op == .notEqual {
      if case .literal(.null) = right.node {
        return BoundExpression(.isNull(try bind(left), negated: op == .notEqual), type: .boolean)
      }
      if case .literal(.null) = left.node {
        return BoundExpression(.isNull(try bind(right), negated: op == .notEqual), type: .boolean)
      }
    }
    var a = try bind(left)
    var b = try bind(right)
    // A string literal beside a time is read as one; a null beside a value takes its type.
    if a.type.isTime, case .literal(.string) = right.node { b = try bind(right, wanting: a.type) }
    if b.type.isTime, case .literal(.string) = left.node { a = try bind(left, wanting: b.type) }
    if case .literal(.null) = right.node { b = try bind(right, wanting: a.type) }
    if case .literal(.null) = left.node { a = try bind(left, wanting: b.type) }
    do throws(ReadoutError) { return try bindOperator(op.rawValue, [(left, a), (right, b)], expression) } catch {
      guard op.isComparison else { throw error }
      var error = error
      if a.type.isTime, b.type.isNumeric { error.hint = UnquotedDate.hint(for: right) }
      if b.type.isTime, a.type.isNumeric { error.hint = UnquotedDate.hint(for: left) }
      throw error
    }
  }

  private func call(
    _ function: any ScalarFunction, _ arguments: [(expression: Expression, bound: BoundExpression)],
    _ expression: Expression
  ) throws(ReadoutError) -> BoundExpression {
    let signature = function.signature
    var known: [Argument] = []
    var fitting: [BoundExpression] = []
    for (index, argument) in arguments.enumerated() {
      try ArgumentCheck.type(
        argument.bound.type, constant: argument.bound.constant, of: index, signature, range: argument.expression.range)
      let bound = fitted(argument.bound, to: signature.parameter(at: index))
      var own = Argument(type: bound.type, constant: bound.constant, range: argument.expression.range)
      own.stem = argument.bound.stem
      known.append(own)
      fitting.append(bound)
    }
    let kernel: ScalarKernel
    do { kernel = try function.bind(known) } catch {
      var error = error
      error.range = error.range ?? expression.range
      throw error
    }
    let bound = BoundExpression(.call(signature.name, kernel, fitting), type: kernel.type)
    return folded(bound) ?? bound
  }

  /// The value of a call over constants; nil where it reads a column, or raises an error that only a row may raise.
  private func folded(_ bound: BoundExpression) -> BoundExpression? {
    guard bound.columns.isEmpty, case .call(_, let kernel, let arguments) = bound.node, !kernel.isCostly,
      arguments.allSatisfy({ $0.constant != nil })
    else { return nil }
    let evaluator = Evaluator(input: Table(fields: [], columns: [], rowCount: 1), worker: Worker(index: 0))
    guard let values = try? evaluator.evaluate(bound, in: Batch(chunk: 0, range: 0..<1, firstRow: 0)) else {
      return nil
    }
    return BoundExpression(.constant(values[0]), type: bound.type)
  }

  // MARK: and, or, if_

  private func bindAnd(_ left: Expression, _ right: Expression, _ whole: Expression) throws(ReadoutError)
    -> BoundExpression
  {
    let a = try bind(left)
    let b = try bind(right, wanting: a.type)
    if a.type == b.type || a.type == .boolean { return BoundExpression(.and(a, b), type: b.type) }
    guard let type = Self.common(a.type, b.type) else { throw Self.mixed("and", a.type, b.type, whole) }
    return BoundExpression(.and(widened(a, to: type), widened(b, to: type)), type: type)
  }

  private func bindOr(_ left: Expression, _ right: Expression, _ whole: Expression) throws(ReadoutError)
    -> BoundExpression
  {
    var a = try bind(left)
    let b = try bind(right, wanting: a.type)
    if case .literal(.null) = left.node { a = try bind(left, wanting: b.type) }
    guard let type = Self.common(a.type, b.type) else { throw Self.mixed("or", a.type, b.type, whole) }
    return BoundExpression(.or(widened(a, to: type), widened(b, to: type)), type: type)
  }

  private func bindConditional(_ arguments: [Expression]) throws(ReadoutError) -> BoundExpression {
    let condition = try bind(arguments[0])
    guard condition.type == .boolean else {
      throw ReadoutError(
        .request, "if_ wants a condition first, not \(condition.type.withArticle)",
        hint: "write a comparison, such as tone < 0",
        range: arguments[0].range)
    }
    var a = try bind(arguments[1])
    let b = try bind(arguments[2], wanting: a.type)
    if case .literal(.null) = arguments[1].node { a = try bind(arguments[1], wanting: b.type) }
    guard let type = Self.common(a.type, b.type) else {
      throw Self.mixed(
        "if_", a.type, b.type,
        Expression(.literal(.null), range: arguments[1].range.lowerBound..<arguments[2].range.upperBound))
    }
    return BoundExpression(.conditional(condition, widened(a, to: type), widened(b, to: type)), type: type)
  }

  private static func mixed(_ name: String, _ a: DataType, _ b: DataType, _ whole: Expression) -> ReadoutError {
    ReadoutError(
      .request, "\(name) would mix \(a.rawValue) and \(b.rawValue) in one column",
      hint: "convert one side, with string(…) or number(…)", range: whole.range)
  }

  /// The type that holds both: integers widen to numbers, string to text, dates to timestamps.
  static func common(_ a: DataType, _ b: DataType) -> DataType? {
    if a == b { return a }
    if a.isNumeric, b.isNumeric { return .number }
    if a.isString, b.isString { return .text }
    if a.isTime, b.isTime { return .timestamp }
    return nil
  }

  /// An argument as its parameter takes it: a date where only timestamps are taken is the moment at which it begins.
  private func fitted(_ argument: BoundExpression, to parameter: Parameter) -> BoundExpression {
    let types = parameter.types
    guard argument.type == .date, types.contains(.timestamp), !types.contains(.date) else { return argument }
    return widened(argument, to: .timestamp)
  }

  private func widened(_ expression: BoundExpression, to type: DataType) -> BoundExpression {
    if expression.type == type { return expression }
    if let constant = expression.constant {
      switch (constant, type) {
      case (.integer(let value), .number): return BoundExpression(.constant(.number(Double(value))), type: .number)
      case (.date(let days), .timestamp):
        return BoundExpression(.constant(.timestamp(days &* Calendar.microsecondsPerDay)), type: .timestamp)
      default: return BoundExpression(.constant(constant), type: type)
      }
    }
    return BoundExpression(.call("\(type.rawValue)", Widening.kernel(to: type), [expression]), type: type)
  }
}

extension Signature {
  /// A call as hints show it: `count()`, or `abs(…)` where something has to stand between the brackets.
  fileprivate var call: String {
    "\(name)(\(parameters.allSatisfy { $0.kind == .optional } ? "" : "…"))"
  }
}
