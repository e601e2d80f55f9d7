import ReadoutEngine
import ReadoutLua

extension Session {
  /// What `readout metrics` prints: every function and metric in a line.
  public func metricList(width: Int?) throws(ReadoutError) -> String {
    let all = try metrics.loadingAll()
    var text = ""
    let named = groups(of: all).map { (title: $0.0, signatures: $0.1.compactMap { all[$0]?.signature }) }
    for (title, signatures) in named + [("window functions", WindowFunctions.signatures)] where !signatures.isEmpty {
      text += (text.isEmpty ? "" : "\n") + "\(title)\n"
      let calls = signatures.map { MetricHelp.call($0) }
      let longest = calls.map(\.count).max() ?? 0
      for (call, signature) in zip(calls, signatures) {
        let blanks = String(repeating: " ", count: longest - call.count)
        text += MetricHelp.cut("  \(call)\(blanks)  \(signature.summary)", to: width) + "\n"
      }
    }
    return text
  }

  /// What `readout metrics NAME` prints.
  /// - Throws: `ReadoutError` with the nearest name for one that is unknown.
  public func metricHelp(_ name: String) throws(ReadoutError) -> String {
    let found = try metrics.loading([name])
    if found[name] == nil, let window = WindowFunctions.signatures.first(where: { $0.name == name }) {
      return MetricHelp.page(window, kind: "built-in window function")
    }
    guard let entry = found[name] else {
      throw ReadoutError(
        .request, "unknown function", value: name,
        hint: Suggestion.hint(
          for: name, among: found.names + WindowFunctions.signatures.map(\.name) + plugins.names, kind: "functions"))
    }
    let isBuiltIn = FunctionRegistry.builtIn[name] != nil
    let kind =
      (isBuiltIn ? "built-in " : "")
      + (entry.isAggregate
        ? (isBuiltIn ? "aggregate" : "metric of a group's rows") : (isBuiltIn ? "function" : "metric of a row"))
    let order = try entry.rowOrderReason()
    return MetricHelp.page(entry.signature, kind: kind) + (entry.lifting.map { "\nruns \($0)\n" } ?? "")
      + (order.map { "runs in row order: \($0)\n" } ?? "")
  }

  /// What `readout metrics --markdown` prints.
  public func metricReference() throws(ReadoutError) -> String { FunctionReference.markdown(try metrics.loadingAll()) }

  private func groups(of all: Metrics) -> [(String, [String])] {
    let builtIn = FunctionRegistry.builtIn
    let isAggregate = { (name: String) in all[name]?.isAggregate ?? false }
    return [
      ("metrics from plugins", all.names.filter { builtIn[$0] == nil }),
      ("aggregates", all.names.filter { builtIn[$0] != nil && isAggregate($0) }),
      ("functions", all.names.filter { builtIn[$0] != nil && !isAggregate($0) }),
    ]
  }
}
