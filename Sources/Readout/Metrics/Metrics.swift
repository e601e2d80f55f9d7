import ReadoutEngine

/// The functions and metrics that expressions may call: built in, from plugins, and registered from Swift.
public typealias Metrics = FunctionRegistry

extension FunctionRegistry {
  /// Registers a Swift function as a metric: a value for each row.
  ///
  /// ```swift
  /// var metrics = Metrics.standard
  /// metrics.register(metric: "logit", summary: "Log odds of a share.") { (p: Double) -> Double? in
  ///   p > 0 && p < 1 ? log(p / (1 - p)) : nil
  /// }
  /// ```
  ///
  /// The types of the closure are those of the arguments and the result: see ``TableValue``. A null argument makes the
  /// result null without a call, unless the parameter is an optional. The function must depend on its arguments alone: it is
  /// called from several threads, in any order, and once for arguments that repeat.
  /// - Parameter parameters: the arguments' names for help and errors; `a`, `b`, … where they are left out.
  public mutating func register<each Input: TableValue, Result: TableValue>(
    metric name: String, parameters: [String] = [], summary: String = "",
    _ body: @escaping @Sendable (repeat each Input) throws -> Result
  ) {
    register(
      SwiftMetric<repeat each Input, Result>(name: name, parameters: parameters, summary: summary, body: body))
  }

  /// Registers an accumulator as a metric: a value for each group.
  ///
  /// Rows with a null argument are left out, unless the parameter is an optional.
  public mutating func register<Fold: MetricAccumulator>(
    metric name: String, parameters: [String] = [], summary: String = "", _ type: Fold.Type
  ) {
    register(SwiftAggregate<Fold>(name: name, parameters: parameters, summary: summary))
  }
}

enum MetricParameters {
  /// The parameters of Swift types, `a`, `b`, … where no names are given.
  static func parameters(_ types: [any TableValue.Type], named names: [String]) -> [Parameter] {
    types.enumerated().map { index, type in
      let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
      return Parameter(index < names.count ? names[index] : letter, type.acceptedTypes)
    }
  }
}
