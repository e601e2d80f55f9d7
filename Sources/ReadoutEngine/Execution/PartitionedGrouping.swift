import ReadoutVectors

/// Groups by a large key space, or for aggregates that look at all values of a group together: rows are scattered by ranges
/// of their packed key, and each part is grouped by itself, in the cache.
///
/// All rows of a group lie in one part, in row order, and the parts follow each other in key order: no states are merged, no
/// groups are sorted across parts, and the answer does not depend on threads. Memory: 8 bytes a row and its arguments.
struct PartitionedGrouping {
  let run: StageRun
  let prepared: PreparedKeys
  let aggregates: [BoundAggregate]

  /// Rows of a part, about: its keys, hash table and arguments stay in the second-level cache.
  private static let rowsPerPart = 65_536
  private static let mostParts = 256

  func groups() throws(ReadoutError) -> [GroupsRun.Groups] {
    let partitioner = try self.partitioner()
    let arguments = ArgumentSlots(aggregates)
    let scattered = try scatter(partitioner, arguments)
    let parts = Gathered<GroupsRun.Groups>(count: partitioner.count)
    let this = self
    try run.forEach(partitioner.count) { part, evaluator throws(ReadoutError) in
      parts[part] = try this.group(part, scattered, arguments, evaluator.worker)
    }
    return parts.all
  }

  // MARK: Scattering

  private var batches: [Batch] { prepared.filtered ?? run.batches }

  /// Parts of about equal weight, from the keys of one row in some hundreds; which ones depends on the rows alone.
  private func partitioner() throws(ReadoutError) -> RangePartitioner {
    let batches = batches
    let total = batches.reduce(0) { $0 + $1.count }
    let wanted = min(Self.mostParts, total / Self.rowsPerPart)
    if wanted < 2 { return RangePartitioner(sample: Vector(), wanted: 1) }
    let step = UInt32(max(1, total / (wanted * 64)))
    let samples = Gathered<Vector<UInt64>>(count: batches.count)
    let (run, prepared) = (run, prepared)
    try run.forEach(batches.count) { piece, evaluator throws(ReadoutError) in
      let whole = batches[piece]
      // Rows at an odd distance from the batch's start, so that a period in the data is not met every time.
      let first = UInt32(truncatingIfNeeded: piece &* 7919) % step
      guard first < UInt32(whole.count), prepared.filtered == nil || whole.count > 0 else { return }
      let picked = Vector(stride(from: first, to: UInt32(whole.count), by: Int(step)))
      if prepared.filtered != nil {
        evaluator.begin()
        let numbers = try prepared.packed.numbers(in: whole, batchIndex: piece, evaluator: evaluator)
        samples[piece] = numbers.gather(picked)
      } else if let batch = try prepared.rows(of: whole.narrowed(to: picked), run, evaluator) {
        samples[piece] = try prepared.packed.numbers(in: batch, batchIndex: piece, evaluator: evaluator)
      }
    }
    return RangePartitioner(sample: Vector.concatenating(samples.all), wanted: wanted)
  }

  private func scatter(_ partitioner: RangePartitioner, _ slots: ArgumentSlots) throws(ReadoutError) -> [ScatteredBatch]
  {
    let batches = batches
    let scattered = Gathered<ScatteredBatch>(count: batches.count)
    let (run, prepared) = (run, prepared)
    let needsRows = aggregates.contains { $0.kernel.needsRows }
    try run.forEach(batches.count) { piece, evaluator throws(ReadoutError) in
      let whole = batches[piece]
      guard let batch = try prepared.rows(of: whole, run, evaluator) else { return }
      let keys = try prepared.packed.numbers(in: batch, batchIndex: piece, evaluator: evaluator)
      let (order, offsets) = partitioner.order(keys)
      var arguments: [Values] = []
      for expression in slots.expressions {
        do throws(ReadoutError) {
          arguments.append(try evaluator.evaluate(expression, in: batch).gather(order))
        } catch {
          let rows = Evaluation(
            worker: evaluator.worker, count: batch.count, firstRow: batch.firstRow, selection: batch.selection)
          throw error.about(keys, of: rows).naming { prepared.name(ofGroup: UInt64($0)) }
        }
      }
      let first = UInt32(truncatingIfNeeded: batch.firstRow)
      let rows = needsRows ? (batch.selection.map { $0.gather(order) } ?? order).map { $0 &+ first } : nil
      scattered[piece] = ScatteredBatch(keys: keys.gather(order), arguments: arguments, offsets: offsets, rows: rows)
      run.options.progress?(whole.firstRow + whole.range.count, run.input.rowCount)
    }
    return scattered.all
  }

  // MARK: One part

  private func group(
    _ part: Int, _ scattered: [ScatteredBatch], _ slots: ArgumentSlots, _ worker: Worker
  ) throws(ReadoutError) -> GroupsRun.Groups {
    try run.checkpoint()
    let keys = KeyGroups(scattered.keys(of: part))
    let rows = Evaluation(worker: worker, count: keys.groups.count, selection: scattered.rows(of: part))
    let arguments = try slots.expressions.enumerated().map { (slot, expression) throws(ReadoutError) in
      try scattered.values(of: part, slot: slot, type: expression.type)
    }
    let all = Vector(0..<UInt32(keys.distinct.count))
    var results: [Values] = []
    for (index, aggregate) in aggregates.enumerated() {
      do throws(ReadoutError) {
        let accumulator = try aggregate.kernel.makeAccumulator(worker)
        try accumulator.resize(to: keys.distinct.count)
        try accumulator.update(slots.ofAggregate[index].map { arguments[$0] }, groups: keys.groups, rows: rows)
        results.append(try accumulator.finalize(count: all.count, only: all, numbers: keys.distinct))
      } catch {
        throw error.naming { prepared.name(ofGroup: keys.distinct[$0]) }
      }
    }
    return GroupsRun.Groups(prepared.decode(keys.distinct) + results, count: keys.distinct.count)
  }
}
