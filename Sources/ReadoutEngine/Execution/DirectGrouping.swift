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
  private let size: Int
  /// The aggregate that counts the rows of each group beside its own work, where there is one.
  private let counter: Int?

  /// The state of one partition.
  private final class Partial {
    /// By aggregate; nil for `count()` where the counter stands in for it.
    var accumulators: [(any Accumulator)?] = []
    /// 1 for each group that has a row; empty where the counter tells.
    var isSeen: MutableVector<UInt8>

    init(size: Int) { isSeen = MutableVector(repeating: 0, count: size) }
  }

  init(run: StageRun, prepared: PreparedKeys, aggregates: [BoundAggregate]) {
    self.run = run
    self.prepared = prepared
    self.aggregates = aggregates
    size = Int(prepared.packed.size)
    counter = Self.counter(among: aggregates, of: run.input)
  }

  func groups() throws(ReadoutError) -> GroupsRun.Groups {
    let batches = prepared.filtered ?? run.batches
    let partitions = Self.partitions(
      batches: batches.count, rows: batches.reduce(0) { $0 + $1.count },
      least: size * (aggregates.map(\.kernel.rowsPerGroup).max() ?? 8),
      canMerge: aggregates.allSatisfy(\.kernel.canMerge))
    let partials = PartialSet(count: partitions.count)
    let this = self
    try run.forEach(partitions.count) { piece, evaluator throws(ReadoutError) in
      let partial = try this.makePartial(evaluator.worker)
      for index in partitions[piece] {
        try this.take(batches[index], index, into: partial, evaluator)
        this.run.options.progress?(batches[index].firstRow + batches[index].range.count, this.run.input.rowCount)
      }
      partials[piece] = partial
    }
    return try finished(merged(partials))
  }

  // MARK: Rows

  private func makePartial(_ worker: Worker) throws(ReadoutError) -> Partial {
    let partial = Partial(size: counter == nil ? size : 0)
    for (index, aggregate) in aggregates.enumerated() {
      if let counter, index != counter, aggregate.isRowCount {
        partial.accumulators.append(nil)
        continue
      }
      let accumulator = try aggregate.kernel.makeAccumulator(worker)
      try accumulator.resize(to: size)
      partial.accumulators.append(accumulator)
    }
    return partial
  }

  private func take(
    _ batch: Batch, _ index: Int, into partial: Partial, _ evaluator: Evaluator
  ) throws(ReadoutError) {
    guard let batch = try prepared.rows(of: batch, run, evaluator) else { return }
    let groups = try prepared.packed.groups(in: batch, batchIndex: index, evaluator: evaluator)
    if counter == nil { partial.isSeen.updateGroups(groups) { $0 = 1 } }
    let rows = Evaluation(
      worker: evaluator.worker, count: batch.count, firstRow: batch.firstRow, selection: batch.selection)
    // Made where an accumulator needs it.
    var widened: Vector<UInt32>?
    for (aggregate, accumulator) in zip(aggregates, partial.accumulators) {
      guard let accumulator, !takesEncoded(batch, aggregate, accumulator, groups) else { continue }
      let wide = widened ?? groups.widened
      widened = wide
      var arguments: [Values] = []
      do throws(ReadoutError) {
        for argument in aggregate.arguments { arguments.append(try evaluator.evaluate(argument, in: batch)) }
        try accumulator.update(arguments, groups: wide, rows: rows)
      } catch {
        throw error.about(wide.map { UInt64($0) }, of: rows).naming { prepared.name(ofGroup: UInt64($0)) }
      }
    }
  }

  /// Gives the accumulator a whole batch of its column as it is encoded; false where it needs values.
  private func takesEncoded(
    _ batch: Batch, _ aggregate: BoundAggregate, _ accumulator: any Accumulator, _ groups: GroupNumbers
  ) -> Bool {
    guard let accumulator = accumulator as? any EncodedAccumulator else { return false }
    var chunks: [ColumnChunk] = []
    for argument in aggregate.arguments {
      guard case .column(let index) = argument.node else { return false }
      chunks.append(run.input.columns[index].chunks[batch.chunk])
    }
    return accumulator.update(
      chunks, EncodedRows(range: batch.range, selection: batch.selection), groups: groups)
  }

  // MARK: Partitions

  /// Runs of batches of at least so many rows, so that partial states stay small beside these; never a matter of threads.
  static func partitions(batches: Int, rows: Int, least: Int, canMerge: Bool) -> [Range<Int>] {
    let wanted = canMerge ? min(16, max(1, rows / max(Batch.rows, least))) : 1
    let count = max(1, min(wanted, batches))
    return (0..<count).map { batches * $0 / count..<batches * ($0 + 1) / count }
  }

  private func merged(_ partials: PartialSet) throws(ReadoutError) -> Partial {
    let whole: Partial
    if let first = partials[0] { whole = first } else { whole = try makePartial(run.worker) }
    let all = Vector(count: size) { UInt32(truncatingIfNeeded: $0) }
    for piece in partials.indices.dropFirst() {
      try run.checkpoint()
      guard let partial = partials[piece] else { continue }
      for (ours, theirs) in zip(whole.accumulators, partial.accumulators) {
        if let ours, let theirs { try ours.merge(theirs, groups: all) }
      }
      if counter == nil { whole.isSeen.updateGroups(all, with: partial.isSeen.take(), validity: nil) { $0 |= $1 } }
      partials[piece] = nil
    }
    return whole
  }

  private func finished(_ whole: Partial) throws(ReadoutError) -> GroupsRun.Groups {
    let counts = counter.flatMap { whole.accumulators[$0] as? any RowCounting }?.rowCounts(size)
    // Without keys there is one group, also where no row is.
    let present =
      prepared.packed.keys.isEmpty
      ? Vector<UInt32>([0]) : (counts?.map { $0 == 0 ? 0 : 1 } ?? whole.isSeen.take()).selected()
    var results: [Values] = []
    for accumulator in whole.accumulators {
      guard let accumulator else {
        results.append(Values(integers: counts!).gather(present))
        continue
      }
      do throws(ReadoutError) {
        results.append(try accumulator.finalize(count: size, only: present, numbers: present.map { UInt64($0) }))
      } catch {
        throw error.naming { prepared.name(ofGroup: UInt64($0)) }
      }
    }
    return GroupsRun.Groups(prepared.decode(present.map { UInt64($0) }) + results, count: present.count)
  }

  /// An aggregate that counts every row on the way: a mean over a column without nulls, or `count()` itself.
  private static func counter(among aggregates: [BoundAggregate], of table: Table) -> Int? {
    let means = aggregates.firstIndex { aggregate in
      guard aggregate.kernel.countsRows, case .column(let index)? = aggregate.arguments.first?.node else {
        return false
      }
      return table.columns[index].nullCount == 0
    }
    return means ?? aggregates.firstIndex(where: \.isRowCount)
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
