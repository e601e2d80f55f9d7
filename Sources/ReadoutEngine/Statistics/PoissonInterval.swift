/// The exact interval of the mean of a Poisson count after F. Garwood (1936), "Fiducial limits for the Poisson
/// distribution", Biometrika 28: half a chi-squared quantile of 2k degrees below, of 2k + 2 above.
public enum PoissonInterval {
  /// The interval for `count` events, at a level such as 0.95; nil below 0.
  public static func of(_ count: Double, level: Double) -> (low: Double, high: Double)? {
    guard count >= 0 else { return nil }
    let tail = (1 - level) / 2
    let low = count == 0 ? 0 : ChiSquaredDistribution.quantile(tail, degrees: 2 * count) / 2
    return (low, ChiSquaredDistribution.quantile(1 - tail, degrees: 2 * count + 2) / 2)
  }
}
