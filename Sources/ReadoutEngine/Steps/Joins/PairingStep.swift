/// A step that puts rows of another query beside those of its input.
protocol PairingStep: TableStep {
  /// The query on the right.
  var other: Query { get set }

  /// Whether the right side's columns stand in its rows.
  var bringsColumns: Bool { get }

  /// Binds against the columns of both sides.
  func bind(
    _ left: [Table.Field], _ right: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep
}

extension PairingStep {
  public var carriesColumns: Bool { true }
  var bringsColumns: Bool { carriesColumns }

  public func bind(
    _ fields: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep {
    if let right = try other.plannedFields() { return try bind(fields, right, functions: functions) }
    return LatePairing(step: self, functions: functions)
  }

  public func mappingQueries(_ change: (Query) throws(ReadoutError) -> Query) throws(ReadoutError) -> Self {
    var step = self
    step.other = try change(other)
    return step
  }

  /// For `explain`: the plan of the query on the right, indented.
  var otherPlan: [String] {
    let text = (try? Explanation.text(of: other)) ?? ""
    return text.split(separator: "\n").map { "  \($0)" }
  }
}

/// A pairing whose right side has columns that depend on its rows: bound when that has run.
private struct LatePairing<Step: PairingStep>: BoundTableStep {
  let step: Step
  let functions: FunctionRegistry

  var fields: [Table.Field]? { nil }
  var explanation: [String] {
    ["\(step.name) \(step.other.sourceName), planned when its rows are known"] + step.otherPlan
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let right = try Executor.run(step.other, options: options)
    var late = step
    late.other = Query(right, named: step.other.sourceName, functions: step.other.functions)
    late.other.roles = step.other.roles
    return try late.bind(input.fields, right.fields, functions: functions).run(over: input, options: options)
  }
}
