#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The gamma distribution of scale 1: of shape `n` it is the waiting time for `n` events that come once a unit of time.
public enum GammaDistribution {
  /// P(X ≤ x) for X of this shape: the regularised incomplete gamma function P(shape, x). NaN where the shape is not
  /// positive.
  public static func probability(below x: Double, shape: Double) -> Double {
    guard shape > 0, !x.isNaN else { return .nan }
    if x <= 0 { return 0 }
    if x == .infinity { return 1 }
    return x < shape + 1 ? series(shape, x) : 1 - fraction(shape, x)
  }

  /// P(X > x): the upper tail Q(shape, x), without the loss of digits of 1 - P.
  public static func probability(above x: Double, shape: Double) -> Double {
    guard shape > 0, !x.isNaN else { return .nan }
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    return x < shape + 1 ? 1 - series(shape, x) : fraction(shape, x)
  }

  /// The x with P(X ≤ x) = `share`: 0 at 0, infinite at 1, NaN outside.
  ///
  /// A first guess after Wilson and Hilferty (1931, "The distribution of chi-square", PNAS 17), then Newton's method
  /// inside a bracket that halves where it would leave it. Above a shape of 10⁶ the guess is kept: its relative error is
  /// below 1e-9 there.
  public static func quantile(_ share: Double, shape: Double) -> Double {
    guard shape > 0, share >= 0, share <= 1 else { return .nan }
    if share == 0 { return 0 }
    if share == 1 { return .infinity }
    let z = NormalDistribution.quantile(share)
    let root = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
    var x = shape * root * root * root
    if shape > 1e6 { return x }
    // Far in the lower tail P is nearly x^shape / Γ(shape + 1).
    if !(root > 0.1) || shape < 1 { x = min(x > 0 ? x : .infinity, exp((log(share) + logGamma(shape + 1)) / shape)) }
    var (low, high) = (0.0, Double.infinity)
    for _ in 0..<200 {
      let error =
        share < 0.5 ? probability(below: x, shape: shape) - share : (1 - share) - probability(above: x, shape: shape)
      if error > 0 { high = x } else { low = x }
      let density = exp((shape - 1) * log(x) - x - logGamma(shape))
      var next = x - error / density
      if !(next > low && next < high) { next = high == .infinity ? 2 * x + 1 : (low + high) / 2 }
      if abs(next - x) <= 1e-15 * abs(next) { return next }
      x = next
    }
    return x
  }

  /// ln Γ(x) for x > 0, by Stirling's series above 15 and Γ(x) = Γ(x + 1) / x below: relative error about 1e-15.
  public static func logGamma(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x < 15 {
      product *= x
      x += 1
    }
    let inverse = 1 / (x * x)
    let series =
      (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x
    return (x - 0.5) * log(x) - x + 0.918938533204672741780330 + series - log(product)
  }

  /// P by its power series (Abramowitz and Stegun 6.5.29), which converges fast below the mean.
  private static func series(_ shape: Double, _ x: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var n = shape
    repeat {
      n += 1
      term *= x / n
      sum += term
    } while term > sum * 1e-17
    return sum * exp(shape * log(x) - x - logGamma(shape))
  }

  /// Q by its continued fraction (Abramowitz and Stegun 6.5.31) in Lentz's form, which converges fast above the mean.
  private static func fraction(_ shape: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / (abs(b) < tiny ? tiny : b)
    var result = d
    var n = 1.0
    while n < 1e6 {
      let a = -n * (n - shape)
      b += 2
      d = a * d + b
      if abs(d) < tiny { d = tiny }
      c = b + a / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let factor = d * c
      result *= factor
      if abs(factor - 1) < 1e-16 { break }
      n += 1
    }
    return result * exp(shape * log(x) - x - logGamma(shape))
  }
}
