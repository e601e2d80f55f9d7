import ReadoutVectors

/// One key of a grouping as numbers in the order of its values: `0..<count`, and `count` for null.
///
/// Numbers come from the column's encoding (dictionary codes by rank, integers by distance from the smallest), from a
/// lookup by value, or, where neither is at hand, from an encoding of the rows themselves. Strings are never hashed per row
/// where they have codes.
struct GroupKey: Sendable {
  enum Source: Sendable {
    /// The column's own numbers, mapped by `ranks` where their order is not that of the values.
    case column(ValueKeys, ranks: Vector<UInt32>?)
    /// A boolean expression: false, true.
    case boolean(BoundExpression)
    /// An expression over one column: the number of each of the column's values.
    case lookup(ValueKeys, numbers: Vector<UInt32>)
    /// Encoded beforehand, by batch.
    case encoded([Vector<UInt32>])
  }

  let source: Source
  let type: DataType
  /// How many values, null not counted.
  let count: Int
  /// The values of an ascending list of numbers, all below `count`.
  private let decodeNumbers: @Sendable (Vector<UInt32>) -> Values

  /// The number of each row of the batch, which is the one numbered `batchIndex`.
  func numbers(in batch: Batch, batchIndex: Int, evaluator: Evaluator) throws(ReadoutError) -> Vector<UInt32> {
    switch source {
    case .column(let keys, let ranks):
      let codes = keys.codes(in: batch, of: evaluator.input)
      return ranks.map { $0.gather(codes) } ?? codes
    case .boolean(let expression):
      let values = try evaluator.evaluate(expression, in: batch)
      let bytes = values.booleans
      if values.nullCount == 0 { return bytes.map { UInt32($0) } }
      return bytes.zip(values.presentRows.bytes()) { $1 != 0 ? UInt32($0) : 2 }
    case .lookup(let keys, let numbers): return numbers.gather(keys.codes(in: batch, of: evaluator.input))
    case .encoded(let batches): return batches[batchIndex]
    }
  }

  /// The number of each row in the width in which it is at hand.
  func groupNumbers(in batch: Batch, batchIndex: Int, evaluator: Evaluator) throws(ReadoutError) -> GroupNumbers {
    if let encoded = encodedNumbers(in: batch, of: evaluator.input) { return encoded }
    return .bits32(try numbers(in: batch, batchIndex: batchIndex, evaluator: evaluator))
  }

  /// The numbers as the column holds them, where these are just its codes and no row of the batch is null; else nil.
  private func encodedNumbers(in batch: Batch, of table: Table) -> GroupNumbers? {
    guard case .column(let keys, nil) = source else { return nil }
    let chunk = table.columns[keys.column].chunks[batch.chunk]
    guard chunk.zone.nullCount == 0 else { return nil }
    switch chunk.storage {
    case .codes(.bits8(let codes)): return .bits8(batch.rows(of: codes))
    case .codes(.bits16(let codes)): return .bits16(batch.rows(of: codes))
    case .codes(.bits32(let codes)): return .bits32(batch.rows(of: codes))
    case .integers(let packed) where packed.base == keys.base:
      switch packed.offsets {
      case .bits8(let offsets): return .bits8(batch.rows(of: offsets))
      case .bits16(let offsets): return .bits16(batch.rows(of: offsets))
      case .bits32(let offsets): return .bits32(batch.rows(of: offsets))
      case .bits64: return nil
      }
    default: return nil
    }
  }

  /// The values of numbers, `count` being null.
  func decode(_ numbers: Vector<UInt32>) -> Values {
    let null = UInt32(count)
    guard count > 0 else { return Values(type: type, payload: .null, count: numbers.count) }
    let values = decodeNumbers(numbers.map { $0 == null ? 0 : $0 })
    guard numbers.contains(where: { $0 == null }) else { return values }
    return Values(
      type: type, payload: values.spread, validity: Bitmap(bytes: numbers.map { $0 == null ? 0 : 1 }),
      count: numbers.count)
  }

  /// The key where its numbers are at hand before any row is read; nil where the rows must be encoded first.
  init?(_ expression: BoundExpression, input: Table, lookups: LookupTables, worker: Worker) throws(ReadoutError) {
    type = expression.type
    if case .column(let index) = expression.node, let keys = ValueKeys(column: index, of: input) {
      count = keys.count
      if let dictionary = keys.dictionary {
        let sorted = dictionary.sortedCodes
        let ranks = dictionary.ranks
        // One more entry than codes: null keeps the last number.
        let last = UInt32(keys.count)
        source = .column(
          keys, ranks: dictionary.isSorted ? nil : Vector(count: keys.count + 1) { $0 < ranks.count ? ranks[$0] : last }
        )
        decodeNumbers = { numbers in
          Values(type: expression.type, payload: .coded(sorted.gather(numbers), dictionary), count: numbers.count)
        }
      } else {
        source = .column(keys, ranks: nil)
        let base = keys.base
        decodeNumbers = { numbers in Values(integers: numbers.map { base &+ Int64($0) }, type: expression.type) }
      }
    } else if expression.type == .boolean, expression.columns.count != 1 || !expression.callsFunction {
      count = 2
      source = .boolean(expression)
      decodeNumbers = { numbers in Values(booleans: numbers.map { UInt8(truncatingIfNeeded: $0) }) }
    } else if let lookup = try lookups.table(for: expression, worker: worker) {
      let encoding = try OrderedEncoding(lookup.values, control: worker.control)
      count = encoding.distinct.count
      source = .lookup(lookup.keys, numbers: encoding.codes)
      decodeNumbers = { numbers in encoding.distinct.gather(numbers) }
    } else {
      return nil
    }
  }

  /// A key whose rows were evaluated beforehand: `parts` are the batches' values.
  init(encoding parts: [Values], type: DataType, control: ExecutionControl) throws(ReadoutError) {
    self.type = type
    let encoding = try OrderedEncoding(try Values.concatenating(parts, type: type), control: control)
    count = encoding.distinct.count
    var start = 0
    source = .encoded(
      parts.map { part in
        defer { start += part.count }
        return encoding.codes[start..<start + part.count]
      })
    decodeNumbers = { numbers in encoding.distinct.gather(numbers) }
  }
}
