import ReadoutVectors

/// The statements of one key, cut into periods that begin at whole numbers of `every` from an event.
struct StudySeries: Sendable {
  /// Period `p` has the places `starts[p]..<starts[p + 1]`.
  private let starts: Vector<UInt32>
  /// The time at which period 0 begins.
  private let origin: Int64
  private let every: Int64
  /// By term of the measure the sum over each period.
  let sums: [Vector<Double>]

  var periods: Int { starts.count - 1 }

  /// - Parameters:
  ///   - times: The times of the places, ascending within `range`, which is not empty.
  ///   - event: The time that periods are counted from.
  init(
    _ range: Range<Int>, times: Vector<Int64>, event: Int64, every: Int64, terms: [Vector<Double>]
  ) throws(ReadoutError) {
    let first = Self.floor(times[range.lowerBound] &- event, by: every)
    let last = Self.floor(times[range.upperBound - 1] &- event, by: every)
    guard last - first < Self.most else {
      throw ReadoutError(
        .request, "study: the statements of a key span too many periods", value: "\(last - first + 1)",
        hint: "at most \(Self.most): a larger `every` makes fewer")
    }
    origin = event &+ first &* every
    self.every = every
    let count = Int(last - first) + 1
    var starts = MutableVector<UInt32>(capacity: count + 1)
    var place = range.lowerBound
    for period in 0..<count {
      let begin = origin &+ Int64(period) &* every
      while place < range.upperBound, times[place] < begin { place += 1 }
      starts.append(UInt32(truncatingIfNeeded: place))
    }
    starts.append(UInt32(truncatingIfNeeded: range.upperBound))
    self.starts = starts.freeze()
    var sums: [Vector<Double>] = []
    for term in terms {
      var sum = MutableVector<Double>(repeating: 0, count: count)
      let values = term.span
      for period in 0..<count {
        var total = 0.0
        for place in Int(self.starts[period])..<Int(self.starts[period + 1]) { total += values[place] }
        sum[period] = total
      }
      sums.append(sum.freeze())
    }
    self.sums = sums
  }

  private static let most: Int64 = 1_000_000

  private static func floor(_ value: Int64, by width: Int64) -> Int64 {
    let quotient = value / width
    return value % width < 0 ? quotient - 1 : quotient
  }

  /// The period that begins at a time; it may lie outside. Far ones are all alike.
  func period(at time: Int64) -> Int { Int(max(-1 << 40, min(1 << 40, Self.floor(time &- origin, by: every)))) }

  /// Whether a period begins at a time.
  func startsPeriod(_ time: Int64) -> Bool { (time &- origin) % every == 0 }

  /// The places of some periods, which may reach beyond the ends.
  func places(of range: Range<Int>) -> Range<Int> {
    let (from, to) = (min(max(range.lowerBound, 0), periods), min(max(range.upperBound, 0), periods))
    return Int(starts[from])..<Int(starts[to])
  }

  /// How many of some periods have a statement.
  func occupied(of range: Range<Int>) -> Int {
    range.clamped(to: 0..<periods).count { starts[$0] < starts[$0 + 1] }
  }

  /// The sum of a term over some periods.
  @inline(__always)
  func sum(_ term: Int, over range: Range<Int>) -> Double {
    let values = sums[term]
    var total = 0.0
    for period in range.clamped(to: values.indices) { total += values[period] }
    return total
  }
}
