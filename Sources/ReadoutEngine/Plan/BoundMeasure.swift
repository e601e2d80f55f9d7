/// A list of measures over the rows of a table: the aggregates in them, and what is made of these.
struct BoundMeasure: Sendable {
  let aggregates: [BoundAggregate]
  /// Expressions over the aggregates, which are columns 0, 1, … for them.
  let results: [(name: String, expression: BoundExpression)]

  init(_ items: [ListItem], over fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) {
    let rows = Scope(fields: fields)
    let collector = AggregateCollector(functions: functions, rows: rows, keyCount: 0)
    var results: [(name: String, expression: BoundExpression)] = []
    for (name, item) in zip(try ItemName.all(items), items) {
      let binder = collector.binder(Scope()) {
        "there are many values of \($0): put it into an aggregate, such as mean(\(Expression.text(ofColumn: $0)))"
      }
      results.append((name, try binder.bind(item.expression)))
    }
    aggregates = collector.aggregates
    self.results = results
  }

  /// The columns that its aggregates read.
  var columns: Set<Int> { Set(aggregates.flatMap(\.arguments).flatMap(\.columns)) }

  /// How its aggregates follow from sums; nil where one of them does not.
  var additive: [AdditiveForm]? {
    let forms = aggregates.compactMap(\.kernel.additive)
    return forms.count == aggregates.count ? forms : nil
  }
}
