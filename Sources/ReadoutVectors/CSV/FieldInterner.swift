import CVectors

/// Codes for the strings of a column, in the order of first appearance, made for short strings in padded text.
///
/// Like `StringInterner`, but a slot of the table holds the string itself up to 24 bytes: 32 bytes a slot, and one cache line answers for
/// nearly every field. The text is UTF-8 without NUL: so zeros behind a short string say where it ends, and a word of ones marks a
/// long one.
@safe
public struct FieldInterner: ~Copyable {
  struct Slot: BitwiseCopyable, Sendable {
    var words: Words
    /// Plus one; 0 is empty.
    var code: UInt64
  }

  /// The bytes of a string of up to 24; of a longer one its hash, and ones.
  struct Words: BitwiseCopyable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0

    @inline(__always)
    func equals(_ other: Words) -> Bool {
      (first ^ other.first) | (second ^ other.second) | (third ^ other.third) == 0
    }

    @inline(__always)
    var hash: UInt64 {
      StringHash.fold(first ^ StringHash.k0, second ^ StringHash.k1 ^ (third &* 0x9E37_79B9_7F4A_7C15))
    }
  }

  /// The longest string that fits a slot.
  public static let inlineBytes = 24
  /// Bytes that must be readable from the start of a string.
  static let readableBytes = 24

  // Sound: `mask` is the number of slots less one, codes are below `count`, and string `code` lies between its two offsets.
  private(set) var slots: MutableVector<Slot>
  private(set) var mask: Int
  private var offsets: MutableVector<UInt32>
  private var bytes: MutableVector<UInt8>
  private var padded = MutableVector<UInt8>()
  /// Whether a string had no room in the 4 GiB of one dictionary: its code means nothing then.
  public private(set) var isFull = false

  public init() {
    // Small, for a wide table has many of them.
    slots = Self.emptySlots(16)
    mask = 15
    offsets = MutableVector(capacity: 8)
    offsets.append(0)
    bytes = MutableVector(capacity: 64)
  }

  /// Distinct strings so far.
  public var count: Int { offsets.count &- 1 }
  /// Bytes that the table and the strings take.
  public var byteCount: Int { slots.count * MemoryLayout<Slot>.stride + bytes.count + offsets.count * 4 }

  /// A string of at most 24 bytes as words, and its hash.
  struct Key: BitwiseCopyable, Sendable {
    let words: Words
    let hash: UInt64

    /// 24 bytes from the start of the string must be readable; `length` is at most 24.
    @inline(__always) @unsafe
    init(_ start: UnsafePointer<UInt8>, _ length: Int) {
      let raw = unsafe UnsafeRawPointer(start)
      var words = Words()
      let first = unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      if length <= 8 {
        // Eight bytes are shifted in two steps, for a shift by a whole word shifts by nothing.
        let unused = UInt64(truncatingIfNeeded: (8 &- length) &* 4)
        words.first = (((first &<< unused) &<< unused) &>> unused) &>> unused
      } else {
        words.first = first
        let second = unsafe UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        if length <= 16 {
          words.second = Self.kept(second, length &- 8)
        } else {
          words.second = second
          words.third = unsafe Self.kept(
            UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)), length &- 16)
        }
      }
      self.words = words
      hash = words.hash
    }

    /// The first bytes of a word, 1 to 8.
    @inline(__always)
    private static func kept(_ word: UInt64, _ length: Int) -> UInt64 {
      word & (UInt64.max &>> UInt64(truncatingIfNeeded: (8 &- length) &* 8))
    }
  }

  /// Whether the table is so large that lookups wait for memory, and asking for slots ahead pays.
  var isLarge: Bool { mask >= 1 << 13 }

  /// Asks for the slot of a key.
  @inline(__always)
  func prefetch(_ key: Key) { unsafe readout_prefetch(slots.base + (Int(truncatingIfNeeded: key.hash) & mask)) }

  /// The code of the string; 24 bytes from its start must be readable.
  @inline(__always) @unsafe
  mutating func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    if length > Self.inlineBytes { return unsafe internLong(start, length) }
    return unsafe intern(Key(start, length), start, length)
  }

  /// The code of the string of at most 24 bytes whose key is `key`.
  @inline(__always) @unsafe
  mutating func intern(_ key: Key, _ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let entry = unsafe slots.base[slot]
      // The empty string's words are those of an empty slot; its code tells them apart.
      if entry.words.equals(key.words), entry.code != 0 { return UInt32(truncatingIfNeeded: entry.code &- 1) }
      if entry.code == 0 { return unsafe insert(start, length, at: slot, key.words) }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never) @unsafe
  private mutating func internLong(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let words = unsafe Words(first: StringHash.hash(start, length), second: .max, third: .max)
    var slot = Int(truncatingIfNeeded: words.hash) & mask
    while true {
      let entry = unsafe slots.base[slot]
      if entry.code == 0 { return unsafe insert(start, length, at: slot, words) }
      if entry.words.equals(words) {
        let code = Int(truncatingIfNeeded: entry.code &- 1)
        let from = unsafe Int(offsets.base[code])
        if unsafe Int(offsets.base[code &+ 1]) &- from == length,
          unsafe memoryCompare(bytes.base + from, start, length) == 0
        {
          return UInt32(truncatingIfNeeded: code)
        }
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never) @unsafe
  private mutating func insert(_ start: UnsafePointer<UInt8>, _ length: Int, at slot: Int, _ words: Words) -> UInt32 {
    if bytes.count + length > Int(UInt32.max) {
      isFull = true
      return 0
    }
    let code = UInt32(truncatingIfNeeded: count)
    unsafe bytes.append(contentsOf: Span(_unsafeStart: start, count: length))
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    slots[slot] = Slot(words: words, code: UInt64(code) + 1)
    if count &* 2 > mask { grow() }
    return code
  }

  private mutating func grow() {
    var grown = Self.emptySlots(slots.count * 2)
    mask = slots.count * 2 - 1
    for i in slots.indices {
      let entry = slots[i]
      if entry.code == 0 { continue }
      var slot = Int(truncatingIfNeeded: entry.words.hash) & mask
      while grown[slot].code != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = entry
    }
    slots = grown
  }

  private static func emptySlots(_ count: Int) -> MutableVector<Slot> {
    MutableVector(repeating: Slot(words: Words(), code: 0), count: count)
  }

  /// The code of a string that may lie anywhere.
  public mutating func intern(copying string: Span<UInt8>) -> UInt32 {
    padded.removeAll()
    padded.append(contentsOf: string)
    padded.append(repeating: 0, count: Self.readableBytes)
    // Sound: `intern` does not touch `padded`.
    return unsafe intern(padded.base, string.count)
  }

  /// The distinct strings by code; the table goes.
  public consuming func freeze() -> StringVector {
    let offsets = self.offsets.freezeCompact()
    return StringVector(offsets: offsets, bytes: bytes.freezeCompact())
  }
}
