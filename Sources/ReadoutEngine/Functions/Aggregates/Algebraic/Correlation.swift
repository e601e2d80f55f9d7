import ReadoutVectors

enum Correlation {
  static let corr = SimpleAggregate(
    Signature(
      "corr", [Parameter("x", [.integer, .number]), Parameter("y", [.integer, .number])], result: "number",
      summary:
        "Pearson's correlation of x and y over the rows that have both, null for fewer than two or where one does not vary.",
      examples: [.init("corr(tone, words)", gives: "from -1 to 1")])
  ) { arguments in
    if arguments.allSatisfy({ $0.type == .integer }) {
      return AggregateKernel(.number) { _ in IntegerCorrelationAccumulator() }
    }
    return AggregateKernel(.number) { _ in
      PairAccumulator<CorrelationState> { states in states.numberResults { $0.correlation } }
    }
  }
}

/// Means and co-moments of two variables: Welford's update for x, y and their product; merged after Chan et al. (1979).
struct CorrelationState: PairState {
  var count: Double
  var meanX: Double
  var meanY: Double
  var m2X: Double
  var m2Y: Double
  var mXY: Double

  static var empty: CorrelationState { CorrelationState(.empty) }

  @inline(__always) mutating func add(_ x: Double, _ y: Double) {
    count += 1
    let dx = x - meanX
    let dy = y - meanY
    let share = 1 / count
    meanX += dx * share
    meanY += dy * share
    m2X += dx * (x - meanX)
    m2Y += dy * (y - meanY)
    mXY += dx * (y - meanY)
  }

  mutating func merge(_ other: CorrelationState) {
    if other.count == 0 { return }
    if count == 0 {
      self = other
      return
    }
    let total = count + other.count
    let dx = other.meanX - meanX
    let dy = other.meanY - meanY
    let weight = count * other.count / total
    meanX += dx * other.count / total
    meanY += dy * other.count / total
    m2X += other.m2X + dx * dx * weight
    m2Y += other.m2Y + dy * dy * weight
    mXY += other.mXY + dx * dy * weight
    count = total
  }

  /// From exact sums.
  init(_ sums: IntegerPairSums) {
    count = Double(sums.count)
    meanX = sums.count == 0 ? 0 : Double(sums.x) / count
    meanY = sums.count == 0 ? 0 : Double(sums.y) / count
    (m2X, m2Y, mXY) = sums.moments
  }

  var correlation: Double? {
    guard count >= 2, m2X != 0, m2Y != 0 else { return nil }
    let value = mXY / (m2X.squareRoot() * m2Y.squareRoot())
    return value.isNaN ? value : Swift.min(1, Swift.max(-1, value))
  }
}
