import ReadoutVectors

/// The rows of one batch, ordered by part.
struct ScatteredBatch: Sendable {
  let keys: Vector<UInt64>
  /// By slot of `ArgumentSlots`.
  let arguments: [Values]
  /// Part `p` has the rows `offsets[p]..<offsets[p + 1]`.
  let offsets: [Int]
  /// Zero-based numbers of the rows in the table, where an aggregate may name one in an error.
  let rows: Vector<UInt32>?

  func range(of part: Int) -> Range<Int> { offsets[part]..<offsets[part + 1] }
}

/// The different arguments of all aggregates: each is computed and carried once.
struct ArgumentSlots: Sendable {
  private(set) var expressions: [BoundExpression] = []
  /// By aggregate and argument the number of its expression.
  private(set) var ofAggregate: [[Int]] = []

  init(_ aggregates: [BoundAggregate]) {
    for aggregate in aggregates {
      var slots: [Int] = []
      for argument in aggregate.arguments {
        let known = expressions.firstIndex { $0 === argument }
        if known == nil { expressions.append(argument) }
        slots.append(known ?? expressions.count - 1)
      }
      ofAggregate.append(slots)
    }
  }
}

/// What all batches have of one part, in row order.
extension [ScatteredBatch] {
  private func count(of part: Int) -> Int { reduce(0) { $0 + $1.range(of: part).count } }

  func keys(of part: Int) -> Vector<UInt64> {
    var keys = MutableVector<UInt64>(capacity: count(of: part))
    for batch in self { keys.append(contentsOf: batch.keys, in: batch.range(of: part)) }
    return keys.freeze()
  }

  /// Nil where no aggregate needs them.
  func rows(of part: Int) -> Vector<UInt32>? {
    guard first?.rows != nil else { return nil }
    var rows = MutableVector<UInt32>(capacity: count(of: part))
    for batch in self { if let own = batch.rows { rows.append(contentsOf: own, in: batch.range(of: part)) } }
    return rows.freeze()
  }

  func values(of part: Int, slot: Int, type: DataType) throws(ReadoutError) -> Values {
    switch type {
    case .number:
      if let numbers = elements(of: part, { $0.arguments[slot].plainNumbers }) { return Values(numbers: numbers) }
    case .integer, .date, .timestamp:
      if let integers = elements(of: part, { $0.arguments[slot].plainIntegers }) {
        return Values(integers: integers, type: type)
      }
    default: break
    }
    return try Values.concatenating(
      compactMap { batch in
        let range = batch.range(of: part)
        return range.isEmpty ? nil : batch.arguments[slot][range]
      }, type: type)
  }

  /// The elements of vectors that every batch has; nil where one has none.
  private func elements<T>(of part: Int, _ vector: (ScatteredBatch) -> Vector<T>?) -> Vector<T>? {
    var elements = MutableVector<T>(capacity: count(of: part))
    for batch in self {
      guard let own = vector(batch) else { return nil }
      elements.append(contentsOf: own, in: batch.range(of: part))
    }
    return elements.freeze()
  }
}

extension Values {
  /// The numbers where none is null or constant.
  fileprivate var plainNumbers: Vector<Double>? {
    if validity == nil, case .numbers(let numbers) = payload { numbers } else { nil }
  }

  /// The integers where none is null or constant.
  fileprivate var plainIntegers: Vector<Int64>? {
    if validity == nil, case .integers(let integers) = payload { integers } else { nil }
  }
}
