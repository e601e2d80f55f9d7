import ReadoutVectors

extension SplitMix64 {
  /// True once in so many times.
  mutating func chance(_ one: Int) -> Bool { below(one) == 0 }
}
