/// The places of distinct strings, found by hash: a closed set that is looked up often.
public struct StringPlaces: Sendable {
  private let keys: StringVector
  /// One more than the place of a string, by the low bits of its hash; 0 is free.
  private let slots: Vector<UInt32>
  private let mask: UInt64

  /// No two of `keys` are equal.
  public init(_ keys: StringVector) {
    self.keys = keys
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    mask = UInt64(size - 1)
    var slots = MutableVector<UInt32>(repeating: 0, count: size)
    for (place, hash) in keys.hashes().enumerated() {
      var slot = Int(hash & mask)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(place + 1)
    }
    self.slots = slots.freeze()
  }

  /// The place of string `row` of `strings`; -1 where it is none of the keys.
  public func place(of strings: StringVector, _ row: Int) -> Int {
    let range = Int(strings.starts[row])..<Int(strings.ends[row])
    precondition(range.upperBound <= strings.bytes.count, "string out of its block")
    // Sound: checked just above.
    let hash = unsafe StringHash.hash(strings.bytes.base + range.lowerBound, range.count)
    var slot = Int(hash & mask)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if StringVector.equal(keys, place, strings, row) { return place }
      slot = (slot + 1) & Int(mask)
    }
    return -1
  }
}
