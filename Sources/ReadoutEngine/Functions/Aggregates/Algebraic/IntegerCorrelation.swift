import ReadoutVectors

/// Sums of two integers, their squares and their product, exact while they fit 64 bits.
struct IntegerPairSums: BitwiseCopyable, Sendable {
  var count: Int64 = 0
  var x: Int64 = 0
  var y: Int64 = 0
  var xx: Int64 = 0
  var yy: Int64 = 0
  var xy: Int64 = 0

  static var empty: IntegerPairSums { IntegerPairSums() }

  @inline(__always) mutating func add(_ a: Int64, _ b: Int64) {
    count &+= 1
    x &+= a
    y &+= b
    xx &+= a &* a
    yy &+= b &* b
    xy &+= a &* b
  }

  mutating func merge(_ other: IntegerPairSums) {
    count &+= other.count
    x &+= other.x
    y &+= other.y
    xx &+= other.xx
    yy &+= other.yy
    xy &+= other.xy
  }

  /// The sums of squared deviations of x and of y, and of the products of both: `(n Σxy - Σx Σy) / n`, the dividend exact.
  var moments: (x: Double, y: Double, xy: Double) {
    if count == 0 { return (0, 0, 0) }
    func moment(_ sum: Int64, _ a: Int64, _ b: Int64) -> Double {
      let dividend = Int128(count) &* Int128(sum) &- Int128(a) &* Int128(b)
      // The conversion of 128 bits at once is slow, and rarely needed.
      return (Int64(exactly: dividend).map { Double($0) } ?? Double(dividend)) / Double(count)
    }
    return (moment(xx, x, x), moment(yy, y, y), moment(xy, x, y))
  }
}

/// The correlation of two integers from exact sums; once these could leave 64 bits, from the moments that floats keep.
final class IntegerCorrelationAccumulator: EncodedAccumulator {
  private var sums = MutableVector<IntegerPairSums>()
  private var states = MutableVector<CorrelationState>()
  /// No sum so far is larger in magnitude than this.
  private var bound: UInt64 = 0
  /// Whether the states have taken over.
  private var isWide = false

  func resize(to count: Int) {
    if isWide {
      if count > states.count { states.resizeGroups(to: count, filling: .empty) }
    } else if count > sums.count {
      sums.resizeGroups(to: count, filling: .empty)
    }
  }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) {
    let (x, y) = (arguments[0], arguments[1])
    if x.nullCount == x.count || y.nullCount == y.count { return }
    let (a, b) = (x.integers, y.integers)
    let validity = Bitmap.both(x.validity, y.validity)
    raise(magnitude: Swift.max(a.largestMagnitude(), b.largestMagnitude()), rows: a.count)
    if isWide {
      CorrelationState.scatter(x.numbers, y.numbers, validity: validity, groups: groups, into: &states)
    } else {
      sums.updateGroups(groups, with: a, and: b, validity: validity) { $0.add($1, $2) }
    }
  }

  func update(_ chunks: [ColumnChunk], _ rows: EncodedRows, groups: GroupNumbers) -> Bool {
    let range = rows.range
    guard rows.selection == nil, case .integers(let x) = chunks[0].storage, case .integers(let y) = chunks[1].storage,
      case .bits8(let a) = x.offsets, case .bits8(let b) = y.offsets,
      case .integers(let minX, let maxX) = chunks[0].zone.bounds,
      case .integers(let minY, let maxY) = chunks[1].zone.bounds
    else { return false }
    let magnitudes = [minX, maxX, minY, maxY].map(\.magnitude)
    raise(magnitude: magnitudes.max() ?? 0, rows: range.count)
    if isWide { return false }
    let (baseX, baseY) = (x.base, y.base)
    let validity = Bitmap.both(chunks[0].validity?[range], chunks[1].validity?[range])
    sums.updateGroups(groups, with: a[range], and: b[range], validity: validity) {
      $0.add(baseX &+ Int64($1), baseY &+ Int64($2))
    }
    return true
  }

  private func raise(magnitude: UInt64, rows: Int) {
    let square = magnitude.multipliedReportingOverflow(by: magnitude)
    let added = square.partialValue.multipliedReportingOverflow(by: UInt64(rows))
    raise(bound: added.partialValue, overflow: square.overflow || added.overflow)
  }

  private func raise(bound added: UInt64, overflow: Bool) {
    let (sum, overflows) = bound.addingReportingOverflow(added)
    bound = sum
    if !isWide, overflow || overflows || sum > 1 << 62 { widen() }
  }

  private func widen() {
    isWide = true
    for group in sums.take() { states.append(CorrelationState(group)) }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? IntegerCorrelationAccumulator else { throw .bug("accumulators of different classes") }
    raise(bound: other.bound, overflow: other.isWide)
    if isWide {
      if !other.isWide { other.widen() }
      CorrelationState.merge(other.states.take(), groups: groups, into: &states)
    } else {
      sums.updateGroups(groups, with: other.sums.take(), validity: nil) { $0.merge($1) }
    }
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    if isWide { return states.take().numberResults { $0.correlation } }
    return sums.take().numberResults { CorrelationState($0).correlation }
  }
}
