import ReadoutVectors

/// Computes bound expressions over batches, column-wise. One per worker; every shared subtree is computed once a batch.
final class Evaluator {
  let input: Table
  let worker: Worker
  private let lookups: LookupTables?
  private var known: [ObjectIdentifier: Values] = [:]
  /// The evaluator of the whole batch where this one is for some of its rows, and those.
  private let outer: (evaluator: Evaluator, rows: Vector<UInt32>)?

  init(input: Table, worker: Worker, lookups: LookupTables? = nil) {
    self.input = input
    self.worker = worker
    self.lookups = lookups
    outer = nil
  }

  /// For some of the batch's rows.
  private init(_ whole: Evaluator, rows: Vector<UInt32>) {
    input = whole.input
    worker = whole.worker
    lookups = whole.lookups
    outer = (whole, rows)
  }

  /// Forgets the values of the last batch; call it whenever the batch or its selection changes.
  func begin() { known.removeAll(keepingCapacity: true) }

  /// The values of `expression` for the rows of `batch`. `begin` must have been called for the batch.
  func evaluate(_ expression: BoundExpression, in batch: Batch) throws(ReadoutError) -> Values {
    if case .constant(let value) = expression.node {
      return Values(repeating: value, type: expression.type, count: batch.count)
    }
    let key = ObjectIdentifier(expression)
    if let values = remembered(key) { return values }
    try worker.control?.checkTime()
    // The memory only where many values are held: a plugin that is near its limit has to say so itself.
    if known.count & 15 == 15 { try worker.control?.checkpoint() }
    let values: Values
    if let lookup = try lookups?.table(for: expression, worker: worker) {
      values = lookup.values.gather(lookup.keys.codes(in: batch, of: input))
    } else {
      values = try compute(expression, in: batch)
    }
    known[key] = values
    return values
  }

  /// What was computed already, by this evaluator or that of the whole batch.
  private func remembered(_ key: ObjectIdentifier) -> Values? {
    if let values = known[key] { return values }
    guard let outer, let values = outer.evaluator.remembered(key) else { return nil }
    let own = values.gather(outer.rows)
    known[key] = own
    return own
  }

  /// The batch with only the rows for which `filter` is true.
  func filter(_ batch: Batch, by filter: BoundExpression) throws(ReadoutError) -> Batch {
    begin()
    let kept = try evaluate(filter, in: batch).trueBytes.selected()
    return kept.count == batch.count ? batch : batch.narrowed(to: kept)
  }

  private func compute(_ expression: BoundExpression, in batch: Batch) throws(ReadoutError) -> Values {
    switch expression.node {
    case .constant: throw .bug("a constant was not handled")
    case .column(let index):
      return input.columns[index].values(chunk: batch.chunk, range: batch.range, rows: batch.selection)
    case .call(_, let kernel, let arguments):
      if let call = expression.columnCall,
        let values = try call.kernel.values(
          of: input.columns[call.column], chunk: batch.chunk, range: batch.range, rows: batch.selection, worker: worker)
      {
        return values
      }
      return try call(kernel, arguments, in: batch)
    case .isNull(let operand, let negated):
      let values = try evaluate(operand, in: batch)
      guard values.nullCount > 0 else {
        return Values(repeating: .boolean(negated), type: .boolean, count: batch.count)
      }
      let present = values.presentRows.bytes()
      return Values(booleans: negated ? present : present.map { $0 ^ 1 })
    case .and(let left, let right): return try choose(left, right, rightWhere: true, type: expression.type, in: batch)
    case .or(let left, let right): return try choose(left, right, rightWhere: false, type: expression.type, in: batch)
    case .conditional(let condition, let a, let b):
      if let values = try expression.program?.run(in: batch, self) { return values }
      let test = try evaluate(condition, in: batch)
      if let selected = try select(test, a, b, type: expression.type, in: batch) { return selected }
      let isTrue = test.trueBytes
      let isFalse = test.nullCount == 0 ? isTrue.map { $0 ^ 1 } : isTrue.zip(test.presentRows.bytes()) { $1 & ($0 ^ 1) }
      return try merge([(isTrue, a), (isFalse, b)], type: expression.type, in: batch)
    }
  }

  private func call(
    _ kernel: ScalarKernel, _ arguments: [BoundExpression], in batch: Batch
  ) throws(ReadoutError) -> Values {
    var values: [Values] = []
    for argument in arguments { values.append(try evaluate(argument, in: batch)) }
    return try Evaluator.apply(
      kernel, to: values,
      rows: Evaluation(worker: worker, count: batch.count, firstRow: batch.firstRow, selection: batch.selection))
  }

