import ReadoutEngine

/// The page of all functions that are built in, made from their signatures: `Readout.docc/Functions.md`.
public enum FunctionReference {
  /// The page as Markdown; equal signatures give equal bytes.
  public static func markdown(_ metrics: Metrics = .builtIn) -> String {
    var text = """
      # Functions

      Every function that expressions may call, made from the signatures in the code.

      A null argument makes a scalar function's result null; aggregates skip null values. A parameter with `?` may be left
      out, one with `…` may be repeated.

      """
    for (title, wantsAggregates) in [("Scalar functions", false), ("Aggregates", true)] {
      text += "\n## \(title)\n"
      for name in metrics.names {
        guard let entry = metrics[name], entry.isAggregate == wantsAggregates else { continue }
        text += "\n" + MetricHelp.section(entry.signature)
      }
    }
    text += "\n## Window functions\n\nOnly in the `derive` of a `window`; aggregates there are over the partition.\n"
    for signature in WindowFunctions.signatures { text += "\n" + MetricHelp.section(signature) }
    return text
  }
}

extension FunctionRegistry.Entry {
  var isAggregate: Bool { if case .aggregate = self { true } else { false } }
}
