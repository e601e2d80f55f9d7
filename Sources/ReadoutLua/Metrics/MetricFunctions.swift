import CLuaBridge
import ReadoutEngine

/// A metric's functions in one Lua state.
struct MetricFunctions {
  let state: LuaState
  /// By key: `each`, or `init`, `update`, `merge`, `finalize`.
  let functions: [String: LuaReference]

  init(_ table: LuaValue, in state: LuaState) {
    self.state = state
    var functions: [String: LuaReference] = [:]
    for key in MetricReader.functionKeys { functions[key] = table[key].function }
    self.functions = functions
  }

  func number(_ key: String) -> Int32 { functions[key]?.number ?? 0 }
}

/// Where a metric's functions are found: in a plugin's state of each worker, or in the state of the analysis.
protocol MetricHome: AnyObject, Sendable {
  /// The functions of metric `index` for a worker. The state stays the worker's own while `lease` lives.
  func functions(of index: Int, worker: Worker) throws(ReadoutError) -> (functions: MetricFunctions, lease: AnyObject)
  /// How the metric runs: lifted, or in the VM and why.
  func lifting(of index: Int, _ definition: MetricDefinition) -> MetricLifting
  /// What a trial of the fold's merge law came to, made once.
  func law(of metric: LuaFoldMetric) throws(ReadoutError) -> MergeLaw
}

extension MetricDefinition {
  /// The error of a row or group: the metric, its file and line, the phase and the row.
  func error(
    _ error: ReadoutError, _ failure: bridge_failure, row: Int?, group: Int? = nil
  ) -> ReadoutError {
    let phase = ["each", "init", "update", "merge", "finalize"][Int(failure.phase)]
    var error = error
    if error == .cancelled { return error }
    if failure.is_wrong_type {
      let parts = error.message.split(separator: "\n", maxSplits: 1)
      error.message = "\(phase == "each" ? name : "\(phase) of \(name)") gives \(parts[0]), not \(result.withArticle)"
      error.value = parts.count > 1 ? String(parts[1]) : ""
      // The function has returned: what the VM tells is where the query was asked for.
      error.place = .init()
      error.hint =
        parts[0].hasSuffix("UTF-8")
        ? LuaValue.hintForCutCharacter
        : "returns = \"\(result.rawValue)\" in the metric; nil is null"
    }
    error.blame = error.blame == .bug ? .bug : blame
    error.group = group
    return error.at(
      file: file, line: lines[phase] ?? line, step: phase == "each" ? "metric \(name)" : "\(phase) of metric \(name)"
    ).about(row: row)
  }

  /// The error for a string that is no date or timestamp.
  func wrongMoment(_ text: String, phase: Int32, row: Int?, group: Int? = nil) -> ReadoutError {
    let failure = bridge_failure(row: 0, phase: phase, is_wrong_type: true)
    return error(ReadoutError(blame, "a string\n\(text)"), failure, row: row, group: group)
  }
}
