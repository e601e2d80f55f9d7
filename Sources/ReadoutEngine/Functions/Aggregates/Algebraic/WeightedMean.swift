import ReadoutVectors

enum WeightedMean {
  static let weightedMean = SimpleAggregate(
    Signature(
      "weighted_mean", [Parameter("x", [.integer, .number]), Parameter("w", [.integer, .number])], result: "number",
      summary: "The mean of x weighted by w over the rows that have both, null where the weights add up to 0.",
      examples: [.init("weighted_mean(tone, words)", gives: "the average tone, long texts counting more")])
  ) { _ in
    AggregateKernel(.number) { _ in
      PairAccumulator<WeightedState> { states in
        states.numberResults { $0.weight == 0 ? nil : $0.sum / $0.weight }
      }
    }
  }
}

struct WeightedState: PairState {
  var sum: Double
  var weight: Double

  static var empty: WeightedState { WeightedState(sum: 0, weight: 0) }
  @inline(__always) mutating func add(_ x: Double, _ w: Double) {
    sum += x * w
    weight += w
  }
  mutating func merge(_ other: WeightedState) {
    sum += other.sum
    weight += other.weight
  }
}
