/// A 64-bit hash of bytes for tables in memory: multiply-and-fold over 8 bytes at a time, after wyhash by Wang Yi (public domain).
///
/// Not for untrusted keys across processes: no seed, since equal questions must give equal bytes; tables that use it compare
/// the strings too.
public enum StringHash {
  @usableFromInline static let k0: UInt64 = 0xa076_1d64_78bd_642f
  @usableFromInline static let k1: UInt64 = 0xe703_7ed1_a0b4_28db

  @inlinable @inline(__always)
  static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inlinable @unsafe
  public static func hash(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    // Sound: every load lies in start..<start + length.
    let raw = unsafe UnsafeRawPointer(start)
    var seed = k0 ^ UInt64(truncatingIfNeeded: length)
    var at = 0
    while length &- at > 16 {
      seed = unsafe fold(
        raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ k1,
        raw.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self) ^ seed)
      at &+= 16
    }
    var a: UInt64 = 0
    var b: UInt64 = 0
    let rest = length &- at
    if rest >= 8 {
      unsafe a = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      unsafe b = raw.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
    } else if rest >= 4 {
      unsafe a = UInt64(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      unsafe b = UInt64(raw.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
    } else if rest > 0 {
      unsafe a = UInt64(start[at]) &<< 16 | UInt64(start[at &+ rest / 2]) &<< 8 | UInt64(start[length &- 1])
    }
    return fold(k1 ^ UInt64(truncatingIfNeeded: length), fold(a ^ k1, b ^ seed))
  }

  /// A hash of one 64-bit value, all bits mixed.
  @inlinable @inline(__always)
  public static func hash(_ value: UInt64) -> UInt64 { fold(value ^ k0, k1) }
}
