/// Loops over whole vectors. The closures are inlined into the caller's specialisation, so that each call becomes one
/// tight loop; nothing is allocated or retained per element.
extension Vector {
  @inlinable @inline(__always)
  public func map<R: BitwiseCopyable & Sendable>(_ body: (Element) -> R) -> Vector<R> {
    let source = unsafe base
    return Vector<R>(count: count) { i in unsafe body(source[i]) }
  }

  /// The result of `body` over pairs of elements; both vectors have the same count.
  @inlinable @inline(__always)
  public func zip<B, R: BitwiseCopyable & Sendable>(_ other: Vector<B>, _ body: (Element, B) -> R) -> Vector<R> {
    precondition(count == other.count, "vectors of different lengths")
    let a = unsafe base
    let b = unsafe other.base
    return Vector<R>(count: count) { i in unsafe body(a[i], b[i]) }
  }

  /// Whether `predicate` holds for any element.
  @inlinable @inline(__always)
  public func contains(where predicate: (Element) -> Bool) -> Bool {
    for i in 0..<count where unsafe predicate(base[i]) { return true }
    return false
  }

  /// The elements at `rows`, in their order. Rows beyond the end stop the program: the check is one pass before the loop.
  @inlinable
  public func gather<I: FixedWidthInteger & BitwiseCopyable & Sendable>(_ rows: Vector<I>) -> Vector<Element> {
    precondition(rows.isInside(room) || rows.allBelow(count), "gather out of range")
    let source = unsafe base
    let index = unsafe rows.base
    return Vector(count: rows.count) { i in unsafe source[Int(truncatingIfNeeded: index[i])] }
  }
}

extension Vector {
  /// Elements that the memory from the start of this vector on can hold, whether or not they were written.
  @inlinable var room: Int {
    let offset = unsafe UnsafeRawPointer(base) - UnsafeRawPointer(storage.address)
    return (storage.byteCount - offset) / MemoryLayout<Element>.stride
  }
}

extension Vector where Element: FixedWidthInteger {
  /// Whether the bits of all elements together stay below `room`: then so does every element. A quick answer for memory
  /// that is a power of two long; false says nothing.
  @inlinable func isInside(_ room: Int) -> Bool {
    var bits: Element = 0
    for i in 0..<count { bits |= unsafe base[i] }
    return bits >= 0 && Int(clamping: bits) < room
  }

  /// Whether every element is 0.
  @inlinable public var areAllZero: Bool {
    var bits: Element = 0
    for i in 0..<count { bits |= unsafe base[i] }
    return bits == 0
  }

  /// Whether every element lies in `0..<limit`.
  @inlinable public func allBelow(_ limit: Int) -> Bool {
    // An element outside sets the highest bit of itself or of its distance to the limit; an `or` runs in vectors.
    guard limit > 0 else { return count == 0 }
    let last = Element(clamping: limit &- 1)
    let distance = Element.isSigned ? last : Swift.min(last, Element.max >> 1)
    var bits: Element = 0
    for i in 0..<count {
      let value = unsafe base[i]
      bits |= value | (distance &- value)
    }
    if bits >> (Element.bitWidth - 1) == 0 { return true }
    // Unsigned elements beyond half of their range need a look of their own.
    for i in 0..<count where unsafe base[i] < 0 || base[i] > last { return false }
    return true
  }
}

extension Vector where Element == UInt8 {
  /// The row numbers of the elements that are not 0, ascending.
  @inlinable public func selected() -> Vector<UInt32> {
    let out = MutableVector<UInt32>(uninitializedCount: count)
    // Sound: `kept` never passes the number of elements seen, so the write stays inside the block.
    let target = unsafe out.base
    var kept = 0
    for i in 0..<count {
      unsafe target[kept] = UInt32(truncatingIfNeeded: i)
      kept &+= unsafe base[i] != 0 ? 1 : 0
    }
    return out.freeze()[0..<kept]
  }
}
