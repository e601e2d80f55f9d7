import ReadoutEngine
import ReadoutVectors

/// A Swift function as a scalar function of the engine.
struct SwiftMetric<each Input: TableValue, Result: TableValue>: ScalarFunction {
  let signature: Signature
  let body: @Sendable (repeat each Input) throws -> Result

  init(
    name: String, parameters: [String], summary: String,
    body: @escaping @Sendable (repeat each Input) throws -> Result
  ) {
    self.signature = Signature(
      name, MetricParameters.parameters(Self.types, named: parameters), result: Result.dataType.rawValue,
      summary: summary)
    self.body = body
  }

  private static var types: [any TableValue.Type] {
    var types: [any TableValue.Type] = []
    for type in repeat (each Input).self { types.append(type) }
    return types
  }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel {
    let name = signature.name
    let nullable = Self.types.map { $0.allowsNull }
    return ScalarKernel(
      Result.dataType, strict: !nullable.contains(true), canFail: true, costly: true, note: "a Swift function"
    ) { (arguments, rows) throws(ReadoutError) in
      var column = 0
      let decoded = (repeat MetricColumn<each Input>(arguments, &column))
      var results: [Scalar] = []
      results.reserveCapacity(rows.count)
      for row in 0..<rows.count {
        guard rows.isPresent(row), (0..<column).allSatisfy({ nullable[$0] || !arguments[$0].isNull(row) }) else {
          results.append(.null)
          continue
        }
        do {
          results.append(try body(repeat (each decoded).values[row]).scalar)
        } catch {
          throw MetricFailure.error(error, metric: name, detail: "row \(rows.rowNumber(row))")
        }
      }
      return Values(results, type: Result.dataType)
    }
  }
}

/// One decoded argument.
struct MetricColumn<Value: TableValue> {
  let values: [Value]

  init(_ arguments: [Values], _ column: inout Int) {
    values = Value.decode(arguments[column])
    column += 1
  }
}

enum MetricFailure {
  /// What a metric threw, as an error that names it.
  static func error(_ error: any Error, metric: String, detail: String?) -> ReadoutError {
    if let known = error as? ReadoutError { return known.at(step: "metric \(metric)", detail: detail) }
    return ReadoutError(
      .plugin, "a metric failed", value: "\(error)", place: .init(step: "metric \(metric)", detail: detail))
  }
}
