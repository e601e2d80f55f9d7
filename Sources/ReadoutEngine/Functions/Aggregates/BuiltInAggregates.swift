extension BuiltInFunctions {
  /// Every aggregate that comes with the engine.
  static let aggregates: [any AggregateFunction] = [
    Count.count, Count.countIf, Sum.sum, Sum.mean, MinMax.min, MinMax.max, Quantile.median, Quantile.quantile,
    Variance.stddev, Variance.variance, FirstLast.first, FirstLast.last, Frequency.mode, Distinct.distinct,
    ApproxDistinct.approxDistinct, Correlation.corr, WeightedMean.weightedMean, Frequency.entropy, Frequency.top,
  ]
}
