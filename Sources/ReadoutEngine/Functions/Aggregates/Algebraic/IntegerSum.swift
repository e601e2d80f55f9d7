import ReadoutVectors

/// Exact sums of integers, and means from them.
///
/// As long as no sum can have left 64 bits — the rows times their largest magnitude tell — a group's state is one or two
/// integers. Beyond that the states are 128 bits wide; only a result that does not fit is an error, never the way to it.
final class IntegerSumAccumulator: EncodedAccumulator {
  enum Kind { case sum, mean }

  private let kind: Kind
  private var sums = MutableVector<IntegerSumState>()
  /// For means only.
  private var means = MutableVector<IntegerMeanState>()
  /// No sum so far is larger in magnitude than this.
  private var bound: UInt64 = 0
  /// Once the bound has passed 2^62.
  private var wide = MutableVector<WideSumState>()
  private var isWide = false

  init(_ kind: Kind) { self.kind = kind }

  func resize(to count: Int) {
    if isWide {
      if count > wide.count { wide.resize(to: count, filling: .empty) }
    } else if kind == .sum {
      if count > sums.count { sums.resizeGroups(to: count, filling: .empty) }
    } else if count > means.count {
      means.resizeGroups(to: count, filling: .empty)
    }
  }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let integers = Int64.vector(of: values)
    raise(bound: integers.largestMagnitude().multipliedReportingOverflow(by: UInt64(integers.count)))
    if isWide {
      WideSumState.scatter(integers, validity: values.validity, groups: groups, into: &wide)
    } else if kind == .sum {
      sums.updateGroups(groups, with: integers, validity: values.validity) { $0.add($1) }
    } else {
      means.updateGroups(groups, with: integers, validity: values.validity) { $0.add($1) }
    }
  }

  func update(_ chunks: [ColumnChunk], _ rows: EncodedRows, groups: GroupNumbers) -> Bool {
    let chunk = chunks[0]
    guard rows.selection == nil, case .integers = chunk.storage, case .integers(let min, let max) = chunk.zone.bounds
    else {
      return false
    }
    raise(bound: Swift.max(min.magnitude, max.magnitude).multipliedReportingOverflow(by: UInt64(rows.range.count)))
    if isWide { return WideSumState.scatter(chunk, rows, groups: groups, into: &wide) }
    return kind == .sum
      ? IntegerSumState.scatter(chunk, rows, groups: groups, into: &sums)
      : IntegerMeanState.scatter(chunk, rows, groups: groups, into: &means)
  }

  private func raise(bound added: (partialValue: UInt64, overflow: Bool)) {
    let (sum, overflow) = bound.addingReportingOverflow(added.partialValue)
    bound = sum
    if !isWide, overflow || added.overflow || sum > 1 << 62 { widen() }
  }

  private func widen() {
    isWide = true
    if kind == .sum {
      for state in sums.take() { wide.append(WideSumState(sum: Int128(state.sum), count: 0)) }
    } else {
      for mean in means.take() { wide.append(WideSumState(sum: Int128(mean.sum), count: mean.count)) }
    }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? IntegerSumAccumulator else { throw .bug("accumulators of different classes") }
    raise(bound: (other.bound, other.isWide))
    if isWide {
      if !other.isWide { other.widen() }
      WideSumState.merge(other.wide.take(), groups: groups, into: &wide)
    } else if kind == .sum {
      sums.updateGroups(groups, with: other.sums.take(), validity: nil) { $0.merge($1) }
    } else {
      means.updateGroups(groups, with: other.means.take(), validity: nil) { $0.merge($1) }
    }
  }

  func finalize(count: Int) throws(ReadoutError) -> Values {
    resize(to: count)
    switch kind {
    case .sum:
      if !isWide { return Values(integers: sums.take()[0..<count].map { $0.sum }) }
      let states = wide.take()
      for state in states where Int64(exactly: state.sum) == nil {
        throw ReadoutError(
          .data, "the sum of integers leaves 64 bits", value: "\(state.sum)",
          hint: "sum them as numbers: sum(number(x))")
      }
      return states.integerResults { Int64(truncatingIfNeeded: $0.sum) }
    case .mean:
      if !isWide { return means.take().numberResults { $0.count == 0 ? nil : Double($0.sum) / Double($0.count) } }
      return wide.take().numberResults { $0.count == 0 ? nil : Double($0.sum) / Double($0.count) }
    }
  }
}

struct IntegerSumState: GroupState {
  var sum: Int64

  static var empty: IntegerSumState { IntegerSumState(sum: 0) }
  @inline(__always) mutating func add(_ value: Int64) { sum &+= value }
  @inline(__always) mutating func merge(_ other: IntegerSumState) { sum &+= other.sum }
}

/// Sum and count in one register.
struct IntegerMeanState: GroupState {
  private var sumAndCount: SIMD2<Int64>

  var sum: Int64 { sumAndCount[0] }
  var count: Int64 { sumAndCount[1] }

  static var empty: IntegerMeanState { IntegerMeanState(sumAndCount: .zero) }
  @inline(__always) mutating func add(_ value: Int64) { sumAndCount &+= SIMD2(value, 1) }
  @inline(__always) mutating func merge(_ other: IntegerMeanState) { sumAndCount &+= other.sumAndCount }
}

struct WideSumState: GroupState {
  var sum: Int128
  var count: Int64

  static var empty: WideSumState { WideSumState(sum: 0, count: 0) }
  @inline(__always) mutating func add(_ value: Int64) {
    sum &+= Int128(value)
    count &+= 1
  }
  @inline(__always) mutating func merge(_ other: WideSumState) {
    sum &+= other.sum
    count &+= other.count
  }
}

extension Vector where Element == Int64 {
  /// The largest magnitude of any element, rounded up to one less than a power of two; 0 for no elements.
  func largestMagnitude() -> UInt64 {
    // The bits that any magnitude may have: an `or` instead of a maximum keeps the loop free of branches.
    var bits: UInt64 = 0
    let span = self.span
    for i in span.indices { bits |= UInt64(bitPattern: span[i] ^ (span[i] >> 63)) }
    return bits == 0 ? (isEmpty ? 0 : 1) : UInt64.max >> UInt64(bits.leadingZeroBitCount)
  }
}
