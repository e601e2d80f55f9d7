import ReadoutEngine
import ReadoutVectors

/// Tries the merge law of a fold on small samples: every one is folded in one go, and in parts that are merged.
///
/// It runs in the VM, in one state, and counts instructions, not time: what it finds is a matter of the metric alone.
/// O(samples x cuts) groups, folded by a handful of batches.
struct MergeTrial {
  /// How three parts are merged: `(a b) c`, or `a (b c)`.
  enum Nesting: Sendable { case left, right }

  /// Of the VM, for one batch. A metric that takes more on a sample is not tried on it.
  private static let instructions: Int32 = 1_000_000

  private let metric: LuaFoldMetric
  private let worker = Worker(index: 0)

  /// - Throws: errors that end a query: it is cancelled, or out of time.
  static func law(of metric: LuaFoldMetric) throws(ReadoutError) -> MergeLaw {
    guard metric.definition.kind == .fold(canMerge: true) else { return .absent }
    return try MergeTrial(metric: metric).run(TrialSamples(metric.definition).rows)
  }

  private init(metric: LuaFoldMetric) { self.metric = metric }

  private func run(_ samples: [[[Scalar]]]) throws(ReadoutError) -> MergeLaw {
    var failure: ReadoutError?
    var tried: [(rows: [[Scalar]], whole: Scalar)] = []
    for (rows, result) in zip(samples, try results(of: samples.map { [$0] }, .left)) {
      switch result {
      case .success(let whole): tried.append((rows, whole))
      case .failure(let error): failure = failure ?? error
      }
    }
    guard tried.contains(where: { $0.rows.count > 1 }) else { return .untried(failure) }
    for nesting in [Nesting.left, .right] {
      let trials = tried.flatMap { sample in
        Self.cuts(of: sample.rows, nesting).map { (parts: $0, whole: sample.whole) }
      }
      for (trial, merged) in zip(trials, try results(of: trials.map(\.parts), nesting)) {
        if case .success(let value) = merged, value.isClose(to: trial.whole, orWithin: 1e-12) { continue }
        // Too large for a trial is not wrong.
        if case .failure(let error) = merged, error.message == LuaState.memoryLimitMessage { return .untried(error) }
        return .broken(.init(parts: trial.parts, nesting: nesting, whole: trial.whole, merged: merged))
      }
    }
    return .holds(reversal: try reversal(among: tried))
  }

  /// The first sample whose rows in reverse give something else.
  private func reversal(among tried: [(rows: [[Scalar]], whole: Scalar)]) throws(ReadoutError) -> MergeLaw.Reversal? {
    let backwards = try results(of: tried.map { [$0.rows.reversed()] }, .left)
    for (sample, result) in zip(tried, backwards) {
      guard case .success(let value) = result, !value.isClose(to: sample.whole, orWithin: 1e-12) else { continue }
      return MergeLaw.Reversal(rows: sample.rows, forwards: sample.whole, backwards: value)
    }
    return nil
  }

  /// The rows in two parts and in three; of a small sample at every place, the empty part among them. Nested to the right only
  /// three parts differ.
  private static func cuts(of rows: [[Scalar]], _ nesting: Nesting) -> [[[[Scalar]]]] {
    let count = rows.count
    var cuts: [[[[Scalar]]]] = []
    if nesting == .left {
      let places = count <= 8 ? Array(0...count) : [0, 1, count / 3, count / 2, count - 1, count]
      cuts += places.map { [Array(rows[..<$0]), Array(rows[$0...])] }
    }
    if count >= 3 {
      let pairs = count < 6 ? [(1, count - 1)] : [(1, 2), (count / 3, count * 2 / 3)]
      cuts += pairs.map { [Array(rows[..<$0]), Array(rows[$0..<$1]), Array(rows[$1...])] }
    }
    return cuts
  }

  // MARK: Folding

  /// The result of every group, whose rows are folded in parts that are merged. Each on its own where one of them fails.
  private func results(
    of groups: [[[[Scalar]]]], _ nesting: Nesting
  ) throws(ReadoutError) -> [Result<Scalar, ReadoutError>] {
    if groups.isEmpty { return [] }
    do throws(ReadoutError) {
      let values = try merged(groups, nesting)
      return groups.indices.map { .success(values[$0]) }
    } catch {
      if error.endsQuery { throw error }
      if groups.count == 1 { return [.failure(error)] }
    }
    var results: [Result<Scalar, ReadoutError>] = []
    for group in groups { results += try self.results(of: [group], nesting) }
    return results
  }

  private func merged(_ groups: [[[[Scalar]]]], _ nesting: Nesting) throws(ReadoutError) -> Values {
    var states: [LuaAccumulator] = []
    for part in 0..<(groups.map(\.count).max() ?? 0) {
      states.append(try fold(groups.map { part < $0.count ? $0[part] : [] }))
    }
    let all = Vector(0..<UInt32(groups.count))
    switch nesting {
    case .left: for state in states.dropFirst() { try states[0].merge(state, groups: all) }
    case .right:
      for part in states.indices.dropLast().reversed() { try states[part].merge(states[part + 1], groups: all) }
    }
    return try states[0].finalize(count: groups.count)
  }

  /// One part of every group.
  private func fold(_ parts: [[[Scalar]]]) throws(ReadoutError) -> LuaAccumulator {
    let accumulator = try LuaAccumulator(metric, worker: worker, instructions: Self.instructions)
    let rows = parts.flatMap { $0 }
    guard !rows.isEmpty else { return accumulator }
    let groups = parts.enumerated().flatMap { group, rows in rows.map { _ in UInt32(group) } }
    let columns = metric.definition.parameters.enumerated().map { index, parameter in
      Values(rows.map { $0[index] }, type: parameter.type)
    }
    try accumulator.update(columns, groups: Vector(groups), rows: Evaluation(worker: worker, count: rows.count))
    return accumulator
  }
}
