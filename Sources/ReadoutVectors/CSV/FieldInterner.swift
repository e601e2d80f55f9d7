import CVectors

/// Codes for the strings of a column, in the order of first appearance, made for short strings in padded text.
///
/// Like `StringInterner`, but a slot of the table holds the string itself up to 12 bytes: 16 bytes a slot, four to a cache line, and
/// one line answers for most fields. The text is UTF-8 without NUL: so zeros behind a short string say where it ends, and
/// a word of ones marks a long one.
@safe
public struct FieldInterner: ~Copyable {
  struct Slot: BitwiseCopyable, Sendable {
    /// The first 8 bytes of a string of up to 12; the hash of a longer one.
    var low: UInt64
    /// Its next 4 bytes; all ones for a longer one.
    var high: UInt32
    /// Plus one; 0 is empty.
    var code: UInt32
  }

  /// The longest string that fits a slot.
  static let inlineBytes = 12

  // Sound: `mask` is the number of slots less one, codes are below `count`, and string `code` lies between its two offsets.
  private var slots: MutableVector<Slot>
  private var mask: Int
  private var offsets: MutableVector<UInt32>
  private var bytes: MutableVector<UInt8>
  private var padded = MutableVector<UInt8>()

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

  /// A string of at most 12 bytes as two words, and its hash.
  struct Key: BitwiseCopyable, Sendable {
    var low: UInt64 = 0
    var high: UInt32 = 0
    var hash: UInt64 = 0

    /// 8 bytes from the start of the string must be readable; `length` is at most 12.
    @inline(__always) @unsafe
    init(_ start: UnsafePointer<UInt8>, _ length: Int) {
      let raw = unsafe UnsafeRawPointer(start)
      let first = unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      if length < 8 {
        low = first & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
      } else {
        low = first
        // The last 4 bytes of the string end it; shifted down, the bytes behind the first 8 are left.
        let last = unsafe UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
        high = UInt32(truncatingIfNeeded: UInt64(last) &>> UInt64(truncatingIfNeeded: (12 &- length) &* 8))
      }
      hash = FieldInterner.hash(low, high)
    }
  }

  /// Whether the table is so large that lookups wait for memory, and asking for slots ahead pays.
  var isLarge: Bool { mask >= 1 << 14 }

  /// Asks for the slot of a key.
  @inline(__always)
  func prefetch(_ key: Key) { unsafe readout_prefetch(slots.base + (Int(truncatingIfNeeded: key.hash) & mask)) }

  /// The code of the string; 8 bytes from its start must be readable.
  @inline(__always) @unsafe
  mutating func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    if length > Self.inlineBytes { return unsafe internLong(start, length) }
    return unsafe intern(Key(start, length), start, length)
  }

  /// The code of the string of at most 12 bytes whose key is `key`.
  @inline(__always) @unsafe
  mutating func intern(_ key: Key, _ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let entry = unsafe slots.base[slot]
      // The empty string's words are those of an empty slot; its code tells them apart.
      if entry.low == key.low, entry.high == key.high, entry.code != 0 { return entry.code &- 1 }
      if entry.code == 0 {
        return unsafe insert(start, length, at: slot, Slot(low: key.low, high: key.high, code: 0))
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never) @unsafe
  private mutating func internLong(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let low = unsafe StringHash.hash(start, length)
    var slot = Int(truncatingIfNeeded: Self.hash(low, .max)) & mask
    while true {
      let entry = unsafe slots.base[slot]
      if entry.code == 0 {
        return unsafe insert(start, length, at: slot, Slot(low: low, high: .max, code: 0))
      }
      if entry.low == low, entry.high == .max {
        let code = Int(entry.code &- 1)
        let from = unsafe Int(offsets.base[code])
        if unsafe Int(offsets.base[code &+ 1]) &- from == length,
          unsafe memoryCompare(bytes.base + from, start, length) == 0
        {
          return entry.code &- 1
        }
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(__always)
  fileprivate static func hash(_ low: UInt64, _ high: UInt32) -> UInt64 {
    StringHash.fold(low ^ StringHash.k0, UInt64(high) ^ StringHash.k1)
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
      var slot = Int(truncatingIfNeeded: Self.hash(entry.low, entry.high)) & mask
      while grown[slot].code != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = entry
    }
    slots = grown
  }

  private static func emptySlots(_ count: Int) -> MutableVector<Slot> {
    MutableVector(repeating: Slot(low: 0, high: 0, code: 0), count: count)
  }

  /// The code of a string that may lie anywhere.
  public mutating func intern(copying string: Span<UInt8>) -> UInt32 {
    padded.removeAll()
    padded.append(contentsOf: string)
    padded.append(repeating: 0, count: 8)
    // Sound: `intern` does not touch `padded`.
    return unsafe intern(padded.base, string.count)
  }

  /// The distinct strings by code; the table goes.
  public consuming func freeze() -> StringVector {
    let offsets = self.offsets.freezeCompact()
    return StringVector(offsets: offsets, bytes: bytes.freezeCompact())
  }
}
