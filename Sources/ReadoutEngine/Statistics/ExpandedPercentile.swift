/// The expanded percentile interval of a bootstrap: the percentile interval taken so much further out that it is as wide
/// as that of Student's t for a mean of `units` values (T. Hesterberg 2015, "What Teachers Should Know about the
/// Bootstrap", The American Statistician 69).
public enum ExpandedPercentile {
  /// The interval at a level such as 0.95 from the resamples' values; nil below two units, or where there is none. Sorts them.
  public static func interval(
    of resamples: [Double], units: Int, level: Double
  ) -> (low: Double, high: Double)? {
    guard units >= 2, !resamples.isEmpty else { return nil }
    let t = StudentDistribution.twoSidedQuantile(level, degrees: units - 1)
    let share = NormalDistribution.probability(below: -(Double(units) / Double(units - 1)).squareRoot() * t)
    let sorted = resamples.sorted()
    return (quantile(share, of: sorted), quantile(1 - share, of: sorted))
  }

  /// Between the two order statistics around place share · (count - 1), as `quantile` has it.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - Double(low))
  }
}
