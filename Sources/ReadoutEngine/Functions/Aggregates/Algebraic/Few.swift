import ReadoutVectors

/// `few`: says where a group has too few rows to speak.
enum Few {
  static let few = SimpleAggregate(
    Signature(
      "few", [Parameter("least", [.integer], .optional, constant: true)], result: "string",
      summary: "A warning where a group has fewer rows than 30, or than the number given; null where it has enough.",
      examples: [
        .init("few()", gives: "'only 3 rows' for a group of three"),
        .init("few(100)", gives: "'only 99 rows' for a group of 99"),
      ])
  ) { (arguments) throws(ReadoutError) in
    var least: Int64 = 30
    if case .integer(let given)? = arguments.first?.constant { least = given }
    guard least > 0 else {
      throw ReadoutError(
        .request, "few: a number of rows from 1", value: "\(least)", hint: "such as 30", range: arguments.first?.range)
    }
    let wanted = least
    return AggregateKernel(.string) { _ in FewAccumulator(least: wanted) }
  }
}

/// Counts rows, and says where there are few.
final class FewAccumulator: Accumulator {
  private let counts = CountAccumulator(.rows)
  private let least: Int64

  init(least: Int64) { self.least = least }

  func resize(to count: Int) { counts.resize(to: count) }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    counts.update(arguments, groups: groups, rows: rows)
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? FewAccumulator else { throw .bug("accumulators of different classes") }
    try counts.merge(other.counts, groups: groups)
  }

  func finalize(count: Int) -> Values {
    let rows = counts.finalize(count: count).integers
    let least = least
    let present = Bitmap(count: count) { rows[$0] < least }
    let texts = rows.map { $0 < least ? ($0 == 1 ? "only 1 row" : "only \($0) rows") : "" } as [String]
    return Values(strings: StringVector(texts), validity: present.allSet ? nil : present)
  }
}