  /// Calls a kernel with the null rules kept: a strict one gives null where an argument is null.
  static func apply(_ kernel: ScalarKernel, to values: [Values], rows: Evaluation) throws(ReadoutError) -> Values {
    guard kernel.isStrict else { return try kernel.callBody(values, rows) }
    var validity: Bitmap?
    for value in values {
      if case .null = value.payload { return Values(type: kernel.type, payload: .null, count: rows.count) }
      validity = Bitmap.both(validity, value.validity)
    }
    if let bits = validity {
      let present = bits.setCount
      if present == 0 { return Values(type: kernel.type, payload: .null, count: rows.count) }
      if present == rows.count { validity = nil }
    }
    var rows = rows
    rows.validity = validity
    let result = try kernel.callBody(values, rows)
    guard let validity else { return result }
    if case .constant = result.payload {
      return Values(type: result.type, payload: result.spread, validity: validity, count: result.count)
    }
    return Values(
      type: result.type, payload: result.payload, validity: Bitmap.both(result.validity, validity), count: result.count)
  }

  // MARK: Rows that go one way or another

  /// Lua's `and` and `or`: the right operand where the left one's truth is `rightWhere`, else the left one.
  private func choose(
    _ left: BoundExpression, _ right: BoundExpression, rightWhere: Bool, type: DataType, in batch: Batch
  ) throws(ReadoutError) -> Values {
    let first = try evaluate(left, in: batch)
    let truth = first.type == .boolean ? first.trueBytes : first.presentRows.bytes()
    let takeRight = rightWhere ? truth : truth.map { $0 ^ 1 }
    if !takeRight.contains(where: { $0 != 0 }) {
      if first.type == type { return first }
    } else if type == .boolean, first.type == .boolean, first.nullCount == 0, !right.canFail {
      let second = try evaluate(right, in: batch)
      if second.nullCount == 0 {
        let a = first.booleans
        let b = second.booleans
        return Values(booleans: rightWhere ? a.zip(b) { $0 & $1 } : a.zip(b) { $0 | $1 })
      }
    }
    // `condition and x` in a column of another type: a false condition has no place there and is null.
    let kept = first.type == type ? first : Values(type: type, payload: .null, count: batch.count)
    let rows = takeRight.selected()
    let second = try evaluate(right, onlyAt: rows, in: batch)
    return try Evaluator.interleave(
      count: batch.count, type: type,
      [
        (takeRight.map { $0 ^ 1 }.selected(), { kept.gather($0) }), (rows, { _ in second }),
      ])
  }

  private func merge(
    _ branches: [(where: Vector<UInt8>, value: BoundExpression)], type: DataType, in batch: Batch
  ) throws(ReadoutError) -> Values {
    var parts: [(Vector<UInt32>, (Vector<UInt32>) -> Values)] = []
    for branch in branches {
      let rows = branch.where.selected()
      let values = try evaluate(branch.value, onlyAt: rows, in: batch)
      parts.append((rows, { _ in values }))
    }
    return try Evaluator.interleave(count: batch.count, type: type, parts)
  }

  /// The values of `expression` for some of the batch's rows; it is not evaluated for the others where it could fail there.
  private func evaluate(
    _ expression: BoundExpression, onlyAt rows: Vector<UInt32>, in batch: Batch
  ) throws(ReadoutError) -> Values {
    if rows.count == batch.count { return try evaluate(expression, in: batch) }
    if rows.count == 0 { return Values(type: expression.type, payload: .null, count: 0) }
    guard expression.canFail else { return try evaluate(expression, in: batch).gather(rows) }
    return try Evaluator(self, rows: rows).evaluate(expression, in: batch.narrowed(to: rows))
  }

  /// Puts parts together whose rows do not overlap; rows of no part are null.
  static func interleave(
    count: Int, type: DataType, _ parts: [(rows: Vector<UInt32>, values: (Vector<UInt32>) -> Values)]
  ) throws(ReadoutError) -> Values {
    var all: [Values] = []
    var place = MutableVector<UInt32>(repeating: .max, count: count)
    var total: UInt32 = 0
    for part in parts where part.rows.count > 0 {
      all.append(Widening.convert(part.values(part.rows), to: type))
      for (offset, row) in part.rows.enumerated() { place[Int(row)] = total &+ UInt32(truncatingIfNeeded: offset) }
      total += UInt32(part.rows.count)
    }
    if Int(total) < count { all.append(Values(type: type, payload: .null, count: 1)) }
    let missing = total
    return try Values.concatenating(all, type: type).gather(place.freeze().map { $0 == .max ? missing : $0 })
  }
}

extension Values {
  /// The payload with a constant written out in every row.
  var spread: Payload {
    guard case .constant = payload else { return payload }
    return switch type {
    case .integer, .date, .timestamp: .integers(integers)
    case .number: .numbers(numbers)
    case .boolean: .booleans(booleans)
    case .string, .text: .strings(strings)
    case .list: .lists(lists)
    }
  }
}
