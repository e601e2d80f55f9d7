/// An immutable run of fixed-size values; copies and slices share the memory.
@safe
public struct Vector<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Sound: `base[0..<count]` lies inside `storage`, is initialised, and is never written after this value exists.
  @usableFromInline var storage: VectorStorage
  @usableFromInline let base: UnsafePointer<Element>
  public let count: Int

  @usableFromInline @unsafe init(storage: VectorStorage, base: UnsafePointer<Element>, count: Int) {
    self.storage = storage
    unsafe self.base = unsafe base
    self.count = count
  }

  /// A view of all of `storage` as `count` elements.
  @inlinable @unsafe public init(adopting storage: VectorStorage, count: Int) {
    unsafe self.init(
      storage: storage, base: UnsafePointer(storage.address.assumingMemoryBound(to: Element.self)), count: count)
  }

  @inlinable public init() {
    let empty = MutableVector<Element>(capacity: 0)
    self = empty.freeze()
  }

  @inlinable public init(repeating value: Element, count: Int) {
    var vector = MutableVector<Element>(capacity: count)
    vector.append(repeating: value, count: count)
    self = vector.freeze()
  }

  @inlinable public init(_ elements: some Sequence<Element>) {
    var vector = MutableVector<Element>(capacity: elements.underestimatedCount)
    for element in elements { vector.append(element) }
    self = vector.freeze()
  }

  /// `count` elements, element `i` being `body(i)`. The closure is inlined: the loop vectorises where the body does.
  @inlinable @inline(__always)
  public init(count: Int, _ body: (Int) -> Element) {
    let vector = MutableVector<Element>(uninitializedCount: count)
    // Sound: exactly `count` elements are written, the whole of the block asked for.
    let out = unsafe vector.base
    for i in 0..<count { unsafe out[i] = body(i) }
    self = vector.freeze()
  }

  /// Whether this is the only vector of a block that a `MutableVector` made.
  var isUnshared: Bool {
    mutating get { storage.release == nil && isKnownUniquelyReferenced(&storage) }
  }

  @inlinable public var isEmpty: Bool { count == 0 }
  @inlinable public var indices: Range<Int> { 0..<count }

  @inlinable @inline(__always)
  public subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "vector index out of range")
    return unsafe base[index]
  }

  /// The slice, sharing the memory.
  @inlinable public subscript(range: Range<Int>) -> Vector {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "vector slice out of range")
    return unsafe Vector(storage: storage, base: base + range.lowerBound, count: range.count)
  }

  @inlinable public var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The memory itself, for C calls and the loops of this module; valid inside `body` only.
  @inlinable @unsafe
  public func withUnsafeBufferPointer<R, E: Error>(_ body: (UnsafeBufferPointer<Element>) throws(E) -> R) throws(E) -> R
  {
    let result = try unsafe body(UnsafeBufferPointer(start: base, count: count))
    _ = storage
    return result
  }

  /// Bytes of memory that the elements take.
  @inlinable public var byteCount: Int { count * MemoryLayout<Element>.stride }
}

extension Vector: Equatable where Element: Equatable {
  @inlinable public static func == (a: Vector, b: Vector) -> Bool {
    guard a.count == b.count else { return false }
    for i in 0..<a.count where unsafe a.base[i] != b.base[i] { return false }
    return true
  }
}

extension Vector: RandomAccessCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }
  public typealias SubSequence = Vector<Element>
}
