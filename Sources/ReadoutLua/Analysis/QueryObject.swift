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

  /// Queries that stand in each other, each joined to the next: running them takes the stack.
  private static let deepest = 64

  private var form: Form
  private let chain: Int
  /// At least so many steps: those of a pending step are counted when it is made.
  private let stepCount: Int
  /// How deep queries stand in each other, itself counted.
  private let depth: Int
  private var table: Table?
  /// The rows as a Lua table, for `q[i]`.
  private var rows: LuaReference?

  init(_ query: Query) {
    form = .query(query)
    chain = 0
    (stepCount, depth) = query.extent
  }

  /// The query with one more step.
  func adding(_ step: Query.Step) throws(ReadoutError) -> QueryObject {
    try behind(.step(step))
  }

  /// The query with a change that needs to know the rows or columns before it; made when the rows are asked for.
  ///
  /// - Parameter inner: A query that the change reads.
  func changing(
    reading inner: QueryObject? = nil, _ change: @escaping (Query) throws(ReadoutError) -> Query
  ) throws(ReadoutError) -> QueryObject {
    try behind(.whole(change), reading: inner)
  }

  private func behind(_ change: Change, reading inner: QueryObject? = nil) throws(ReadoutError) -> QueryObject {
    if chain >= Self.longestChain { _ = try query() }
    return try QueryObject(behind: self, change, reading: inner)
  }

  private init(behind other: QueryObject, _ change: Change, reading inner: QueryObject?) throws(ReadoutError) {
    form = .pending(other, change)
    if case .query = other.form { chain = 1 } else { chain = other.chain + 1 }
    stepCount = other.stepCount + 1 + (inner?.stepCount ?? 0)
    depth = max(other.depth, (inner?.depth ?? 0) + 1)
    try Self.check((stepCount, depth))
  }

  private static func check(_ extent: (steps: Int, depth: Int)) throws(ReadoutError) {
    guard extent.steps <= mostSteps else {
      throw ReadoutError(
        .request, "a query of more than \(mostSteps) steps",
        hint: "a query that is joined with itself holds its steps twice; compute it once, and use its rows")
    }
    guard extent.depth <= deepest else {
      throw ReadoutError(
        .request, "queries more than \(deepest) deep in each other",
        hint: "compute the inner ones once, and use their rows, or join the other way round: q:join(table, …)")
    }
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
    try Self.check(query.extent)
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
  /// Its steps and those of the queries that they read, each as often as it is read; and how deep those stand in each other.
  fileprivate var extent: (steps: Int, depth: Int) {
    steps.reduce((0, 1)) { known, step in
      let own = step.extent
      return (known.0 + own.steps, max(known.1, own.depth + 1))
    }
  }
}

extension Query.Step {
  /// The same of the queries that it reads, itself counted as a step.
  fileprivate var extent: (steps: Int, depth: Int) {
    guard case .table(let whole) = verb else { return (1, 0) }
    var (steps, depth) = (1, 0)
    _ = try? whole.mappingQueries { (query) throws(ReadoutError) in
      let inner = query.extent
      steps += inner.steps
      depth = max(depth, inner.depth)
      return query
    }
    return (steps, depth)
  }
}
