/// The interval of a share after E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
/// inference", JASA 22: the shares that a test at this level would not refuse. It stays within 0 and 1, and speaks
/// where none or all of the rows are counted.
public enum WilsonInterval {
  /// The interval for `hits` of `count`, at a level such as 0.95; nil without any.
  public static func of(_ hits: Double, among count: Double, level: Double) -> (low: Double, high: Double)? {
    guard count > 0 else { return nil }
    let z = NormalDistribution.quantile(1 - (1 - level) / 2)
    let share = hits / count
    let spread = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let centre = share + z * z / (2 * count)
    let scale = 1 + z * z / count
    // Exact at the ends, where rounding would leave 1e-17.
    return (hits == 0 ? 0 : max(0, (centre - spread) / scale), hits == count ? 1 : min(1, (centre + spread) / scale))
  }
}
