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
