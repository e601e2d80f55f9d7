import ReadoutEngine

extension Scalar {
  /// Whether two results are the same but for rounding: numbers within 1e-9 of the larger one's size, or `tolerance` of each
  /// other; all else exactly.
  func isClose(to other: Scalar, orWithin tolerance: Double = 0) -> Bool {
    guard case .number(let x) = self, case .number(let y) = other else { return self == other }
    if x == y || (x.isNaN && y.isNaN) { return true }
    guard x.isFinite, y.isFinite else { return false }
    return abs(x - y) <= max(tolerance, 1e-9 * max(abs(x), abs(y)))
  }
}
