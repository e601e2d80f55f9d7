/// Gives each distinct 64-bit key a number: 0, 1, 2 … in the order of first appearance.
public struct KeyInterner: ~Copyable {
  @usableFromInline var slots: MutableVector<UInt32>  // number + 1; 0 is empty
  @usableFromInline var keys: MutableVector<UInt64>  // by number
  @usableFromInline var mask: Int

  /// Room for about `expected` keys before the table grows.
  public init(expecting expected: Int = 64) {
    var size = 128
    while size < expected * 2 { size *= 2 }
    slots = MutableVector(repeating: 0, count: size)
    keys = MutableVector(capacity: Swift.min(expected, size))
    mask = size - 1
  }

  public var count: Int { keys.count }

  @inlinable @inline(__always)
  public mutating func intern(_ key: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: StringHash.hash(key)) & mask
    // Sound: `slot` is masked to the table's size, and every number in it is below `keys.count`.
    while true {
      let entry = unsafe slots.base[slot]
      if entry == 0 { return insert(key, at: slot) }
      if unsafe keys.base[Int(entry &- 1)] == key { return entry &- 1 }
      slot = (slot &+ 1) & mask
    }
  }

  /// The number of a key that was interned before; nil where it was not.
  @inlinable @inline(__always)
  public func number(of key: UInt64) -> UInt32? {
    var slot = Int(truncatingIfNeeded: StringHash.hash(key)) & mask
    // Sound: as in `intern`.
    while true {
      let entry = unsafe slots.base[slot]
      if entry == 0 { return nil }
      if unsafe keys.base[Int(entry &- 1)] == key { return entry &- 1 }
      slot = (slot &+ 1) & mask
    }
  }

  @inlinable @inline(never)
  mutating func insert(_ key: UInt64, at slot: Int) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: keys.count)
    keys.append(key)
    slots[slot] = number &+ 1
    if keys.count &* 2 > mask { growTable() }
    return number
  }

  /// The numbers of all keys of a vector.
  @inlinable public mutating func intern(_ vector: Vector<UInt64>) -> Vector<UInt32> {
    var numbers = MutableVector<UInt32>(capacity: vector.count)
    for i in 0..<vector.count { unsafe numbers.append(intern(vector.base[i])) }
    return numbers.freeze()
  }

  @usableFromInline mutating func growTable() {
    let size = slots.count * 4
    var grown = MutableVector<UInt32>(repeating: 0, count: size)
    mask = size - 1
    for number in 0..<keys.count {
      var slot = Int(truncatingIfNeeded: StringHash.hash(keys[number])) & mask
      while grown[slot] != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = UInt32(truncatingIfNeeded: number) &+ 1
    }
    slots = grown
  }

  /// The distinct keys by number.
  public consuming func freeze() -> Vector<UInt64> { keys.freeze() }
}

extension KeyInterner {
  /// The key that has `number`.
  public func key(_ number: Int) -> UInt64 { keys[number] }
}
