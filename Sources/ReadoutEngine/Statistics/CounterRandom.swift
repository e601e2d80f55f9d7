import ReadoutVectors

/// Random numbers by place: number `index` of a stream is a function of the seed, the stream's name and `index` alone.
///
/// So it does not matter who asks first, and streams do not shift each other. `SplitMix64` from a key that is mixed from the seed
/// and the stream's name.
public struct CounterRandom: Sendable {
  private let key: UInt64

  /// The stream of a seed that is called by three numbers, such as a purpose, an event and a resample.
  public init(seed: UInt64, _ a: UInt64, _ b: UInt64, _ c: UInt64) {
    var key = SplitMix64.mix(seed &+ SplitMix64.step)
    for part in [a, b, c] { key = SplitMix64.mix((key ^ part) &+ SplitMix64.step) }
    self.key = key
  }

  /// 64 random bits.
  @inline(__always)
  public func bits(_ index: UInt64) -> UInt64 { SplitMix64.mix(key &+ (index &+ 1) &* SplitMix64.step) }

  /// A number from 0 to `bound` - 1; the bias is below `bound` / 2^64. `bound` is 1 or more.
  @inline(__always)
  public func below(_ bound: Int, _ index: UInt64) -> Int {
    Int(truncatingIfNeeded: bits(index).multipliedFullWidth(by: UInt64(truncatingIfNeeded: bound)).high)
  }
}
