import ReadoutEngine
import ReadoutVectors
import Synchronization

/// What is believed about the columns met so far; workers share it.
final class JSONColumns: Sendable {
  private struct State {
    var hypotheses: [String: ColumnHypothesis] = [:]
    var kinds: [String: JSONKinds] = [:]
    var tallies: [String: JSONTally] = [:]
    var interners = 0
  }

  private let plan: JSONPlan
  private let state: Mutex<State>

  /// `sampled` are the columns of a sample.
  init(_ plan: JSONPlan, sampled: [String: ColumnHypothesis]) {
    self.plan = plan
    state = Mutex(State(hypotheses: sampled))
  }

  /// What is believed about a column; one that is new is believed to be nothing yet.
  func hypothesis(_ name: String) -> ColumnHypothesis {
    state.withLock { state in
      if let known = state.hypotheses[name] { return known }
      let made = ColumnHypothesis(
        plan.column(name), sample: [], stringForm: .codes, meanBytes: 0, isMixed: false)
      state.hypotheses[name] = made
      return made
    }
  }

  /// The number of a new interner.
  func nextInterner() -> Int {
    state.withLock { state in
      state.interners += 1
      return state.interners - 1
    }
  }

  var internerCount: Int { state.withLock { $0.interners } }

  func add(_ kinds: JSONKinds, to name: String) {
    state.withLock { $0.kinds[name, default: []].formUnion(kinds) }
  }

  func add(_ tally: JSONTally, to name: String) {
    state.withLock { $0.tallies[name, default: JSONTally()].add(tally) }
  }

  /// How many values of each kind a column has, where they were counted.
  func tally(_ name: String) -> JSONTally? { state.withLock { $0.tallies[name] } }

  /// Whether a column without a given type has values of several kinds.
  func isMixed(_ name: String) -> Bool {
    let kinds = kinds(name)
    return hypothesis(name).given == nil && kinds.rawValue.nonzeroBitCount > 1
  }

  /// The kinds of values that a column has, once all are parsed.
  func kinds(_ name: String) -> JSONKinds { state.withLock { $0.kinds[name] ?? [] } }
}
