#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z ≤ z), exact to the last digits of `erfc` in both tails.
  public static func probability(below z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

  /// P(Z > z): the upper tail, without the loss of digits of 1 - P.
  public static func probability(above z: Double) -> Double { 0.5 * erfc(z * 0.5.squareRoot()) }

  /// The z with P(Z ≤ z) = `share`; infinite at 0 and 1, NaN outside.
  ///
  /// A first guess by formula 26.2.23 of Abramowitz and Stegun (1964, error below 4.5e-4), then Halley's method, which
  /// triples the right digits a step: relative error about 1e-15.
  public static func quantile(_ share: Double) -> Double {
    if share == 0.5 { return 0 }
    guard share > 0, share < 1 else { return share == 0 ? -.infinity : share == 1 ? .infinity : .nan }
    if share > 0.5 { return -lowerQuantile(1 - share) }
    return lowerQuantile(share)
  }

  /// For shares up to a half: z is negative.
  private static func lowerQuantile(_ share: Double) -> Double {
    let t = (-2 * log(share)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = numerator / denominator - t
    for _ in 0..<3 {
      let density = exp(-z * z / 2) * 0.398942280401432677939946
      if density == 0 { break }
      let error = (probability(below: z) - share) / density
      z -= error / (1 + z * error / 2)
    }
    return z
  }
}
