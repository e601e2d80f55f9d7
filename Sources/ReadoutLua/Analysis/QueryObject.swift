import ReadoutEngine

/// A query as scripts hold it. Steps give new objects; the rows are computed once, when they are first asked for.
final class QueryObject: LuaObject {
  static let classNumber: Int32 = 2

  private enum Form {
    case query(Query)
    /// A step behind a query that is known only when it is needed.
    case pending(QueryObject, (Query) throws(ReadoutError) -> Query)
  }

  /// Steps that may wait on one another; more are taken at once, so that the chain stays short.
  private static let longestChain = 500

  /// Steps of a query with those of the queries inside it: joined with itself over and over it would double each time.
  private static let mostSteps = 10_000

  private var form: Form
  private let chain: Int
  private var table: Table?
  /// The rows as a Lua table, for `q[i]`.
  private var rows: LuaReference?

  init(_ query: Query) {
    form = .query(query)
    chain = 0
  }

  private init(behind other: QueryObject, _ change: @escaping (Query) throws(ReadoutError) -> Query) {
    form = .pending(other, change)
    chain = other.chain + 1
  }

  /// The query with one more step.
  func adding(_ step: Query.Step) -> QueryObject {
    let change = { (query: Query) in
      var query = query
      query.steps.append(step)
      return query
    }
    if case .query(let query) = form { return QueryObject(change(query)) }
    return QueryObject(behind: self) { (query) throws(ReadoutError) in change(query) }
  }

  /// The query with a change that needs to know the rows or columns before it; made when the rows are asked for.
  func changing(_ change: @escaping (Query) throws(ReadoutError) -> Query) throws(ReadoutError) -> QueryObject {
    if chain >= Self.longestChain { _ = try query() }
    return QueryObject(behind: self, change)
  }

  /// The whole query.
  func query() throws(ReadoutError) -> Query {
    switch form {
    case .query(let query): return query
    case .pending(let before, let change):
      let query = try change(try before.query())
      guard query.stepCount <= Self.mostSteps else {
        throw ReadoutError(
          .request, "a query of more than \(Self.mostSteps) steps",
          hint: "a query that is joined with itself holds its steps twice; compute it once, and use its rows")
      }
      form = .query(query)
      return query
    }
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
