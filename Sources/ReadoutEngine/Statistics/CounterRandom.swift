/// Random numbers by place: number `index` of a stream is a function of the seed, the stream's name and `index` alone.
///
/// So it does not matter who asks first, and streams do not shift each other. SplitMix64 (Steele, Lea and Flood 2014, "Fast
/// splittable pseudorandom number generators") from a key that is mixed from the seed and the stream's name.
public struct CounterRandom: Sendable {
  private let key: UInt64

  /// The stream of a seed that is called by three numbers, such as a purpose, an event and a resample.
  public init(seed: UInt64, _ a: UInt64, _ b: UInt64, _ c: UInt64) {
    var key = Self.mix(seed &+ Self.step)
    for part in [a, b, c] { key = Self.mix((key ^ part) &+ Self.step) }
    self.key = key
  }

  /// 64 random bits.
  @inline(__always)
  public func bits(_ index: UInt64) -> UInt64 { Self.mix(key &+ (index &+ 1) &* Self.step) }

  /// A number from 0 to `bound` - 1; the bias is below `bound` / 2^64. `bound` is 1 or more.
  @inline(__always)
  public func below(_ bound: Int, _ index: UInt64) -> Int {
    Int(truncatingIfNeeded: bits(index).multipliedFullWidth(by: UInt64(truncatingIfNeeded: bound)).high)
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
