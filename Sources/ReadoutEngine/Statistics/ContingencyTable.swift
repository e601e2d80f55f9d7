#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Counts of two yes-or-no properties: how often a word is this one, and whether it stands in the target.
///
/// |            | this word | other words |
/// |------------|----------:|------------:|
/// | target     | `a`       | `c`         |
/// | reference  | `b`       | `d`         |
public struct ContingencyTable: Sendable {
  /// The word in the target and in the reference, and all other words there.
  public var a, b, c, d: Double

  public init(a: Double, b: Double, c: Double, d: Double) {
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
  }

  /// How a statistic of small counts is corrected.
  public enum Correction: Sendable {
    case none
    /// F. Yates (1934): half a count nearer to what was expected, in tables with an expected count below 5, as quanteda
    /// does it.
    case yates
    /// D. A. Williams (1976), "Improved likelihood ratio tests for complete contingency tables", Biometrika 63; none
    /// where a count is 0.
    case williams
  }

  public var total: Double { a + b + c + d }
  /// The count of the word in the target if it were as frequent there as in the reference.
  public var expected: Double { (a + b) * (a + c) / total }

  /// The smallest of the four expected counts.
  public var smallestExpected: Double {
    min(a + b, c + d) * min(a + c, b + d) / total
  }

  /// Positive where the word is more frequent in the target than was to be expected, negative where it is less so.
  private func signed(_ statistic: Double) -> Double { a > expected || statistic == 0 ? statistic : -statistic }

  /// K. Pearson's chi-squared, signed: n (ad - bc)² / ((a+b)(c+d)(a+c)(b+d)).
  ///
  /// NaN where a margin is 0. One degree of freedom.
  public func chiSquared(_ correction: Correction) -> Double {
    let n = total
    var difference = abs(a * d - b * c)
    if correction == .yates { difference -= n * yatesShift }
    let statistic = n * difference * difference / ((a + b) * (c + d) * (a + c) * (b + d))
    return signed(correction == .williams ? statistic / williamsDivisor : statistic)
  }

  /// The log-likelihood ratio G² of T. Dunning (1993), "Accurate methods for the statistics of surprise and
  /// coincidence", Computational Linguistics 19, signed: 2 Σ observed · ln(observed / expected) over the four cells.
  ///
  /// P. Rayson and R. Garside (2000), "Comparing corpora using frequency profiling", leave the cells `c` and `d` out;
  /// these add little where words are rare. NaN where a margin is 0. One degree of freedom.
  public func logLikelihood(_ correction: Correction) -> Double {
    var cells = self
    if correction == .yates {
      let shift = a * d - b * c > 0 ? yatesShift : -yatesShift
      cells = ContingencyTable(a: a - shift, b: b + shift, c: c + shift, d: d - shift)
    }
    let (rows, columns) = ((a + c, b + d), (a + b, c + d))
    let n = total
    func part(_ observed: Double, _ row: Double, _ column: Double) -> Double {
      observed == 0 ? 0 : observed * log(observed * n / (row * column))
    }
    let sum =
      part(cells.a, rows.0, columns.0) + part(cells.b, rows.1, columns.0) + part(cells.c, rows.0, columns.1)
      + part(cells.d, rows.1, columns.1)
    let statistic = 2 * max(0, sum)
    return signed(correction == .williams ? statistic / williamsDivisor : statistic)
  }

  /// A. Hardie (2014), "Log ratio: an informal introduction": the binary logarithm of how many times more frequent the
  /// word is in the target. A count of 0 is taken as a half.
  public var logRatio: Double {
    log2((a == 0 ? 0.5 : a) / (a + c)) - log2((b == 0 ? 0.5 : b) / (b + d))
  }

  /// A half where an expected count is below 5 and the observed ones lie at least half a count from them, else 0.
  private var yatesShift: Double {
    abs(a * d - b * c) >= total / 2 && smallestExpected < 5 ? 0.5 : 0
  }

  private var williamsDivisor: Double {
    if a * b * c * d == 0 { return 1 }
    let n = total
    return 1 + (n / (a + b) + n / (c + d) - 1) * (n / (a + c) + n / (b + d) - 1) / (6 * n)
  }
}
