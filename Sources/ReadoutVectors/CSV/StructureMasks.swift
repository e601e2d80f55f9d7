import CVectors

/// What 64 bytes hold, one bit for each byte.
///
/// The comparisons come from a C header: Swift's SIMD types cannot turn a mask into bits without a loop over its lanes, which
/// costs seven times as much.
@usableFromInline enum StructureMasks {
  /// Where the byte is `byte`.
  @inline(__always) @unsafe
  static func equal(_ start: UnsafePointer<UInt8>, _ byte: UInt8) -> UInt64 { unsafe readout_equal64(start, byte) }

  /// Where the byte is no ASCII.
  @inline(__always) @unsafe
  static func high(_ start: UnsafePointer<UInt8>) -> UInt64 { unsafe readout_high64(start) }

  /// Bit i is the parity of the bits 0 to i: between an opening quote, included, and its closing one, excluded.
  @inline(__always)
  static func parity(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits ^= bits &<< 1
    bits ^= bits &<< 2
    bits ^= bits &<< 4
    bits ^= bits &<< 8
    bits ^= bits &<< 16
    bits ^= bits &<< 32
    return bits
  }

  /// All ones where the highest bit is set.
  @inline(__always)
  static func spread(highest bits: UInt64) -> UInt64 { UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) }

  /// The bits below `count`.
  @inline(__always)
  static func low(_ count: Int) -> UInt64 { count >= 64 ? ~0 : (1 &<< UInt64(count)) &- 1 }
}
