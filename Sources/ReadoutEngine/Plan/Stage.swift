/// A part of a plan that reads a table and gives one: filters, then one output.
struct Stage: Sendable {
  enum Output: Sendable {
    /// Expressions over the rows that survive the filters; of these rows only `limit.count` after the first `limit.skip`.
    case columns([(name: String, expression: BoundExpression)], limit: (count: Int, skip: Int)?)
    /// One row a group. The results are computed from the keys and aggregates, which are columns 0, 1, … for them.
    case groups(
      keys: [(name: String, expression: BoundExpression)], aggregates: [BoundAggregate],
      results: [(name: String, expression: BoundExpression)])
    /// The rows in another order, of which at most `limit` are wanted.
    case sort([(expression: BoundExpression, isDescending: Bool)], limit: Int?)
    /// What a step over the whole table gives.
    case table(any BoundTableStep)
  }

  struct Filter: Sendable {
    let text: String
    let expression: BoundExpression
    let place: ReadoutError.Place
  }

  var filters: [Filter] = []
  var output: Output
  /// The columns of the table that it gives.
  var fields: [Table.Field]
  /// Where errors of the output's expressions are.
  var place: ReadoutError.Place = .init()
  /// The step that was bound, of a step over the whole table.
  var step: (any TableStep)?
}
