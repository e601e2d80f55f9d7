/// Tables that a row's key leads into; the last element stands for every key that is not there.
extension Vector where Element == UInt32 {
  /// For each offset the element at `offset + distance`, the last one where that lies outside. One pass.
  @inlinable public func lookedUp<Offset: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ offsets: Vector<Offset>, distance: Int64
  ) -> Vector<UInt32> {
    precondition(count > 0, "a table without an element for missing keys")
    let table = unsafe base
    let offset = unsafe offsets.base
    let last = UInt64(count - 1)
    return Vector<UInt32>(count: offsets.count) { row in
      // Sound: the place is at most the last one.
      let place = unsafe UInt64(bitPattern: Int64(truncatingIfNeeded: offset[row]) &+ distance)
      return unsafe table[Int(truncatingIfNeeded: place < last ? place : last)]
    }
  }

  /// The places of the elements that are not `missing`, ascending, and these elements. One pass without branches.
  public func without(_ missing: UInt32) -> (places: Vector<UInt32>, elements: Vector<UInt32>) {
    let places = MutableVector<UInt32>(uninitializedCount: count)
    let elements = MutableVector<UInt32>(uninitializedCount: count)
    // Sound: `kept` never passes the number of elements seen, so the writes stay inside both blocks.
    let place = unsafe places.base
    let element = unsafe elements.base
    var kept = 0
    for row in 0..<count {
      let value = unsafe base[row]
      unsafe place[kept] = UInt32(truncatingIfNeeded: row)
      unsafe element[kept] = value
      kept &+= value != missing ? 1 : 0
    }
    return (places.freeze()[0..<kept], elements.freeze()[0..<kept])
  }
}
