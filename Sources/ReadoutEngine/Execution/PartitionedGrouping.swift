import ReadoutVectors

/// Groups by a large key space, or for aggregates that look at all values of a group together: rows are scattered by ranges
/// of their packed key, and each part is grouped by itself, in the cache.
///
/// All rows of a group lie in one part, in row order, and the parts follow each other in key order: no states are merged, no
/// groups are sorted across parts, and the answer does not depend on threads. Memory: 12 bytes a row and its arguments.
struct PartitionedGrouping {
  let run: StageRun
  let prepared: PreparedKeys
  let aggregates: [BoundAggregate]

  /// Rows of a part, about: its keys, hash table and arguments stay in the second-level cache.
  private static let rowsPerPart = 65_536
  private static let mostParts = 256

  /// The rows of one batch, ordered by part.
  private final class Scattered: Sendable {
    let keys: Vector<UInt64>
    /// By aggregate and argument.
    let arguments: [[Values]]
    /// Part `p` has the rows `offsets[p]..<offsets[p + 1]`.
    let offsets: [Int]
    /// Zero-based numbers of the rows in the table, for errors.
    let rows: Vector<UInt32>

    init(keys: Vector<UInt64>, arguments: [[Values]], offsets: [Int], rows: Vector<UInt32>) {
      self.keys = keys
      self.arguments = arguments
      self.offsets = offsets
      self.rows = rows
    }
  }

  func groups() throws(ReadoutError) -> GroupsRun.Groups {
    let partitioner = try self.partitioner()
    let scattered = try scatter(partitioner)
    let parts = Gathered<GroupsRun.Groups>(count: partitioner.count)
    let (run, prepared, aggregates) = (run, prepared, aggregates)
    try run.forEach(partitioner.count) { part, evaluator throws(ReadoutError) in
      parts[part] = try Self.group(part, scattered, prepared, aggregates, run, evaluator.worker)
    }
    return joined(parts.all)
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

  private func scatter(_ partitioner: RangePartitioner) throws(ReadoutError) -> [Scattered] {
    let batches = batches
    let scattered = Gathered<Scattered>(count: batches.count)
    let (run, prepared, aggregates) = (run, prepared, aggregates)
    try run.forEach(batches.count) { piece, evaluator throws(ReadoutError) in
      let whole = batches[piece]
      guard let batch = try prepared.rows(of: whole, run, evaluator) else { return }
      let keys = try prepared.packed.numbers(in: batch, batchIndex: piece, evaluator: evaluator)
      let (order, offsets) = partitioner.order(keys)
      var arguments: [[Values]] = []
      for aggregate in aggregates {
        var values: [Values] = []
        do throws(ReadoutError) {
          for argument in aggregate.arguments {
            values.append(try evaluator.evaluate(argument, in: batch).gather(order))
          }
        } catch {
          let rows = Evaluation(
            worker: evaluator.worker, count: batch.count, firstRow: batch.firstRow, selection: batch.selection)
          throw error.about(keys, of: rows).naming { prepared.name(ofGroup: UInt64($0)) }
        }
        arguments.append(values)
      }
      let first = UInt32(truncatingIfNeeded: batch.firstRow)
      scattered[piece] = Scattered(
        keys: keys.gather(order), arguments: arguments, offsets: offsets,
        rows: (batch.selection.map { $0.gather(order) } ?? order).map { $0 &+ first })
      run.options.progress?(whole.firstRow + whole.range.count, run.input.rowCount)
    }
    return scattered.all
  }

  // MARK: One part

  private static func group(
    _ part: Int, _ scattered: [Scattered], _ prepared: PreparedKeys, _ aggregates: [BoundAggregate], _ run: StageRun,
    _ worker: Worker
  ) throws(ReadoutError) -> GroupsRun.Groups {
    try run.checkpoint()
    let total = scattered.reduce(0) { $0 + $1.offsets[part + 1] - $1.offsets[part] }
    var gatheredKeys = MutableVector<UInt64>(capacity: total)
    var gatheredRows = MutableVector<UInt32>(capacity: total)
    for piece in scattered {
      let range = piece.offsets[part]..<piece.offsets[part + 1]
      gatheredKeys.append(contentsOf: piece.keys[range])
      gatheredRows.append(contentsOf: piece.rows[range])
    }
    let keys = gatheredKeys.freeze()
    var interner = KeyInterner(expecting: min(keys.count, 1 << 20))
    let groups = interner.intern(keys)
    let count = interner.count
    let rows = Evaluation(
      worker: worker, count: keys.count, selection: gatheredRows.freeze())
    let distinct = interner.freeze()
    let order = RadixSort.order(distinct)
    var results: [Values] = []
    for (index, aggregate) in aggregates.enumerated() {
      let arguments = aggregate.arguments.indices.map { argument in
        Values.concatenating(
          scattered.compactMap { piece in
            let range = piece.offsets[part]..<piece.offsets[part + 1]
            return range.isEmpty ? nil : piece.arguments[index][argument][range]
          }, type: aggregate.arguments[argument].type)
      }
      do throws(ReadoutError) {
        let accumulator = try aggregate.kernel.makeAccumulator(worker)
        try accumulator.resize(to: count)
        try accumulator.update(arguments, groups: groups, rows: rows)
        results.append(try accumulator.finalize(count: count).gather(order))
      } catch {
        throw error.naming { prepared.name(ofGroup: distinct[$0]) }
      }
    }
    return GroupsRun.Groups(keys: prepared.decode(distinct.gather(order)), results: results, count: count)
  }

  /// The groups of all parts, which follow each other in key order.
  private func joined(_ parts: [GroupsRun.Groups]) -> GroupsRun.Groups {
    GroupsRun.Groups(
      keys: prepared.types.indices.map { index in
        Values.concatenating(parts.map { $0.keys[index] }, type: prepared.types[index])
      },
      results: aggregates.indices.map { index in
        Values.concatenating(parts.map { $0.results[index] }, type: aggregates[index].kernel.type)
      }, count: parts.reduce(0) { $0 + $1.count })
  }
}
