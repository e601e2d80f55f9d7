import ReadoutVectors

extension Query {
  /// The queries whose rows its joins put beside its own, in the order of the steps. `semi` and `anti` put none there.
  public var partners: [Query] {
    steps.compactMap { step in
      if case .table(let step as any PairingStep) = step.verb, step.bringsColumns { step.other } else { nil }
    }
  }
}

extension Evidence {
  /// The rows of a partner's answer behind the rows `wanted` of the answer, ascending, each once: those that stood beside the
  /// query's own rows in the rows that were counted.
  ///
  /// - Parameter number: Which of `query.partners`.
  public static func rows(
    ofPartner number: Int, behind wanted: Vector<UInt32>, of query: Query, options: ExecutionOptions
  ) throws(ReadoutError) -> Vector<UInt32> {
    let traces = try traces(of: query, options)
    let joins = traces.indices.filter { (traces[$0].stage.step as? any PairingStep)?.bringsColumns ?? false }
    var rows = wanted
    for trace in traces[(joins[number] + 1)...].reversed() { rows = try trace.rows(behind: rows, options) }
    return try traces[joins[number]].partners(behind: rows, options)
  }
}

extension StageTrace {
  /// The rows of the other side's answer in rows of a join's answer.
  fileprivate func partners(
    behind wanted: Vector<UInt32>, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Vector<UInt32> {
    guard var step = stage.step as? any PairingStep else { throw .bug("a join without its step") }
    step.other = step.other.adding(.table(RowNumbering()))
    let again = try step.bind(input.fields, functions: functions)
    // Joins put a prefix before the names of the other side.
    func place(_ fields: [Table.Field]) -> Int? { fields.firstIndex { $0.name.hasSuffix(RowNumbering.column) } }
    let needed = again.fields.flatMap(place).map { Set([$0]) }
    let answer = try again.run(over: input, needing: needed, options: options)
    guard let column = place(answer.fields) else { throw .bug("\(step.name) brings columns, but not all of them") }
    let values = try answer.values(column)
    guard wanted.allSatisfy({ $0 < answer.rowCount }) else {
      throw .bug("evidence: a join gave fewer rows than before")
    }
    let found = Set(wanted.filter { !values.isNull(Int($0)) }.map { values.integers[Int($0)] })
    return Vector(found.sorted().map { UInt32(truncatingIfNeeded: $0) })
  }
}

/// The rows of a query's answer, numbered.
private struct RowNumbering: TableStep, BoundTableStep {
  /// A column that no user has.
  static let column = "\u{1}row"

  private var given: [Table.Field] = []

  var name: String { "numbering" }
  var carriesColumns: Bool { true }
  var explanation: [String] { [name] }
  var fields: [Table.Field]? { given + [Table.Field(Self.column, .integer)] }

  func bind(_ fields: [Table.Field], functions: FunctionRegistry) -> any BoundTableStep {
    var bound = self
    bound.given = fields
    return bound
  }

  func run(over input: Table, options: ExecutionOptions) -> Table {
    input.replacing(Self.column, with: Values(integers: Vector(count: input.rowCount) { Int64($0) }))
  }
}
