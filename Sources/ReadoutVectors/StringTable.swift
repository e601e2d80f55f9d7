/// Distinct strings with a table to find the number of one: O(1) by hash.
public struct StringTable: Sendable {
  public let strings: StringVector
  private let slots: Vector<UInt32>  // number + 1; 0 is empty
  private let mask: Int

  /// The strings must be distinct; a string's number is its place.
  public init(_ strings: StringVector) {
    var size = 64
    while size < strings.count * 2 { size *= 2 }
    var slots = MutableVector<UInt32>(repeating: 0, count: size)
    let hashes = strings.hashes()
    for number in 0..<strings.count {
      var slot = Int(truncatingIfNeeded: hashes[number]) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number) &+ 1
    }
    self.strings = strings
    self.slots = slots.freeze()
    mask = size - 1
  }

  public var count: Int { strings.count }

  /// The number of a string; nil where it is none of these.
  public func number(of string: Span<UInt8>) -> Int? {
    // Sound: hashing and comparing read the span's own bytes, and those of a string inside its block.
    let hash = unsafe string.withUnsafeBufferPointer { bytes in
      unsafe bytes.isEmpty ? StringHash.hash(strings.bytes.base, 0) : StringHash.hash(bytes.baseAddress!, bytes.count)
    }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if strings.length(number) == string.count, strings.bytes.span.holds(string, at: Int(strings.starts[number])) {
        return number
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  public var byteCount: Int { strings.byteCount + slots.byteCount }
}
