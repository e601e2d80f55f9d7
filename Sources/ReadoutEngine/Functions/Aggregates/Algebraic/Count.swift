import ReadoutVectors

enum Count {
  static let count = SimpleAggregate(
    Signature(
      "count", [Parameter("x", .any, .optional)], result: "integer",
      summary: "The number of rows, or of rows in which x is not null.",
      examples: [
        .init("count()", gives: "the number of rows"), .init("count(tone)", gives: "the rows that have a tone"),
      ])
  ) { arguments in
    var kernel = AggregateKernel(.integer) { _ in CountAccumulator(arguments.isEmpty ? .rows : .present) }
    kernel.countsRows = arguments.isEmpty
    kernel.additive = arguments.isEmpty ? .rows : .present
    return kernel
  }

  static let countIf = SimpleAggregate(
    Signature(
      "count_if", [Parameter("condition", [.boolean])], result: "integer",
      summary: "The number of rows for which the condition is true.",
      examples: [.init("count_if(tone < 0)", gives: "the rows with a negative tone")])
  ) { _ in
    var kernel = AggregateKernel(.integer) { _ in CountAccumulator(.true) }
    kernel.additive = .hits
    return kernel
  }
}

/// Counts rows, present values, or true ones.
final class CountAccumulator: EncodedAccumulator, RowCounting {
  enum Kind { case rows, present, `true` }

  private let kind: Kind
  private var counts = MutableVector<Int64>()

  init(_ kind: Kind) { self.kind = kind }

  func resize(to count: Int) { if count > counts.count { counts.resizeGroups(to: count, filling: 0) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    switch kind {
    case .rows: counts.updateGroups(groups) { count, _ in count &+= 1 }
    case .present:
      let values = arguments[0]
      if case .null = values.payload { return }
      if values.validity == nil {
        counts.updateGroups(groups) { count, _ in count &+= 1 }
      } else {
        counts.updateGroups(groups, with: values.presentRows.bytes(), validity: nil) { $0 &+= Int64($1) }
      }
    case .true: counts.updateGroups(groups, with: arguments[0].trueBytes, validity: nil) { $0 &+= Int64($1) }
    }
  }

  func update(_ chunks: [ColumnChunk], _ rows: EncodedRows, groups: GroupNumbers) -> Bool {
    guard kind == .rows || (kind == .present && chunks[0].zone.nullCount == 0) else { return false }
    if case .single(let count) = groups { counts[0] &+= Int64(count) } else { counts.updateGroups(groups) { $0 &+= 1 } }
    return true
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? CountAccumulator else { throw .bug("accumulators of different classes") }
    counts.updateGroups(groups, with: other.counts.take(), validity: nil) { $0 &+= $1 }
  }

  func rowCounts(_ count: Int) -> Vector<Int64> {
    resize(to: count)
    return Vector(count: count) { counts[$0] }
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    return Values(integers: counts.take()[0..<count])
  }
}
