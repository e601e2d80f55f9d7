import ReadoutEngine
import ReadoutVectors

/// A Lua function of a row as a column program: its result, in the type that is declared, and where there is one.
struct LiftedFunction: Sendable {
  let program: ColumnProgram
  let result: DataType
  /// Whether the VM's values are of the result's type in every batch, so that a column of them can be planned before a row is read.
  let isDecided: Bool
  /// The result as an expression, for `explain`.
  let text: String

  /// The results of a batch, or nil where the VM must run it: in some row it raises an error, or gives what the program
  /// does not cover.
  func run(_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values? {
    guard let computed = try? program.run(arguments, rows) else { return nil }
    let (value, presence) = (computed[0], computed[1])
    if presence.constant == .boolean(false) { return Values(type: result, payload: .null, count: rows.count) }
    var validity: Bitmap?
    if presence.constant == nil {
      let bytes = presence.booleans
      if bytes.contains(where: { $0 == 0 }) { validity = Bitmap(bytes: bytes) }
    }
    if result.isTime {
      let counted = Bitmap.both(validity, rows.validity)
      guard let moments = Moments.read(value, isDate: result == .date, where: counted) else { return nil }
      return Values(integers: moments, type: result, validity: validity)
    }
    let values = Values(type: result, payload: value.written, validity: validity, count: rows.count)
    // Half a character is an error, which the VM raises at its row.
    return result.isString && !values.isUTF8(where: Bitmap.both(validity, rows.validity)) ? nil : values
  }
}

extension Values {
  /// The payload with a constant written out in every row: results of a metric are columns.
  fileprivate var written: Payload {
    guard case .constant(let scalar) = payload else { return payload }
    return switch scalar {
    case .integer: .integers(integers)
    case .number: .numbers(numbers)
    case .boolean: .booleans(booleans)
    default: .strings(strings)
    }
  }
}

extension Lifter {
  /// What a parameter is in the function.
  func parameter(_ index: Int, _ type: DataType, mayBeNil: Bool) -> SymbolicValue {
    let content: Content =
      switch type {
      case .integer: .integer(builder.parameter(index, .integer))
      case .number: .number(builder.parameter(index, .number))
      case .boolean: .truth(builder.parameter(index, .truth))
      case .string, .text, .date, .timestamp: .string(builder.parameter(index, .string))
      case .list: .object(ListArgument())
      }
    return mayBeNil ? merge(builder.isPresent(index), value(content), nothing) : value(content)
  }

  /// A value as the result of a declared type, and whether there is one. Rows of another type are watched.
  func result(_ value: SymbolicValue, as type: DataType, _ syntax: Syntax.Function, in unit: SourceUnit) throws(Refusal)
    -> (value: Int, presence: Int)
  {
    var found: Int?
    var isPresent = builder.truth(false)
    var isFitting = false
    for alternative in value.alternatives {
      let condition = value.alternatives.count == 1 ? builder.truth(true) : alternative.condition
      if case .nothing = alternative.content {
        isFitting = true
        continue
      }
      let before = path
      path = builder.and(path, condition)
      if let own = converted(alternative.content, to: type) {
        found = found.map { builder.select(condition, own, $0) } ?? own
        isPresent = builder.or(isPresent, condition)
        isFitting = true
      } else {
        builder.watch(path)
      }
      path = before
    }
    guard isFitting || value.alternatives.isEmpty else {
      throw Refusal(
        file: unit.file, line: unit.line(of: syntax.range),
        construct: "the result is never \(type.withArticle)")
    }
    return (found ?? anything(type), isPresent)
  }

  private func converted(_ content: Content, to type: DataType) -> Int? {
    switch (type, content) {
    case (.number, _): number(content)
    case (.integer, _): integer(content)
    case (.boolean, .truth(let value)): value
    case (.string, .string(let value)), (.text, .string(let value)): value
    case (.date, .string(let value)), (.timestamp, .string(let value)): value
    default: nil
    }
  }

  private func anything(_ type: DataType) -> Int {
    switch type {
    case .number: builder.anything(.number)
    case .integer: builder.anything(.integer)
    case .boolean: builder.anything(.truth)
    default: builder.anything(.string)
    }
  }
}

extension Lifter {
  /// The type of a result that is of one kind wherever it is not nil.
  func type(of value: SymbolicValue, _ syntax: Syntax.Function, in unit: SourceUnit) throws(Refusal) -> DataType {
    var types: [DataType] = []
    for alternative in value.alternatives {
      switch alternative.content {
      case .nothing: continue
      case .truth: types.append(.boolean)
      case .integer: types.append(.integer)
      case .number: types.append(.number)
      case .string: types.append(.string)
      case .object:
        throw Refusal(
          file: unit.file, line: unit.line(of: syntax.range),
          construct: "a result that is a \(alternative.content.luaType)")
      }
    }
    guard types.count == 1 else {
      throw Refusal(
        file: unit.file, line: unit.line(of: syntax.range),
        construct: types.isEmpty ? "a result that is always nil" : "a result that is of several types")
    }
    return types[0]
  }

  /// Whether strings may be dates: only constants are known not to be.
  fileprivate func mayBeMoments(_ value: Int) -> Bool {
    builder.choices(of: value).contains { part in
      if builder.selectedStrings(part) != nil { return false }
      guard let bytes = builder.constantString(part) else { return true }
      return Calendar.parseDay(bytes.span) != nil || Calendar.parseMoment(bytes.span) != nil
    }
  }
}

extension LiftedFunction {
  /// Lifts the function `each` of a metric.
  init(_ function: LuaReference, of definition: MetricDefinition, _ lifter: Lifter) throws(Refusal) {
    let held = try lifter.held(function, at: nil)
    let arguments = definition.parameters.enumerated().map { index, parameter in
      lifter.parameter(index, parameter.type, mayBeNil: definition.passesNulls)
    }
    try self.init(held, arguments, definition.parameters.map(\.name), definition.result, lifter)
  }

  /// Lifts a function of values that stand for the program's parameters; its result is of the type that is declared, or of its own.
  init(
    _ held: HeldFunction, _ arguments: [SymbolicValue], _ names: [String], _ declared: DataType?, _ lifter: Lifter
  ) throws(Refusal) {
    if declared == .list {
      throw Refusal(
        file: held.unit.file, line: held.unit.line(of: held.syntax.range), construct: "a result of type list")
    }
    let results = try lifter.call(
      held.syntax, in: held.unit, scope: Scope(root: held), arguments, at: held.syntax.range)
    let given = results.first ?? lifter.nothing
    let type: DataType
    if let declared { type = declared } else { type = try lifter.type(of: given, held.syntax, in: held.unit) }
    let (value, presence) = try lifter.result(given, as: type, held.syntax, in: held.unit)
    program = ColumnProgram(lifter.builder, results: [value, presence])
    result = type
    isDecided = declared != nil || !lifter.leavesKinds && (type != .string || !lifter.mayBeMoments(value))
    text =
      program.text(of: value, parameters: names)
      + (lifter.builder.constantTruth(presence) == true ? "" : ", or nil")
  }
}
