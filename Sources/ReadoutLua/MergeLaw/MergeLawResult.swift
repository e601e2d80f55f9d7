import ReadoutEngine

/// What `readout check` has to say of a fold's merge law.
public struct MergeLawResult: Sendable {
  public var metric: String
  /// The counterexample; nil where no sample breaks the law.
  public var failure: ReadoutError?
  /// What an author should know, though it is not wrong.
  public var note: String?
}

extension Plugin {
  /// Tries the merge law of every fold.
  /// - Throws: errors that end a query.
  public func tryMergeLaws() throws(ReadoutError) -> [MergeLawResult] {
    var results: [MergeLawResult] = []
    for case .aggregate(let function) in functions {
      guard let metric = function as? LuaFoldMetric else { continue }
      results.append(result(of: metric.definition, try law(of: metric)))
    }
    return results
  }

  private func result(of definition: MetricDefinition, _ law: MergeLaw) -> MergeLawResult {
    var result = MergeLawResult(metric: definition.name)
    switch law {
    case .broken(let counterexample):
      result.failure = ReadoutError(
        .plugin, counterexample.description,
        place: .init(
          file: definition.file, line: definition.lines["merge"] ?? definition.line,
          step: "merge of metric \(definition.name)"),
        hint: "merging parts must give what one fold of all rows gives; until then it runs in row order")
    case .absent, .untried: result.note = law.reason.map { "runs in row order: \($0)" }
    case .holds(let reversal): result.note = reversal.map { "the order of rows matters: \($0)" }
    }
    return result
  }
}

extension FunctionRegistry.Entry {
  /// Why a fold in Lua runs in row order; nil where it runs in parallel, and for any other function.
  /// - Throws: errors that end a query.
  public func rowOrderReason() throws(ReadoutError) -> String? {
    guard case .aggregate(let function) = self, let metric = function as? LuaFoldMetric else { return nil }
    return try metric.home.law(of: metric).reason
  }
}
