/// Loops that scatter rows into groups. Group numbers are checked once a call — against the memory there is, or else one by
/// one against the count — then the loop runs unchecked.
extension MutableVector {
  /// Calls `body` for each row with the element of its group.
  @inlinable @inline(__always)
  public mutating func updateGroups(_ groups: Vector<UInt32>, _ body: (inout Element, _ row: Int) -> Void) {
    precondition(groups.isInside(capacity) || groups.allBelow(count), "group out of range")
    let target = unsafe base
    let group = unsafe groups.base
    for row in 0..<groups.count { unsafe body(&target[Int(group[row])], row) }
  }

  /// Calls `body` for each row that is present with the element of its group and the row's value.
  @inlinable @inline(__always)
  public mutating func updateGroups<V>(
    _ groups: Vector<UInt32>, with values: Vector<V>, validity: Bitmap?, _ body: (inout Element, V) -> Void
  ) {
    precondition(groups.isInside(capacity) || groups.allBelow(count), "group out of range")
    precondition(groups.count == values.count, "vectors of different lengths")
    let target = unsafe base
    let group = unsafe groups.base
    let value = unsafe values.base
    if let validity {
      let bits = unsafe validity.words.base
      for row in 0..<groups.count where unsafe bits[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1 {
        unsafe body(&target[Int(group[row])], value[row])
      }
    } else {
      for row in 0..<groups.count { unsafe body(&target[Int(group[row])], value[row]) }
    }
  }

  /// The same for rows of two values.
  @inlinable @inline(__always)
  public mutating func updateGroups<V, W>(
    _ groups: Vector<UInt32>, with first: Vector<V>, and second: Vector<W>, validity: Bitmap?,
    _ body: (inout Element, V, W) -> Void
  ) {
    precondition(groups.isInside(capacity) || groups.allBelow(count), "group out of range")
    precondition(groups.count == first.count && groups.count == second.count, "vectors of different lengths")
    let target = unsafe base
    let group = unsafe groups.base
    let a = unsafe first.base
    let b = unsafe second.base
    for row in 0..<groups.count where validity?[row] ?? true {
      unsafe body(&target[Int(group[row])], a[row], b[row])
    }
  }
}
