import ReadoutEngine
import ReadoutVectors

/// What came of one example of a metric.
public struct ExampleResult: Sendable {
  public var metric: String
  /// Counted from 1.
  public var number: Int
  /// The example as a user would write it: `hedging('It may rain')`.
  public var call: String
  public var expected: Scalar
  /// What the metric gave; null where it failed.
  public var given: Scalar
  /// Why it is wrong; nil where the example holds.
  public var failure: ReadoutError?

  public var isGood: Bool { failure == nil }
}

extension Plugin {
  /// Runs the examples of all metrics, a fold in one go; `tryMergeLaws` cuts it in parts.
  ///
  /// Numbers agree to within 1e-9 of their size. Where the run's time is up, the examples that are left fail for it.
  public func runExamples() -> [ExampleResult] {
    zip(metrics, functions).flatMap { definition, entry in
      definition.examples.enumerated().map { index, example in
        var result = ExampleResult(
          metric: definition.name, number: index + 1, call: definition.call(example), expected: example.gives,
          given: .null)
        do throws(ReadoutError) {
          try limits.checkRun()
          try ExampleRun(definition: definition, entry: entry).run(example, into: &result)
        } catch {
          result.failure = error
        }
        return result
      }
    }
  }
}

/// One metric, ready to run its examples as a query would.
private struct ExampleRun {
  let definition: MetricDefinition
  let entry: FunctionRegistry.Entry

  func run(_ example: MetricDefinition.Example, into result: inout ExampleResult) throws(ReadoutError) {
    switch entry {
    case .scalar(let function): result.given = try value(of: function, example.rows[0])
    case .aggregate(let function): result.given = try value(of: function, example.rows)
    }
    guard !result.given.isClose(to: example.gives) else { return }
    let shown = { (value: Scalar) in Expression(.literal(value)).description }
    throw ReadoutError(
      .plugin, "\(definition.call(example)) gives \(shown(result.given)), not \(shown(example.gives))",
      place: .init(file: definition.file, line: definition.line, step: "metric \(definition.name)"),
      hint: stateHint(example, given: result.given))
  }

  /// What authors of a first fold get wrong: where its rows do not matter, `update` may not have changed the state.
  private func stateHint(_ example: MetricDefinition.Example, given: Scalar) -> String? {
    guard case .aggregate(let function) = entry, !example.rows.isEmpty else { return nil }
    guard let unchanged = try? value(of: function, [[Scalar]]()), unchanged.isClose(to: given) else { return nil }
    return "no rows give the same: update has to change fields of the state; what it returns is not looked at"
  }

  private func value(of function: any ScalarFunction, _ row: [Scalar]) throws(ReadoutError) -> Scalar {
    let kernel = try function.bind(arguments)
    let columns = columns([row])
    if kernel.isStrict, columns.contains(where: { $0.isNull(0) }) { return .null }
    return try kernel.body(columns, Evaluation(worker: Worker(index: 0), count: 1))[0]
  }

  private func value(of function: any AggregateFunction, _ rows: [[Scalar]]) throws(ReadoutError) -> Scalar {
    let worker = Worker(index: 0)
    let accumulator = try function.bind(arguments).makeAccumulator(worker)
    try accumulator.resize(to: 1)
    if !rows.isEmpty {
      try accumulator.update(
        columns(rows), groups: Vector(repeating: 0, count: rows.count),
        rows: Evaluation(worker: worker, count: rows.count))
    }
    return try accumulator.finalize(count: 1)[0]
  }

  private var arguments: [Argument] { definition.parameters.map { Argument(type: $0.type) } }

  private func columns(_ rows: [[Scalar]]) -> [Values] {
    definition.parameters.indices.map { index in
      Values(rows.map { $0[index] }, type: definition.parameters[index].type)
    }
  }
}
