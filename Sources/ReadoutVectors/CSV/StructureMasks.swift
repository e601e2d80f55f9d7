import CVectors

/// What the bytes of some text are, as bits: one word for each 64 bytes and each byte that is looked for.
///
/// The comparisons are C: Swift's SIMD types cannot turn a mask into bits without a loop over its lanes, and cannot choose
/// AVX2 or AVX-512 when the program starts.
@safe
struct StructureMasks: ~Copyable {
  /// Blocks of 64 bytes whose masks are made at once.
  static let blocks = 64

  // Sound: `masks` has room for three words a block.
  private let masks = MutableVector<UInt64>(uninitializedCount: StructureMasks.blocks * 3)
  private var wanted = MutableVector<UInt8>(repeating: 0, count: 3)

  /// Makes the masks of `blocks` blocks from `start`, all of it readable, for quote, delimiter and newline.
  @inline(__always) @unsafe
  mutating func makeStructure(_ start: UnsafePointer<UInt8>, _ blocks: Int, _ dialect: CSVDialect) {
    wanted[0] = dialect.quote ?? dialect.newline
    wanted[1] = dialect.delimiter
    wanted[2] = dialect.newline
    unsafe readout_masks3(start, min(blocks, Self.blocks), wanted.base, masks.base)
  }

  @inline(__always)
  func structure(_ block: Int) -> (quotes: UInt64, delimiters: UInt64, newlines: UInt64) {
    precondition(block >= 0 && block < Self.blocks)
    let at = unsafe masks.base + block &* 3
    return unsafe (at[0], at[1], at[2])
  }

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
