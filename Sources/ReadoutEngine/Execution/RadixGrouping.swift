import ReadoutVectors
import Synchronization

/// Groups by a large key space: rows are scattered by a hash of their packed key, and each part is grouped by itself.
///
/// All rows of a group lie in one part, in row order: no states are merged, and the answer does not depend on threads.
/// Memory: 8 bytes a row for the key, and its arguments.
struct RadixGrouping {
  let run: StageRun
  let prepared: PreparedKeys
  let aggregates: [BoundAggregate]

  /// The rows of one batch, ordered by part.
  private struct Scattered: Sendable {
    let keys: Vector<UInt64>
    /// By aggregate and argument.
    let arguments: [[Values]]
    /// Part `p` has the rows `offsets[p]..<offsets[p + 1]`.
    let offsets: [Int]
    /// Rows of the batch's range, in the order of the parts; for errors.
    let rows: Vector<UInt32>
    let firstRow: Int
  }

  private static let parts = 64

  func groups() throws(ReadoutError) -> GroupsRun.Groups {
    let scattered = try scatter()
    let parts = Gathered<GroupsRun.Groups>(count: Self.parts)
    let (run, prepared, aggregates) = (run, prepared, aggregates)
    try run.forEach(Self.parts) { part, evaluator throws(ReadoutError) in
      parts[part] = try Self.group(part, scattered, prepared, aggregates, run, evaluator.worker)
    }
    return sorted(parts.all)
  }

  private func scatter() throws(ReadoutError) -> [Scattered] {
    let batches = prepared.filtered ?? run.batches
    let scattered = Gathered<Scattered>(count: batches.count)
    let (run, prepared, aggregates) = (run, prepared, aggregates)
    try run.forEach(batches.count) { piece, evaluator throws(ReadoutError) in
      var batch = batches[piece]
      if prepared.filtered == nil {
        guard let rest = try run.filtered(batch, evaluator) else { return }
        batch = rest
      } else {
        if batch.count == 0 { return }
        try run.checkpoint()
        evaluator.begin()
      }
      let keys = try prepared.packed.numbers(in: batch, batchIndex: piece, evaluator: evaluator)
      let (order, offsets) = Self.partOrder(keys)
      var arguments: [[Values]] = []
      for aggregate in aggregates {
        var values: [Values] = []
        for argument in aggregate.arguments { values.append(try evaluator.evaluate(argument, in: batch).gather(order)) }
        arguments.append(values)
      }
      scattered[piece] = Scattered(
        keys: keys.gather(order), arguments: arguments, offsets: offsets,
        rows: batch.selection.map { $0.gather(order) } ?? order, firstRow: batch.firstRow)
      run.options.progress?(batch.firstRow + batch.range.count, run.input.rowCount)
    }
    return scattered.all
  }

  /// The rows ordered by part, within a part as they were, and where each part begins.
  private static func partOrder(_ keys: Vector<UInt64>) -> (order: Vector<UInt32>, offsets: [Int]) {
    let part = keys.map { UInt8(truncatingIfNeeded: StringHash.hash($0) >> 58) }
    var offsets = [Int](repeating: 0, count: parts + 1)
    for number in part { offsets[Int(number) + 1] += 1 }
    for number in 0..<parts { offsets[number + 1] += offsets[number] }
    var next = offsets
    var order = MutableVector<UInt32>(repeating: 0, count: keys.count)
    for row in part.indices {
      let number = Int(part[row])
      order[next[number]] = UInt32(truncatingIfNeeded: row)
      next[number] += 1
    }
    return (order.freeze(), offsets)
  }

  private static func group(
    _ part: Int, _ scattered: [Scattered], _ prepared: PreparedKeys, _ aggregates: [BoundAggregate], _ run: StageRun,
    _ worker: Worker
  ) throws(ReadoutError) -> GroupsRun.Groups {
    var interner = KeyInterner(expecting: 1024)
    var accumulators: [any Accumulator] = []
    for aggregate in aggregates { accumulators.append(try aggregate.kernel.makeAccumulator(worker)) }
    for piece in scattered {
      let range = piece.offsets[part]..<piece.offsets[part + 1]
      if range.isEmpty { continue }
      try run.checkpoint()
      let groups = interner.intern(piece.keys[range])
      let rows = Evaluation(worker: worker, count: range.count, firstRow: piece.firstRow, selection: piece.rows[range])
      for (accumulator, arguments) in zip(accumulators, piece.arguments) {
        try accumulator.resize(to: interner.count)
        do throws(ReadoutError) { try accumulator.update(arguments.map { $0[range] }, groups: groups, rows: rows) } catch {
          throw error.naming { prepared.name(ofGroup: interner.key($0)) }
        }
      }
    }
    let count = interner.count
    var results: [Values] = []
    for accumulator in accumulators {
      do throws(ReadoutError) { results.append(try accumulator.finalize(count: count)) } catch {
        throw error.naming { prepared.name(ofGroup: interner.key($0)) }
      }
    }
    return GroupsRun.Groups(keys: interner.freeze(), results: results)
  }

  /// The groups of all parts in ascending order of their packed keys.
  private func sorted(_ parts: [GroupsRun.Groups]) -> GroupsRun.Groups {
    let keys = Vector.concatenating(parts.map(\.keys))
    let order = SortKey.order([keys], count: keys.count)
    return GroupsRun.Groups(
      keys: keys.gather(order),
      results: aggregates.indices.map { index in
        Values.concatenating(parts.map { $0.results[index] }, type: aggregates[index].kernel.type).gather(order)
      })
  }
}
