/// Selection without branches: the result for rows that go one way or the other.
extension Vector where Element: FixedWidthInteger {
  /// Element `i` of `a` where `condition[i]` is 1, of `b` where it is 0. All have the same count.
  @inlinable
  public static func select(_ condition: Vector<UInt8>, _ a: Vector, _ b: Vector) -> Vector {
    precondition(condition.count == a.count && a.count == b.count, "vectors of different lengths")
    let test = unsafe condition.base
    let left = unsafe a.base
    let right = unsafe b.base
    return Vector(count: a.count) { i in
      let mask = unsafe 0 &- Element(truncatingIfNeeded: test[i])
      return unsafe (left[i] & mask) | (right[i] & ~mask)
    }
  }
}

extension Vector where Element == Double {
  /// Element `i` of `a` where `condition[i]` is 1, of `b` where it is 0. All have the same count.
  @inlinable
  public static func select(_ condition: Vector<UInt8>, _ a: Vector, _ b: Vector) -> Vector {
    precondition(condition.count == a.count && a.count == b.count, "vectors of different lengths")
    let test = unsafe condition.base
    let left = unsafe a.base
    let right = unsafe b.base
    return Vector(count: a.count) { i in
      let mask = unsafe 0 &- UInt64(truncatingIfNeeded: test[i])
      return unsafe Double(bitPattern: (left[i].bitPattern & mask) | (right[i].bitPattern & ~mask))
    }
  }
}

extension Vector {
  /// Whether both start at the same address, so that offsets into one mean the same in the other.
  @inlinable public func isSameMemory(as other: Vector) -> Bool { unsafe base == other.base }
}
