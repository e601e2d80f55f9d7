import CVectors

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
    // Sound: no more elements are kept than there are, and a register is stored only where as many are still to be read.
    let places = MutableVector<UInt32>(uninitializedCount: count)
    let elements = MutableVector<UInt32>(uninitializedCount: count)
    let kept = unsafe readout_without(base, count, missing, places.base, elements.base)
    return (places.freeze()[0..<kept], elements.freeze()[0..<kept])
  }
}
