import ReadoutVectors

enum Variance {
  static let variance = aggregate(
    "variance",
    "The sample variance of x (divided by n - 1), null for fewer than two values; in doubles, which integers beyond 2^53 lose digits to."
  ) { $0 }
  static let stddev = aggregate(
    "stddev",
    "The sample standard deviation of x (the root of variance, in doubles as it), null for fewer than two values."
  ) { $0.squareRoot() }

  private static func aggregate(
    _ name: String, _ summary: String, _ result: @escaping @Sendable (Double) -> Double
  ) -> SimpleAggregate {
    SimpleAggregate(
      Signature(
        name, [Parameter("x", [.integer, .number])], result: "number", summary: summary,
        examples: [.init("\(name)(tone)", gives: "how far the tone spreads")])
    ) { _ in
      AggregateKernel(.number) { _ in
        StateAccumulator<MomentState> { states throws(ReadoutError) in
          states.numberResults { $0.count < 2 ? nil : result($0.m2 / ($0.count - 1)) }
        }
      }
    }
  }
}

/// Count, mean and sum of squared deviations: B. P. Welford (1962), "Note on a method for calculating corrected sums of
/// squares and products"; merged after Chan, Golub and LeVeque (1979), "Updating formulae and a pairwise algorithm".
struct MomentState: GroupState {
  var count: Double
  var mean: Double
  var m2: Double

  static var empty: MomentState { MomentState(count: 0, mean: 0, m2: 0) }

  @inline(__always) mutating func add(_ value: Double) {
    count += 1
    let delta = value - mean
    mean += delta / count
    m2 += delta * (value - mean)
  }

  mutating func merge(_ other: MomentState) {
    if other.count == 0 { return }
    if count == 0 {
      self = other
      return
    }
    let total = count + other.count
    let delta = other.mean - mean
    mean += delta * other.count / total
    m2 += other.m2 + delta * delta * count * other.count / total
    count = total
  }
}
