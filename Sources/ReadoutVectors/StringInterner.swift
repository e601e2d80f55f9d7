/// Gives each distinct string a code: 0, 1, 2 … in the order of first appearance.
///
/// An open-addressing table of 32-bit codes beside their hashes; the strings themselves are packed in one block.
public struct StringInterner: ~Copyable {
  @usableFromInline var slots: MutableVector<UInt32>  // code + 1; 0 is empty
  @usableFromInline var hashes = MutableVector<UInt64>(capacity: 64)  // by code
  @usableFromInline var offsets = MutableVector<UInt32>(capacity: 64)
  @usableFromInline var bytes = MutableVector<UInt8>(capacity: 1024)
  @usableFromInline var mask: Int

  public init() {
    slots = MutableVector(repeating: 0, count: 128)
    mask = 127
    offsets.append(0)
  }

  /// Starts with the strings of `vector` as codes 0, 1, …; they must be distinct.
  public init(startingWith vector: StringVector) {
    self.init()
    for i in 0..<vector.count { _ = intern(vector.bytes, Int(vector.starts[i])..<Int(vector.ends[i])) }
  }

  public var count: Int { hashes.count }
  /// Bytes of the distinct strings.
  public var textByteCount: Int { bytes.count }
  /// Whether another `length` bytes still fit the 4 GiB of one block.
  public func hasRoom(for length: Int) -> Bool { bytes.count + length <= Int(UInt32.max) }

  /// The code of `block[range]`, a new one where the string is new.
  @inlinable
  public mutating func intern(_ block: Vector<UInt8>, _ range: Range<Int>) -> UInt32 {
    precondition(range.lowerBound >= 0 && range.upperBound <= block.count, "string out of its block")
    // Sound: checked just above.
    return unsafe intern(block.base + range.lowerBound, range.count)
  }

  public mutating func intern(_ string: Span<UInt8>) -> UInt32 {
    unsafe string.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return unsafe intern(bytes.base, 0) }
      return unsafe intern(start, buffer.count)
    }
  }

  public mutating func intern(_ string: String) -> UInt32 {
    var string = string
    return string.withUTF8 { unsafe intern(Span(_unsafeElements: $0)) }
  }

  @usableFromInline @unsafe
  mutating func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let hash = unsafe StringHash.hash(start, length)
    var slot = Int(truncatingIfNeeded: hash) & mask
    // Sound: `slot` is masked to the table's size, codes are below `count`, offsets inside `bytes`.
    while true {
      let entry = unsafe slots.base[slot]
      if entry == 0 { break }
      let code = Int(entry &- 1)
      if unsafe hashes.base[code] == hash {
        let from = unsafe Int(offsets.base[code])
        let to = unsafe Int(offsets.base[code &+ 1])
        if to &- from == length, unsafe memoryCompare(bytes.base + from, start, length) == 0 { return entry &- 1 }
      }
      slot = (slot &+ 1) & mask
    }
    let code = UInt32(truncatingIfNeeded: hashes.count)
    precondition(hasRoom(for: length), "a dictionary holds at most 4 GiB of text")
    unsafe bytes.append(contentsOf: Span(_unsafeStart: start, count: length))
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
    hashes.append(hash)
    slots[slot] = code &+ 1
    if hashes.count &* 2 > mask { growTable() }
    return code
  }

  /// The code of a string that was interned before; nil where it was not.
  public func code(of string: String) -> UInt32? {
    var string = string
    return string.withUTF8 { buffer in
      let empty: [UInt8] = [0]
      return unsafe empty.withUnsafeBufferPointer { fallback in
        let start = unsafe buffer.baseAddress ?? fallback.baseAddress!
        let hash = unsafe StringHash.hash(start, buffer.count)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
          let code = Int(slots[slot] &- 1)
          let from = Int(offsets[code])
          let length = Int(offsets[code + 1]) - from
          if hashes[code] == hash, length == buffer.count,
            unsafe memoryCompare(bytes.base + from, start, length) == 0
          {
            return UInt32(code)
          }
          slot = (slot &+ 1) & mask
        }
        return nil
      }
    }
  }

  mutating func growTable() {
    let size = slots.count * 4
    var grown = MutableVector<UInt32>(repeating: 0, count: size)
    mask = size - 1
    for code in 0..<hashes.count {
      var slot = Int(truncatingIfNeeded: hashes[code]) & mask
      while grown[slot] != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = UInt32(truncatingIfNeeded: code) &+ 1
    }
    slots = grown
  }

  /// The distinct strings by code.
  public consuming func freeze() -> StringVector {
    let offsets = self.offsets.freezeCompact()
    return StringVector(offsets: offsets, bytes: bytes.freezeCompact())
  }

  /// A copy of the distinct strings by code, the interner going on.
  public func snapshot() -> StringVector { StringVector(offsets: offsets.copy(), bytes: bytes.copy()) }
}
