import Foundation
import ReadoutEngine

/// Intervals found by trial: the parameters at which the data would just be surprising, halved down to.
enum NaiveIntervals {
  /// Wilson: the shares p at which the observed one lies z standard errors of p away.
  static func share(_ hits: [Double], level: Double, isLow: Bool) -> Scalar {
    if hits.isEmpty { return .null }
    let (n, z) = (Double(hits.count), -root(-40, 0) { erfc(-$0 / 2.0.squareRoot()) / 2 - (1 - level) / 2 })
    let observed = hits.reduce(0, +) / n
    if observed == (isLow ? 0 : 1) { return .number(observed) }
    func distance(_ p: Double) -> Double { (p - observed) / (p * (1 - p) / n).squareRoot() }
    return .number(isLow ? root(0, observed) { distance($0) + z } : root(observed, 1) { distance($0) - z })
  }

  /// Garwood: the means at which so many events or more (or fewer) have half of what the level leaves over.
  static func rate(_ count: Double, of size: Double, level: Double, isLow: Bool) -> Scalar {
    let tail = (1 - level) / 2
    if isLow, count == 0 { return .number(0) }
    let most = 2 * count + 100
    let mean =
      isLow ? root(0, most) { atLeast(count, $0) - tail } : root(0, most) { atLeast(count + 1, $0) - (1 - tail) }
    return .number(1000 * mean / size)
  }

  /// How likely `count` events or more are at this mean: what is left of 1 when the smaller counts are taken away, in the form
  /// that counts between whole ones have too (the power series of the incomplete gamma function).
  private static func atLeast(_ count: Double, _ mean: Double) -> Double {
    if mean == 0 { return 0 }
    var (term, sum, n) = (exp(count * log(mean) - mean - lgamma(count + 1)), 0.0, count)
    while term > 1e-18 * sum || n < mean {
      sum += term
      n += 1
      term *= mean / n
    }
    return sum
  }

  /// Where an increasing function is 0.
  private static func root(_ from: Double, _ to: Double, _ function: (Double) -> Double) -> Double {
    var (low, high) = (from, to)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if function(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
