import CVectors

/// Numbers for distinct 64-bit keys, 0, 1, 2 … in the order of first appearance, that many threads can look up at once.
///
/// An open-addressing table with the key and its number side by side, at most half full: a look-up is one miss of the cache,
/// and the look-ups of a vector do not wait for each other.
@safe public final class KeyIndex: @unchecked Sendable {
  // Sound: written in `init` only.
  private let slots: Vector<Slot>
  private let mask: Int
  /// How many distinct keys there are.
  public let count: Int

  struct Slot: BitwiseCopyable, Sendable {
    var key: Int64
    /// The key's number plus one; 0 is an empty slot.
    var entry: UInt32
  }

  /// Numbers the keys of the rows that are present; `numbers` has `.max` for the others. Fewer than 2^32 - 1 rows.
  public init(_ keys: Vector<Int64>, validity: Bitmap?, numbers: inout Vector<UInt32>) {
    var size = 128
    while size < keys.count * 2 { size *= 2 }
    mask = size - 1
    var slots = MutableVector<Slot>(repeating: Slot(key: 0, entry: 0), count: size)
    let out = MutableVector<UInt32>(uninitializedCount: keys.count)
    var next: UInt32 = 0
    // Sound: a slot is masked to the table's size, and every row is written once.
    let table = unsafe slots.base
    let key = unsafe keys.base
    let number = unsafe out.base
    for start in stride(from: 0, to: keys.count, by: Self.ahead) {
      let end = min(start &+ Self.ahead, keys.count)
      for row in start..<end { unsafe readout_prefetch(table + Self.slot(of: key[row], mask)) }
      for row in start..<end {
        if let validity, !validity[row] {
          unsafe number[row] = .max
          continue
        }
        let wanted = unsafe key[row]
        var slot = Self.slot(of: wanted, mask)
        while unsafe table[slot].entry != 0, unsafe table[slot].key != wanted { slot = (slot &+ 1) & mask }
        if unsafe table[slot].entry == 0 {
          next &+= 1
          unsafe table[slot] = Slot(key: wanted, entry: next)
        }
        unsafe number[row] = table[slot].entry &- 1
      }
    }
    numbers = out.freeze()
    self.slots = slots.take()
    count = Int(next)
  }

  /// Keys whose slots are asked for before the first of them is looked at.
  private static let ahead = 32

  /// The number of each key; `missing` for one that is not there.
  public func numbers(of keys: Vector<Int64>, missing: UInt32) -> Vector<UInt32> {
    let out = MutableVector<UInt32>(uninitializedCount: keys.count)
    // Sound: a slot is masked to the table's size; at least half of the slots are empty, so that the search ends. Every row
    // is written once.
    let table = unsafe slots.base
    let key = unsafe keys.base
    let number = unsafe out.base
    for start in stride(from: 0, to: keys.count, by: Self.ahead) {
      let end = min(start &+ Self.ahead, keys.count)
      for row in start..<end { unsafe readout_prefetch(table + Self.slot(of: key[row], mask)) }
      for row in start..<end {
        let wanted = unsafe key[row]
        var slot = Self.slot(of: wanted, mask)
        while true {
          let found = unsafe table[slot]
          if found.entry == 0 || found.key == wanted {
            unsafe number[row] = found.entry == 0 ? missing : found.entry &- 1
            break
          }
          slot = (slot &+ 1) & mask
        }
      }
    }
    return out.freeze()
  }

  @inline(__always) private static func slot(of key: Int64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: StringHash.hash(UInt64(bitPattern: key))) & mask
  }
}
