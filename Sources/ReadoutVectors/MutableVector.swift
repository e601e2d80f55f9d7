/// A growing run of values with one owner; `freeze()` turns it into a `Vector` without a copy.
@safe
public struct MutableVector<Element: BitwiseCopyable & Sendable>: ~Copyable {
  // Sound: `base[0..<count]` is initialised and lies inside `storage`, which nobody else holds before `freeze()`.
  @usableFromInline var storage: VectorStorage
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var length: Int
  @usableFromInline var capacity: Int

  @inlinable public init(capacity: Int = 0) {
    let storage = VectorStorage(byteCount: capacity * MemoryLayout<Element>.stride)
    self.storage = storage
    unsafe self.base = storage.address.assumingMemoryBound(to: Element.self)
    self.length = 0
    self.capacity = storage.byteCount / MemoryLayout<Element>.stride
  }

  @inlinable public init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    append(repeating: value, count: count)
  }

  /// `count` elements whose values are whatever the memory held; for loops of this module that write every one.
  @usableFromInline init(uninitializedCount count: Int) {
    self.init(capacity: count)
    self.length = count
  }

  @inlinable public var count: Int { length }
  @inlinable public var isEmpty: Bool { count == 0 }
  @inlinable public var indices: Range<Int> { 0..<count }

  @inlinable @inline(__always)
  public mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    unsafe base[count] = element
    length &+= 1
  }

  @inlinable public mutating func append(repeating value: Element, count added: Int) {
    reserve(count + added)
    unsafe (base + count).initialize(repeating: value, count: added)
    length += added
  }

  @inlinable public mutating func append(contentsOf vector: Vector<Element>) {
    reserve(count + vector.count)
    unsafe (base + count).initialize(from: vector.base, count: vector.count)
    length += vector.count
  }

  /// The elements of a range of a vector, which is not sliced for it.
  @inlinable public mutating func append(contentsOf vector: Vector<Element>, in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= vector.count, "vector slice out of range")
    reserve(count + range.count)
    unsafe (base + count).initialize(from: vector.base + range.lowerBound, count: range.count)
    length += range.count
  }

  @inlinable public mutating func append(contentsOf span: Span<Element>) {
    reserve(count + span.count)
    unsafe span.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe (base + count).initialize(from: start, count: source.count) }
    }
    length += span.count
  }

  /// Makes the vector `newCount` long, new elements being `value`.
  @inlinable public mutating func resize(to newCount: Int, filling value: Element) {
    if newCount > count { append(repeating: value, count: newCount - count) } else { length = newCount }
  }

  /// The same with room for a power of two, and for every group number of 8 bits, while that is small: then group numbers
  /// are checked by their bits alone, or not at all.
  @inlinable public mutating func resizeGroups(to newCount: Int, filling value: Element) {
    if newCount > 1, newCount <= 1 << 20 {
      reserve(Swift.max(256, 1 << (Int.bitWidth - (newCount - 1).leadingZeroBitCount)))
    }
    resize(to: newCount, filling: value)
  }

  @inlinable public mutating func removeAll() { length = 0 }

  @inlinable public mutating func reserve(_ wanted: Int) { if wanted > capacity { grow(to: wanted) } }

  @inlinable @inline(never)
  mutating func grow(to wanted: Int) {
    let newCapacity = max(wanted, capacity * 2)
    let newStorage = VectorStorage(byteCount: newCapacity * MemoryLayout<Element>.stride)
    let newBase = unsafe newStorage.address.assumingMemoryBound(to: Element.self)
    unsafe newBase.initialize(from: base, count: count)
    storage = newStorage
    unsafe base = newBase
    capacity = newStorage.byteCount / MemoryLayout<Element>.stride
  }

  @inlinable @inline(__always)
  public subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "vector index out of range")
      return unsafe base[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "vector index out of range")
      unsafe base[index] = newValue
    }
  }

  @inlinable public var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  @inlinable @unsafe
  public mutating func withUnsafeMutableBufferPointer<R, E: Error>(
    _ body: (UnsafeMutableBufferPointer<Element>) throws(E) -> R
  ) throws(E) -> R { try unsafe body(UnsafeMutableBufferPointer(start: base, count: count)) }

  /// Ends writing. No copy; the spare capacity stays with the block.
  @inlinable public consuming func freeze() -> Vector<Element> {
    unsafe Vector(storage: storage, base: UnsafePointer(base), count: count)
  }

  /// What was written so far as a vector, without a copy; this one starts again, empty.
  @inlinable public mutating func take() -> Vector<Element> {
    let taken = unsafe Vector(storage: storage, base: UnsafePointer(base), count: count)
    self = MutableVector()
    return taken
  }

  /// The elements so far; writing goes on.
  func copy() -> Vector<Element> {
    var copy = MutableVector(capacity: count)
    copy.append(contentsOf: span)
    return copy.freeze()
  }

  /// Ends writing into a block of just the size needed, where more than an eighth would be wasted.
  @inlinable public consuming func freezeCompact() -> Vector<Element> {
    if capacity - count <= capacity / 8 { return freeze() }
    var exact = MutableVector<Element>(capacity: count)
    unsafe exact.base.initialize(from: base, count: count)
    exact.length = count
    return exact.freeze()
  }
}

extension MutableVector where Element == UInt8 {
  /// How many of the bits of a range are set; bit `i` is bit `i % 8` of byte `i / 8`.
  public func setBits(in range: Range<Int>) -> Int {
    if range.isEmpty { return 0 }
    let (first, last) = (range.lowerBound >> 3, (range.upperBound - 1) >> 3)
    let head = UInt8.max << UInt8(range.lowerBound & 7)
    let tail = UInt8.max >> UInt8(7 - (range.upperBound - 1) & 7)
    if first == last { return (self[first] & head & tail).nonzeroBitCount }
    var total = (self[first] & head).nonzeroBitCount + (self[last] & tail).nonzeroBitCount
    precondition(first >= 0 && last < count, "bits out of range")
    // Sound: between the two bytes just read.
    for byte in first + 1..<last { total &+= unsafe base[byte].nonzeroBitCount }
    return total
  }
}
