#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much more often words stand together than all smaller combinations of them explain: the highest interaction of
/// the saturated log-linear model of D. Blaheta and M. Johnson (2001), "Unsupervised learning of multi-word verbs".
public enum LogLinearInteraction {
  /// λ = Σ (-1)^(K - bits) ln n and its Wald z = λ / √(Σ 1/n) over the 2^K cells.
  ///
  /// - Parameter cells: Cell `i` counts the runs of K words that have the expression's word in just the places of the
  ///   bits of `i`. Each must be positive: add a half before.
  public static func of(_ cells: [Double]) -> (lambda: Double, z: Double) {
    let words = cells.count.trailingZeroBitCount
    var (lambda, variance) = (0.0, 0.0)
    for (cell, n) in cells.enumerated() {
      lambda += ((words - cell.nonzeroBitCount) % 2 == 0 ? 1 : -1) * log(n)
      variance += 1 / n
    }
    return (lambda, lambda / variance.squareRoot())
  }
}
