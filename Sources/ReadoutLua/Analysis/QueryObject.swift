import ReadoutEngine

/// A query as scripts hold it. Steps give new objects; the rows are computed once, when they are first asked for.
final class QueryObject: LuaObject {
  static let classNumber: Int32 = 2

  private enum Form {
    case query(Query)
    /// What comes behind another query, made when it is needed.
    case pending(QueryObject, Change)
  }

  private enum Change {
    case step(Query.Step)
    /// One that needs to know the query before it.
    case whole((Query) throws(ReadoutError) -> Query)
  }

  /// Steps that may wait on one another; more are taken at once, so that the chain stays short.
  private static let longestChain = 500

  /// Steps of a query with those of the queries inside it: joined with itself over and over it would double each time.
  private static let mostSteps = 10_000

  private var form: Form
  private let chain: Int
  /// At least so many steps: those of a pending step are counted when it is made.
  private let stepCount: Int
  private var table: Table?
  /// The rows as a Lua table, for `q[i]`.
  private var rows: LuaReference?

  init(_ query: Query) {
    form = .query(query)
    chain = 0
    stepCount = query.stepCount
  }

  /// The query with one more step.
  func adding(_ step: Query.Step) throws(ReadoutError) -> QueryObject {
    try behind(.step(step))
  }

  /// The query with a change that needs to know the rows or columns before it; made when the rows are asked for.
  func changing(_ change: @escaping (Query) throws(ReadoutError) -> Query) throws(ReadoutError) -> QueryObject {
    try behind(.whole(change))
  }

  private func behind(_ change: Change) throws(ReadoutError) -> QueryObject {
    if chain >= Self.longestChain { _ = try query() }
    return try QueryObject(behind: self, change)
  }

  private init(behind other: QueryObject, _ change: Change) throws(ReadoutError) {
    form = .pending(other, change)
    if case .query = other.form { chain = 1 } else { chain = other.chain + 1 }
    stepCount = other.stepCount + 1
    try Self.check(stepCount: stepCount)
  }

  private static func check(stepCount: Int) throws(ReadoutError) {
    guard stepCount > mostSteps else { return }
    throw ReadoutError(
      .request, "a query of more than \(mostSteps) steps",
      hint: "a query that is joined with itself holds its steps twice; compute it once, and use its rows")
  }

  /// The whole query. Those before it keep their steps as they are: each would hold all before it once more.
  func query() throws(ReadoutError) -> Query {
    var changes: [Change] = []
    var first = self
    while case .pending(let before, let change) = first.form {
      changes.append(change)
      first = before
    }
    guard case .query(var query) = first.form else { throw .bug("a query without a beginning") }
    for change in changes.reversed() {
      switch change {
      case .step(let step): query.steps.append(step)
      case .whole(let change): query = try change(query)
      }
    }
    try Self.check(stepCount: query.stepCount)
    form = .query(query)
    return query
  }

  /// The answer, computed once.
  func result(in analysis: Analysis) throws(ReadoutError) -> Table {
    if let table { return table }
    let made = try analysis.host.run(analysis.withMetrics(try query()))
    table = made
    return made
  }

  /// The rows as a Lua table, made once.
  func sharedRows(in analysis: Analysis) throws(ReadoutError) -> LuaReference {
    if let rows { return rows }
    let made = try analysis.state.rows(of: try result(in: analysis))
    rows = made
    return made
  }
}

extension Query {
  /// Its steps and those of the queries that they read, each as often as it is read.
  fileprivate var stepCount: Int {
    steps.reduce(0) { count, step in
      guard case .table(let whole) = step.verb else { return count + 1 }
      var inner = 0
      _ = try? whole.mappingQueries { (query) throws(ReadoutError) in
        inner += query.stepCount
        return query
      }
      return count + 1 + inner
    }
  }
}
