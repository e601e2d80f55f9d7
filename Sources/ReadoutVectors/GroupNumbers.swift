/// The group of each row of a batch, in the width in which it was at hand.
public enum GroupNumbers: Sendable {
  /// All rows belong to group 0.
  case single(count: Int)
  case bits8(Vector<UInt8>)
  case bits16(Vector<UInt16>)
  case bits32(Vector<UInt32>)

  public var count: Int {
    switch self {
    case .single(let count): count
    case .bits8(let vector): vector.count
    case .bits16(let vector): vector.count
    case .bits32(let vector): vector.count
    }
  }

  /// The same numbers in 32 bits.
  public var widened: Vector<UInt32> {
    switch self {
    case .single(let count): Vector(repeating: 0, count: count)
    case .bits8(let vector): vector.map { UInt32($0) }
    case .bits16(let vector): vector.map { UInt32($0) }
    case .bits32(let vector): vector
    }
  }
}

extension MutableVector {
  /// Calls `body` for each row with the element of its group.
  @inlinable @inline(__always)
  public mutating func updateGroups(_ groups: GroupNumbers, _ body: (inout Element) -> Void) {
    switch groups {
    case .single(let count): for _ in 0..<count { body(&self[0]) }
    case .bits8(let groups): updateGroups(groups) { element, _ in body(&element) }
    case .bits16(let groups): updateGroups(groups) { element, _ in body(&element) }
    case .bits32(let groups): updateGroups(groups) { element, _ in body(&element) }
    }
  }

  /// Calls `body` for each row that is present with the element of its group and the row's value.
  @inlinable @inline(__always)
  public mutating func updateGroups<V>(
    _ groups: GroupNumbers, with values: Vector<V>, validity: Bitmap?, _ body: (inout Element, V) -> Void
  ) {
    switch groups {
    case .single: updateGroup(0, with: values, validity: validity, body)
    case .bits8(let groups): updateGroups(groups, with: values, validity: validity, body)
    case .bits16(let groups): updateGroups(groups, with: values, validity: validity, body)
    case .bits32(let groups): updateGroups(groups, with: values, validity: validity, body)
    }
  }

  /// The same for some rows of `values`, whose groups are `groups`: row `i` has the value `values[rows[i]]`.
  @inlinable @inline(__always)
  public mutating func updateGroups<V>(
    _ groups: GroupNumbers, with values: Vector<V>, at rows: Vector<UInt32>, _ body: (inout Element, V) -> Void
  ) {
    switch groups {
    case .single: updateGroups(groups, with: values.gather(rows), validity: nil, body)
    case .bits8(let groups): updateGroups(groups, with: values, at: rows, body)
    case .bits16(let groups): updateGroups(groups, with: values, at: rows, body)
    case .bits32(let groups): updateGroups(groups, with: values, at: rows, body)
    }
  }

  /// The same for rows of two values.
  @inlinable @inline(__always)
  public mutating func updateGroups<V, W>(
    _ groups: GroupNumbers, with first: Vector<V>, and second: Vector<W>, validity: Bitmap?,
    _ body: (inout Element, V, W) -> Void
  ) {
    switch groups {
    case .single, .bits32: updateGroups(groups.widened, with: first, and: second, validity: validity, body)
    case .bits8(let groups): updateGroups(groups, with: first, and: second, validity: validity, body)
    case .bits16(let groups): updateGroups(groups, with: first, and: second, validity: validity, body)
    }
  }
}
