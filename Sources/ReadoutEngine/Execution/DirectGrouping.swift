import ReadoutVectors
import Synchronization

/// Groups by a small key space: the packed key is the group's number in dense accumulators.
///
/// The rows are cut into partitions by their number alone. Each partition has accumulators of its own, fed in row order;
/// at the end they are merged in the order of the partitions. So the answer, floating sums included, does not depend on threads.
struct DirectGrouping {
  let run: StageRun
  let prepared: PreparedKeys
  let aggregates: [BoundAggregate]

  /// The state of one partition.
  private final class Partial {
    var accumulators: [any Accumulator] = []
    var isSeen: MutableVector<UInt8>

    init(size: Int) { isSeen = MutableVector(repeating: 0, count: size) }
  }

  func groups() throws(ReadoutError) -> GroupsRun.Groups {
    let size = Int(prepared.packed.size)
    let batches = prepared.filtered ?? run.batches
    let partitions = Self.partitions(
      batches: batches.count, rows: run.input.rowCount, groups: size,
      canMerge: aggregates.allSatisfy(\.kernel.canMerge))
    let partials = PartialSet(count: partitions.count)
    let (run, prepared, aggregates) = (run, prepared, aggregates)
    try run.forEach(partitions.count) { piece, evaluator throws(ReadoutError) in
      let partial = Partial(size: size)
      for aggregate in aggregates {
        let accumulator = try aggregate.kernel.makeAccumulator(evaluator.worker)
        try accumulator.resize(to: size)
        partial.accumulators.append(accumulator)
      }
      for index in partitions[piece] {
        try Self.take(batches[index], index, into: partial, run, prepared, aggregates, evaluator)
        run.options.progress?(batches[index].firstRow + batches[index].range.count, run.input.rowCount)
      }
      partials[piece] = partial
    }
    return try merged(partials, size: size)
  }

  private static func take(
    _ batch: Batch, _ index: Int, into partial: Partial, _ run: StageRun, _ prepared: PreparedKeys,
    _ aggregates: [BoundAggregate], _ evaluator: Evaluator
  ) throws(ReadoutError) {
    var batch = batch
    if prepared.filtered == nil {
      guard let rest = try run.filtered(batch, evaluator) else { return }
      batch = rest
    } else {
      if batch.count == 0 { return }
      try run.checkpoint()
      evaluator.begin()
    }
    let groups = try prepared.packed.numbers32(in: batch, batchIndex: index, evaluator: evaluator)
    partial.isSeen.updateGroups(groups) { seen, _ in seen = 1 }
    let rows = Evaluation(worker: evaluator.worker, count: batch.count, firstRow: batch.firstRow, selection: batch.selection)
    for (aggregate, accumulator) in zip(aggregates, partial.accumulators) {
      var arguments: [Values] = []
      for argument in aggregate.arguments { arguments.append(try evaluator.evaluate(argument, in: batch)) }
      do throws(ReadoutError) { try accumulator.update(arguments, groups: groups, rows: rows) } catch {
        throw error.naming { prepared.name(ofGroup: UInt64($0)) }
      }
    }
  }

  private func merged(_ partials: PartialSet, size: Int) throws(ReadoutError) -> GroupsRun.Groups {
    let whole = partials[0] ?? Partial(size: size)
    let all = Vector(count: size) { UInt32(truncatingIfNeeded: $0) }
    for piece in partials.indices.dropFirst() {
      try run.checkpoint()
      guard let partial = partials[piece] else { continue }
      for (ours, theirs) in zip(whole.accumulators, partial.accumulators) { try ours.merge(theirs, groups: all) }
      whole.isSeen.updateGroups(all, with: partial.isSeen.take(), validity: nil) { $0 |= $1 }
      partials[piece] = nil
    }
    if whole.accumulators.isEmpty {
      for aggregate in aggregates { whole.accumulators.append(try aggregate.kernel.makeAccumulator(run.worker)) }
    }
    // Without keys there is one group, also where no row is.
    let present = prepared.packed.keys.isEmpty ? Vector<UInt32>([0]) : whole.isSeen.take().selected()
    var results: [Values] = []
    for accumulator in whole.accumulators {
      do throws(ReadoutError) { results.append(try accumulator.finalize(count: size).gather(present)) } catch {
        throw error.naming { prepared.name(ofGroup: UInt64($0)) }
      }
    }
    return GroupsRun.Groups(
      keys: prepared.decode(present.map { UInt64($0) }), results: results, count: present.count)
  }

  /// Runs of batches whose partial states together stay small beside the rows; never a matter of threads.
  static func partitions(batches: Int, rows: Int, groups: Int, canMerge: Bool) -> [Range<Int>] {
    let wanted = canMerge ? min(16, max(1, rows / max(Batch.rows, 8 * groups))) : 1
    let count = max(1, min(wanted, batches))
    return (0..<count).map { batches * $0 / count..<batches * ($0 + 1) / count }
  }

  /// The partials of all partitions, put in from any thread.
  private final class PartialSet: @unchecked Sendable {
    // Sound: every access is under the lock, and a partial is used by one thread at a time: its maker, then the merger.
    private let lock = Mutex(())
    private var partials: [Partial?]

    init(count: Int) { partials = Array(repeating: nil, count: count) }

    var indices: Range<Int> { 0..<partials.count }
    subscript(piece: Int) -> Partial? {
      get { lock.withLock { _ in partials[piece] } }
      set { lock.withLock { _ in partials[piece] = newValue } }
    }
  }
}
