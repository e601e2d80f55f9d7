/// Every function that comes with the engine: one line each.
enum BuiltInFunctions {
  static let operators: [any ScalarFunction] = []

  static let scalars: [any ScalarFunction] = []

  static let aggregates: [any AggregateFunction] = [
    Count.count, Count.countIf, Sum.sum, Sum.mean, Extremes.min, Extremes.max, Quantile.median, Quantile.quantile,
    Variance.stddev, Variance.variance, FirstLast.first, FirstLast.last, Frequency.mode, Frequency.distinct,
    ApproxDistinct.approxDistinct, Pairs.corr, Pairs.weightedMean, Frequency.entropy, Frequency.top,
  ]
}
