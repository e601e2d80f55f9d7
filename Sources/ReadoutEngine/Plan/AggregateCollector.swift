/// Gathers the aggregates of a measure: each different one is computed once, and its results are a column behind the keys.
final class AggregateCollector {
  private let functions: FunctionRegistry
  private let rows: Scope
  private let keyCount: Int
  private(set) var aggregates: [BoundAggregate] = []
  private var known: [Expression: Int] = [:]

  init(functions: FunctionRegistry, rows: Scope, keyCount: Int) {
    self.functions = functions
    self.rows = rows
    self.keyCount = keyCount
  }

  /// A binder of measures, whose aggregates are collected here.
  ///
  /// - Parameters:
  ///   - results: what a measure may name beside its aggregates.
  ///   - manyValues: the hint for a column that stands there by itself.
  func binder(_ results: Scope, manyValues: @escaping (_ column: String) -> String) -> Binder {
    var binder = Binder(functions: functions, scope: results)
    binder.hintForUnknown = { [rows] name in rows[name] == nil ? nil : manyValues(name) }
    binder.candidates = { [rows] in rows.names }
    binder.aggregate = { call, function, arguments throws(ReadoutError) in
      try self.column(call, function, arguments)
    }
    return binder
  }

  /// The column of the aggregate that `call` asks for.
  func column(
    _ call: Expression, _ function: any AggregateFunction, _ arguments: [Expression]
  ) throws(ReadoutError) -> BoundExpression {
    if let index = known[call] {
      return BoundExpression(.column(keyCount + index), type: aggregates[index].kernel.type)
    }
    let signature = function.signature
    try ArgumentCheck.count(arguments.count, signature, range: call.range)
    var binder = Binder(functions: functions, scope: rows)
    binder.aggregate = { call, _, _ throws(ReadoutError) in
      throw ReadoutError(
        .request, "an aggregate inside an aggregate", value: call.description,
        hint: "measure twice: the second measure takes the results of the first", range: call.range)
    }
    let (bound, known) = try binder.bindArguments(arguments, of: signature)
    let kernel: AggregateKernel
    do throws(ReadoutError) { kernel = try function.bind(known) } catch {
      var error = error
      error.range = error.range ?? call.range
      throw error
    }
    self.known[call] = aggregates.count
    aggregates.append(BoundAggregate(text: call.description, kernel: kernel, arguments: bound))
    return BoundExpression(.column(keyCount + aggregates.count - 1), type: kernel.type)
  }
}
