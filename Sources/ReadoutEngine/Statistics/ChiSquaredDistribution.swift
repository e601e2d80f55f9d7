/// The chi-squared distribution: the sum of the squares of so many standard normal values.
public enum ChiSquaredDistribution {
  /// P(X > x): the p-value of a statistic. One degree of freedom is the two-sided normal tail.
  public static func probability(above x: Double, degrees: Int) -> Double {
    if degrees == 1 { return x <= 0 ? 1 : 2 * NormalDistribution.probability(above: x.squareRoot()) }
    return GammaDistribution.probability(above: x / 2, shape: Double(degrees) / 2)
  }

  /// The x with P(X ≤ x) = `share`.
  public static func quantile(_ share: Double, degrees: Double) -> Double {
    2 * GammaDistribution.quantile(share, shape: degrees / 2)
  }
}
