/// The validity of a chunk while it is filled: every row present until it is said to be null.
struct ValidityBuffer: ~Copyable {
  private var words: MutableVector<UInt64>
  private(set) var nullCount = 0

  init(rows: Int) { words = MutableVector(repeating: ~0, count: (rows + 63) / 64) }

  @inline(__always)
  mutating func setNull(_ row: Int) {
    words[row &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: row & 63))
    nullCount &+= 1
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
