/// Loops that scatter rows into groups. Group numbers are checked once a call — against the memory there is, or else one by
/// one against the count — then the loop runs unchecked.
extension MutableVector {
  /// Whether every group has an element, or memory for one that is never read as one.
  @inlinable @inline(__always)
  func areInside<G: FixedWidthInteger>(_ groups: Vector<G>) -> Bool {
    (!G.isSigned && Int(clamping: G.max) < capacity) || groups.isInside(capacity) || groups.allBelow(count)
  }

  /// Calls `body` for each row with the element of its group.
  @inlinable @inline(__always)
  public mutating func updateGroups<G: FixedWidthInteger>(
    _ groups: Vector<G>, _ body: (inout Element, _ row: Int) -> Void
  ) {
    precondition(areInside(groups), "group out of range")
    let target = unsafe base
    let group = unsafe groups.base
    for row in 0..<groups.count { unsafe body(&target[Int(truncatingIfNeeded: group[row])], row) }
  }

  /// Calls `body` for each row that is present with the element of its group and the row's value.
  @inlinable @inline(__always)
  public mutating func updateGroups<G: FixedWidthInteger, V>(
    _ groups: Vector<G>, with values: Vector<V>, validity: Bitmap?, _ body: (inout Element, V) -> Void
  ) {
    precondition(areInside(groups), "group out of range")
    precondition(groups.count == values.count, "vectors of different lengths")
    let target = unsafe base
    let group = unsafe groups.base
    let value = unsafe values.base
    guard let validity else {
      for row in 0..<groups.count { unsafe body(&target[Int(truncatingIfNeeded: group[row])], value[row]) }
      return
    }
    precondition(validity.count == values.count, "vectors of different lengths")
    let words = unsafe validity.words.base
    for word in 0..<validity.words.count {
      let first = word &* 64
      var bits = unsafe words[word]
      if bits == .max {
        for row in first..<first &+ 64 { unsafe body(&target[Int(truncatingIfNeeded: group[row])], value[row]) }
        continue
      }
      // Sound: bits beyond the count are 0.
      while bits != 0 {
        let row = first &+ bits.trailingZeroBitCount
        unsafe body(&target[Int(truncatingIfNeeded: group[row])], value[row])
        bits &= bits &- 1
      }
    }
  }

  /// The same for some rows of `values`: row `i` has the value `values[rows[i]]`.
  @inlinable @inline(__always)
  public mutating func updateGroups<G: FixedWidthInteger, V>(
    _ groups: Vector<G>, with values: Vector<V>, at rows: Vector<UInt32>, _ body: (inout Element, V) -> Void
  ) {
    precondition(areInside(groups), "group out of range")
    precondition(groups.count == rows.count && rows.allBelow(values.count), "row out of range")
    let target = unsafe base
    let group = unsafe groups.base
    let value = unsafe values.base
    let row = unsafe rows.base
    for i in 0..<groups.count {
      unsafe body(&target[Int(truncatingIfNeeded: group[i])], value[Int(truncatingIfNeeded: row[i])])
    }
  }

  /// The same for one group that all rows belong to; its state stays in registers.
  @inlinable @inline(__always)
  public mutating func updateGroup<V>(
    _ group: Int, with values: Vector<V>, validity: Bitmap?, _ body: (inout Element, V) -> Void
  ) {
    var state = self[group]
    let value = unsafe values.base
    if let validity {
      for row in 0..<values.count where validity[row] { unsafe body(&state, value[row]) }
    } else {
      for row in 0..<values.count { unsafe body(&state, value[row]) }
    }
    self[group] = state
  }

  /// The same for rows of two values.
  @inlinable @inline(__always)
  public mutating func updateGroups<G: FixedWidthInteger, V, W>(
    _ groups: Vector<G>, with first: Vector<V>, and second: Vector<W>, validity: Bitmap?,
    _ body: (inout Element, V, W) -> Void
  ) {
    precondition(areInside(groups), "group out of range")
    precondition(groups.count == first.count && groups.count == second.count, "vectors of different lengths")
    let target = unsafe base
    let group = unsafe groups.base
    let a = unsafe first.base
    let b = unsafe second.base
    guard let validity else {
      for row in 0..<groups.count { unsafe body(&target[Int(truncatingIfNeeded: group[row])], a[row], b[row]) }
      return
    }
    for row in 0..<groups.count where validity[row] {
      unsafe body(&target[Int(truncatingIfNeeded: group[row])], a[row], b[row])
    }
  }
}
