import ReadoutVectors

/// Sets of patterns, a bit for each set and pattern.
struct PatternSets: Sendable {
  private let bits: Vector<UInt64>
  /// Words of `bits` that a set takes.
  private let stride: Int

  /// Sets of numbers below `patternCount`.
  init(_ sets: [[Int]], patternCount: Int) {
    stride = (patternCount + 63) / 64
    var bits = MutableVector<UInt64>(repeating: 0, count: sets.count * stride)
    for (set, patterns) in sets.enumerated() {
      for pattern in patterns { bits[set * stride + pattern / 64] |= 1 << UInt64(pattern % 64) }
    }
    self.bits = bits.freeze()
  }

  @inline(__always)
  func contains(_ set: Int, _ pattern: Int) -> Bool {
    bits[set &* stride &+ pattern &>> 6] &>> UInt64(pattern & 63) & 1 == 1
  }
}
