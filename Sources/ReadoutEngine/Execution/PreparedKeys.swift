import ReadoutVectors

/// The keys of a grouping made ready: packed into one number, and the filtered batches where the rows had to be read for it.
struct PreparedKeys: Sendable {
  let packed: PackedKeys
  /// The batches after the filters, where they were evaluated already; an empty selection stands for no row.
  let filtered: [Batch]?
  /// For keys that do not fit 63 bits together: what takes a packed number to those of the first keys.
  private let combined: PackedKeys?

  /// Whether the packed number is small enough to be a group's number.
  let isDirect: Bool
  let types: [DataType]

  /// Packed keys up to this many are a direct index into the accumulators; beyond it they are packed by bits, which are
  /// decoded faster.
  private static func directLimit(rows: Int) -> UInt64 { UInt64(max(1 << 16, min(rows / 4, 1 << 24))) }

  init(run: StageRun, expressions: [BoundExpression]) throws(ReadoutError) {
    types = expressions.map(\.type)
    var ready: [GroupKey?] = []
    for expression in expressions {
      ready.append(try GroupKey(expression, input: run.input, lookups: run.lookups, worker: run.worker))
    }
    let limit = Self.directLimit(rows: run.input.rowCount)
    if run.stage.filters.isEmpty, !ready.contains(where: { $0 == nil }),
      let packed = PackedKeys.packing(ready.compactMap(\.self), directLimit: limit)
    {
      self.packed = packed
      isDirect = packed.size <= limit
      filtered = nil
      combined = nil
      return
    }
    // All batches are filtered first: then the number of rows is known, and the keys that must be read from the rows are.
    let isTooWide = PackedKeys.packing(ready.compactMap(\.self), directLimit: limit) == nil
    let wanted = expressions.indices.filter { isTooWide || ready[$0] == nil }
    let pieces = try Self.filtered(run, evaluating: wanted.map { expressions[$0] })
    filtered = pieces.map(\.batch)
    for (place, index) in wanted.enumerated() {
      ready[index] = try GroupKey(
        encoding: pieces.map { $0.values[place] }, type: expressions[index].type, control: run.options.control)
      try run.checkpoint()
    }
    let keys = ready.compactMap(\.self)
    let filteredLimit = Self.directLimit(rows: pieces.reduce(0) { $0 + $1.batch.count })
    if let packed = PackedKeys.packing(keys, directLimit: filteredLimit) {
      self.packed = packed
      isDirect = packed.size <= filteredLimit
      combined = nil
      return
    }
    (packed, combined) = try Self.combine(keys, batches: filtered!, run: run)
    isDirect = false
  }

  /// Every batch after the filters, with the values of some expressions; where no row is left, an empty selection.
  ///
  /// Where no expression is asked for, batches of one chunk of which little is left become one.
  private static func filtered(
    _ run: StageRun, evaluating expressions: [BoundExpression]
  ) throws(ReadoutError) -> [(batch: Batch, values: [Values])] {
    let chunks = run.batches.chunked()
    let pieces = Gathered<[(batch: Batch, values: [Values])]>(count: chunks.count)
    try run.forEach(chunks.count) { piece, evaluator throws(ReadoutError) in
      var passing: [(batch: Batch, values: [Values])] = []
      for whole in run.batches[chunks[piece]] {
        guard let batch = try run.filtered(whole, evaluator) else { continue }
        var values: [Values] = []
        for expression in expressions { values.append(try evaluator.evaluate(expression, in: batch)) }
        if expressions.isEmpty, let last = passing.last, let joined = last.batch.joined(with: batch) {
          passing[passing.count - 1].batch = joined
        } else {
          passing.append((batch, values))
        }
      }
      pieces[piece] = passing
    }
    return pieces.all.flatMap(\.self)
  }

  /// The batch's rows that count, the evaluator ready for them; nil where there are none.
  func rows(of batch: Batch, _ run: StageRun, _ evaluator: Evaluator) throws(ReadoutError) -> Batch? {
    if filtered == nil { return try run.filtered(batch, evaluator) }
    if batch.count == 0 { return nil }
    try run.checkpoint()
    evaluator.begin()
    return batch
  }

  /// Keys that fit together only after the first of them became the numbers of their distinct combinations.
  private static func combine(
    _ keys: [GroupKey], batches: [Batch], run: StageRun
  ) throws(ReadoutError) -> (PackedKeys, PackedKeys) {
    var first = keys.count - 1
    while first > 1, PackedKeys(Array(keys[0..<first]), byBits: true) == nil { first -= 1 }
    guard let head = PackedKeys(Array(keys[0..<first]), byBits: true) else {
      throw .bug("a single group key needs more than 63 bits")
    }
    let evaluator = Evaluator(input: run.input, worker: run.worker)
    var parts: [Values] = []
    for (index, batch) in batches.enumerated() {
      evaluator.begin()
      let numbers = try head.numbers(in: batch, batchIndex: index, evaluator: evaluator)
      parts.append(Values(integers: numbers.map { Int64(bitPattern: $0) }))
    }
    let key = try GroupKey(encoding: parts, type: .integer, control: run.options.control)
    guard let packed = PackedKeys([key] + keys[first...], byBits: true) else {
      throw ReadoutError(
        .request, "too many wide keys to group by", value: "\(keys.count) keys",
        hint: "group by fewer of them, or in two steps")
    }
    return (packed, head)
  }

  /// The values of each key for packed numbers.
  func decode(_ numbers: Vector<UInt64>) -> [Values] {
    let values = packed.decode(numbers)
    guard let combined else { return values }
    return combined.decode(values[0].integers.map { UInt64(bitPattern: $0) }) + values.dropFirst()
  }

  /// The keys of a packed number, for errors: `KOR, 2025-11-01`; empty where there are no keys.
  func name(ofGroup number: UInt64) -> String {
    let names = decode(Vector([number])).map { key in
      let text = key[0].isNull ? "null" : key[0].text
      return text.isEmpty ? "\"\"" : text
    }
    return names.joined(separator: ", ")
  }
}
