import CVectors

/// Codes for the strings of a column, in the order of first appearance, made for short strings in padded text.
///
/// Like `StringInterner`, but a slot of the table holds the string itself up to 16 bytes, so that one cache line answers for most fields.
@safe
public struct FieldInterner: ~Copyable {
  struct Slot: BitwiseCopyable, Sendable {
    /// Up to 16 bytes: the string, zeros behind it. Longer: its hash, and its first 8 bytes.
    var low: UInt64
    var high: UInt64
    var length: UInt32
    /// Plus one; 0 is empty.
    var code: UInt32
  }

  // Sound: `mask` is the number of slots less one, codes are below `count`, and string `code` lies between its two offsets.
  private var slots: MutableVector<Slot>
  private var mask: Int
  private var offsets: MutableVector<UInt32>
  private var bytes: MutableVector<UInt8>

  public init() {
    slots = Self.emptySlots(256)
    mask = 255
    offsets = MutableVector(capacity: 64)
    offsets.append(0)
    bytes = MutableVector(capacity: 1024)
  }

  /// Distinct strings so far.
  public var count: Int { offsets.count &- 1 }
  /// Bytes that the table and the strings take.
  public var byteCount: Int { slots.count * MemoryLayout<Slot>.stride + bytes.count + offsets.count * 4 }
  /// Whether another string may be the one that passes 4 GiB of text.
  public var isNearlyFull: Bool { bytes.count > Int(UInt32.max) - (1 << 30) }

  /// A string of at most 16 bytes as two words, and its hash.
  struct Key: BitwiseCopyable, Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var hash: UInt64 = 0

    /// 16 bytes from the start of the string must be readable; `length` is at most 16.
    @inline(__always) @unsafe
    init(_ start: UnsafePointer<UInt8>, _ length: Int) {
      let raw = unsafe UnsafeRawPointer(start)
      let first = unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      if length < 8 {
        low = first & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
      } else {
        low = first
        // The last 8 bytes of the string end it; shifted down, the bytes behind the first 8 are left.
        let last = unsafe UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self))
        high = length == 8 ? 0 : last &>> UInt64(truncatingIfNeeded: (16 &- length) &* 8)
      }
      hash = FieldInterner.hash(low, high, UInt32(truncatingIfNeeded: length))
    }
  }

  /// Whether the table is so large that lookups wait for memory, and asking for slots ahead pays.
  var isLarge: Bool { mask >= 1 << 14 }

  /// Asks for the slot of a key.
  @inline(__always)
  func prefetch(_ key: Key) { unsafe readout_prefetch(slots.base + (Int(truncatingIfNeeded: key.hash) & mask)) }

  /// The code of the string; 16 bytes from its start must be readable.
  @inline(__always) @unsafe
  mutating func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    if length > 16 { return unsafe internLong(start, length) }
    return unsafe intern(Key(start, length), start, length)
  }

  /// The code of the string of at most 16 bytes whose key is `key`.
  @inline(__always) @unsafe
  mutating func intern(_ key: Key, _ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let wanted = UInt32(truncatingIfNeeded: length)
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let entry = unsafe slots.base + slot
      if unsafe entry.pointee.low == key.low && entry.pointee.high == key.high && entry.pointee.length == wanted
        && entry.pointee.code != 0
      {
        return unsafe entry.pointee.code &- 1
      }
      if unsafe entry.pointee.code == 0 {
        return unsafe insert(start, length, at: slot, Slot(low: key.low, high: key.high, length: wanted, code: 0))
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never) @unsafe
  private mutating func internLong(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let low = unsafe StringHash.hash(start, length)
    let high = unsafe UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    let wanted = UInt32(truncatingIfNeeded: length)
    var slot = Int(truncatingIfNeeded: Self.hash(low, high, wanted)) & mask
    while true {
      let entry = unsafe slots.base[slot]
      if entry.code == 0 {
        return unsafe insert(start, length, at: slot, Slot(low: low, high: high, length: wanted, code: 0))
      }
      if entry.low == low, entry.high == high, entry.length == wanted,
        unsafe memoryCompare(bytes.base + Int(offsets.base[Int(entry.code &- 1)]), start, length) == 0
      {
        return entry.code &- 1
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(__always)
  fileprivate static func hash(_ low: UInt64, _ high: UInt64, _ length: UInt32) -> UInt64 {
    StringHash.fold(low ^ StringHash.k0, high ^ StringHash.k1 ^ UInt64(length))
  }

  @inline(never) @unsafe
  private mutating func insert(_ start: UnsafePointer<UInt8>, _ length: Int, at slot: Int, _ entry: Slot) -> UInt32 {
    precondition(bytes.count + length <= Int(UInt32.max), "a dictionary holds at most 4 GiB of text")
    let code = UInt32(truncatingIfNeeded: count)
    unsafe bytes.append(contentsOf: Span(_unsafeStart: start, count: length))
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    var entry = entry
    entry.code = code &+ 1
    slots[slot] = entry
    if count &* 2 > mask { grow() }
    return code
  }

  private mutating func grow() {
    var grown = Self.emptySlots(slots.count * 2)
    mask = slots.count * 2 - 1
    for i in slots.indices {
      let entry = slots[i]
      if entry.code == 0 { continue }
      var slot = Int(truncatingIfNeeded: Self.hash(entry.low, entry.high, entry.length)) & mask
      while grown[slot].code != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = entry
    }
    slots = grown
  }

  private static func emptySlots(_ count: Int) -> MutableVector<Slot> {
    MutableVector(repeating: Slot(low: 0, high: 0, length: 0, code: 0), count: count)
  }

  /// The code of a string that may lie anywhere.
  public mutating func intern(copying string: Span<UInt8>) -> UInt32 {
    var padded = MutableVector<UInt8>(capacity: string.count + 16)
    padded.append(contentsOf: string)
    padded.append(repeating: 0, count: 16)
    return unsafe intern(padded.base, string.count)
  }

  /// The distinct strings by code; the table goes.
  public consuming func freeze() -> StringVector {
    let offsets = self.offsets.freezeCompact()
    return StringVector(offsets: offsets, bytes: bytes.freezeCompact())
  }
}
