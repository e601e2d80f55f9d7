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

  /// A packed number below `directLimit` is an index; else the keys are packed by bits, which are decoded faster.
  init(run: StageRun, expressions: [BoundExpression], directLimit: UInt64) throws(ReadoutError) {
    types = expressions.map(\.type)
    var ready: [GroupKey?] = []
    for expression in expressions {
      ready.append(try GroupKey(expression, input: run.input, lookups: run.lookups, worker: run.worker))
    }
    if !ready.contains(where: { $0 == nil }),
      let packed = PackedKeys.packing(ready.compactMap(\.self), directLimit: directLimit)
    {
      self.packed = packed
      isDirect = packed.size <= directLimit
      filtered = nil
      combined = nil
      return
    }
    // Some key must be read from the rows: all batches are filtered once, and the keys' values kept by batch.
    let tooWide = !ready.contains { $0 == nil }
    let wanted = expressions.indices.filter { tooWide || ready[$0] == nil }
    let pieces = Gathered<(Batch, [Values])>(count: run.batches.count)
    try run.forEach(run.batches.count) { piece, evaluator throws(ReadoutError) in
      guard let batch = try run.filtered(run.batches[piece], evaluator) else {
        pieces[piece] = (
          run.batches[piece].narrowed(to: Vector()),
          wanted.map { Values(type: expressions[$0].type, payload: .null, count: 0) }
        )
        return
      }
      var values: [Values] = []
      for index in wanted { values.append(try evaluator.evaluate(expressions[index], in: batch)) }
      pieces[piece] = (batch, values)
    }
    let all = pieces.all
    filtered = all.map(\.0)
    for (place, index) in wanted.enumerated() {
      ready[index] = GroupKey(encoding: all.map { $0.1[place] }, type: expressions[index].type)
      try run.checkpoint()
    }
    let keys = ready.compactMap(\.self)
    if let packed = PackedKeys.packing(keys, directLimit: directLimit) {
      self.packed = packed
      isDirect = packed.size <= directLimit
      combined = nil
      return
    }
    (packed, combined) = try Self.combine(keys, batches: filtered!, run: run)
    isDirect = false
  }

  /// Keys that fit together only after the first of them became the numbers of their distinct combinations.
  private static func combine(
    _ keys: [GroupKey], batches: [Batch], run: StageRun
  ) throws(ReadoutError) -> (PackedKeys, PackedKeys) {
    var first = keys.count - 1
    while first > 1, PackedKeys(Array(keys[0..<first]), byBits: true) == nil { first -= 1 }
    guard let head = PackedKeys(Array(keys[0..<first]), byBits: true) else { throw .bug("a single group key needs more than 63 bits") }
    let evaluator = Evaluator(input: run.input, worker: run.worker)
    var parts: [Values] = []
    for (index, batch) in batches.enumerated() {
      evaluator.begin()
      let numbers = try head.numbers(in: batch, batchIndex: index, evaluator: evaluator)
      parts.append(Values(integers: numbers.map { Int64(bitPattern: $0) }))
    }
    let key = GroupKey(encoding: parts, type: .integer)
    guard let packed = PackedKeys([key] + keys[first...], byBits: true) else {
      throw ReadoutError(
        .request, "too many wide keys to group by", value: "\(keys.count) keys", hint: "group by fewer of them, or in two steps")
    }
    return (packed, head)
  }

  /// The values of each key for packed numbers.
  func decode(_ numbers: Vector<UInt64>) -> [Values] {
    let values = packed.decode(numbers)
    guard let combined else { return values }
    return combined.decode(values[0].integers.map { UInt64(bitPattern: $0) }) + values.dropFirst()
  }

  /// The keys of a packed number, for errors: `KOR, 2025-11-01`.
  func name(ofGroup number: UInt64) -> String {
    decode(Vector([number])).map { $0[0].isNull ? "null" : $0[0].text }.joined(separator: ", ")
  }
}
