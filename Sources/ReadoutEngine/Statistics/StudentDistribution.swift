#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Student's t distribution with a whole number of degrees of freedom.
public enum StudentDistribution {
  /// P(|T| ≤ t) for t ≥ 0: the finite sums 26.7.3 and 26.7.4 of Abramowitz and Stegun (1964). O(degrees).
  public static func probability(within t: Double, degrees: Int) -> Double {
    let angle = atan2(t, Double(degrees).squareRoot())
    let (sine, cosine) = (sin(angle), cos(angle))
    let square = cosine * cosine
    var term = degrees % 2 == 1 ? cosine : 1
    var sum = degrees == 1 ? 0 : term
    var k = degrees % 2 == 1 ? 3 : 2
    while k <= degrees - 1 {
      term *= square * Double(k - 1) / Double(k)
      sum += term
      k += 2
    }
    return degrees % 2 == 1 ? 2 / Double.pi * (angle + sine * sum) : sine * sum
  }

  /// The t with P(|T| ≤ t) = `level`, by bisection to the last digits. Beyond 10,000 degrees that of the normal
  /// distribution, which then agrees to 4 digits. `level` lies between 0 and 1.
  public static func twoSidedQuantile(_ level: Double, degrees: Int) -> Double {
    if degrees > 10_000 { return NormalDistribution.quantile(0.5 + level / 2) }
    var (low, high) = (0.0, 1.0)
    while probability(within: high, degrees: degrees) < level, high < 1e300 { (low, high) = (high, high * 2) }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if probability(within: middle, degrees: degrees) < level { low = middle } else { high = middle }
    }
  }
}
