/// The validity of a chunk while it is filled: every row present until it is said to be null.
struct ValidityBuffer: ~Copyable {
  private var words: MutableVector<UInt64>
  private(set) var nullCount = 0

  /// Bits of nulls, as the functions that read eight fields at a time give them.
  let lanes = MutableVector<UInt8>(repeating: 0, count: LanePacer.rows / 8)

  init(rows: Int) { words = MutableVector(repeating: ~0, count: (rows + 63) / 64) }

  @inline(__always)
  mutating func setNull(_ row: Int) {
    words[row &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: row & 63))
    nullCount &+= 1
  }

  /// Takes over what `lanes` says of `rows` rows, a multiple of eight, the first of which is row `first`.
  @inline(__always)
  mutating func takeLanes(_ rows: Int, first: Int) {
    for byte in 0..<rows &>> 3 where lanes[byte] != 0 {
      for bit in 0..<8 where lanes[byte] &>> UInt8(bit) & 1 != 0 { setNull(first &+ byte &* 8 &+ bit) }
    }
  }

  /// The bitmap of the first `count` rows, absent without nulls; starts anew.
  mutating func take(_ count: Int) -> Bitmap? {
    guard nullCount > 0 else { return nil }
    // Sound: the bitmap is at most as long as the buffer, for `setNull` checked each row.
    precondition((count + 63) / 64 <= words.count, "chunk is longer than its validity")
    let source = unsafe words.base
    let bitmap = Bitmap(
      words: Vector(count: (count + 63) / 64) { i in unsafe source[i] & StructureMasks.low(count &- i &* 64) },
      count: count)
    reset()
    return bitmap
  }

  private mutating func reset() {
    for i in words.indices { words[i] = ~0 }
    nullCount = 0
  }
}
