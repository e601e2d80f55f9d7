import ReadoutVectors

enum ApproxDistinct {
  static let approxDistinct = SimpleAggregate(
    Signature(
      "approx_distinct", [Parameter("x", .any)], result: "integer",
      summary: "About how many different values x has: exact up to 1,024, beyond that within about 3 % in most cases.",
      examples: [.init("approx_distinct(speaker)", gives: "about the number of speakers")])
  ) { arguments in
    AggregateKernel(.integer) { _ in SketchAccumulator(type: arguments[0].type) }
  }
}

/// The k smallest hashes of each group's values: Bar-Yossef et al. (2002), "Counting distinct elements in a data stream"; the
/// estimate `(k - 1) / u`, with `u` the k-th smallest hash as a share of all, has a standard error of 1/√(k - 2).
final class SketchAccumulator: Accumulator {
  static let size = 1024

  private struct Sketch {
    var hashes: [UInt64] = []
    /// Hashes from here on cannot be among the smallest any more.
    var limit = UInt64.max

    mutating func add(_ hash: UInt64) {
      guard hash < limit else { return }
      hashes.append(hash)
      if hashes.count >= 2 * SketchAccumulator.size { compact() }
    }

    mutating func compact() {
      hashes.sort()
      var kept: [UInt64] = []
      for hash in hashes where kept.last != hash { kept.append(hash) }
      if kept.count > SketchAccumulator.size { kept.removeLast(kept.count - SketchAccumulator.size) }
      hashes = kept
      if kept.count == SketchAccumulator.size { limit = kept[kept.count - 1] }
    }

    var estimate: Int64 {
      mutating get {
        compact()
        guard hashes.count == SketchAccumulator.size else { return Int64(hashes.count) }
        let share = (Double(hashes[hashes.count - 1]) + 1) / 0x1p64
        return Int64((Double(SketchAccumulator.size - 1) / share).rounded())
      }
    }
  }

  private let type: DataType
  private var sketches: [Sketch] = []

  init(type: DataType) { self.type = type }

  func resize(to count: Int) { while sketches.count < count { sketches.append(Sketch()) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let hashes = Self.hashes(of: values)
    for row in 0..<values.count where !values.isNull(row) { sketches[Int(groups[row])].add(hashes[row]) }
  }

  /// Hashes of the values themselves, so that the estimate does not depend on how a column is encoded.
  private static func hashes(of values: Values) -> Vector<UInt64> {
    switch values.type {
    case .number: values.numbers.map { StringHash.hash(ValueEncoder.bits(of: $0)) }
    case .boolean: values.booleans.map { StringHash.hash(UInt64($0)) }
    case .string, .text:
      if case .coded(let codes, let dictionary) = values.payload {
        dictionary.strings.hashes().gather(codes)
      } else {
        values.strings.hashes()
      }
    case .list: StringVector((0..<values.count).map { ListKey.encode(values.lists[$0]) }).hashes()
    default: values.integers.map { StringHash.hash(UInt64(bitPattern: $0)) }
    }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? SketchAccumulator else { throw .bug("accumulators of different classes") }
    for group in groups.indices { for hash in other.sketches[group].hashes { sketches[Int(groups[group])].add(hash) } }
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    return Values((0..<count).map { .integer(sketches[$0].estimate) }, type: .integer)
  }
}
