/// One bit a row, 1 = set; as a validity, 1 = the value is present. Bits beyond `count` are 0.
public struct Bitmap: Sendable, Equatable {
  public let words: Vector<UInt64>
  public let count: Int

  @inlinable public init(words: Vector<UInt64>, count: Int) {
    precondition(words.count == (count + 63) / 64, "bitmap of the wrong length")
    self.words = words
    self.count = count
  }

  @inlinable public init(repeating bit: Bool, count: Int) {
    self.init(count: count) { _ in bit }
  }

  /// Bit `i` is `body(i)`.
  @inlinable @inline(__always)
  public init(count: Int, _ body: (Int) -> Bool) {
    let words = Vector<UInt64>(count: (count + 63) / 64) { word in
      var bits: UInt64 = 0
      let start = word &* 64
      let end = Swift.min(start &+ 64, count)
      for i in start..<end where body(i) { bits |= 1 &<< UInt64(truncatingIfNeeded: i &- start) }
      return bits
    }
    self.init(words: words, count: count)
  }

  /// Bit `i` is set where `bytes[i]` is not 0.
  @inlinable public init(bytes: Vector<UInt8>) {
    let source = unsafe bytes.base
    self.init(count: bytes.count) { i in unsafe source[i] != 0 }
  }

  @inlinable @inline(__always)
  public subscript(index: Int) -> Bool { words[index >> 6] &>> UInt64(index & 63) & 1 == 1 }

  /// The bits of a range that starts at a multiple of 64: shares the words.
  @inlinable public subscript(range: Range<Int>) -> Bitmap {
    if range == 0..<count { return self }
    guard range.lowerBound & 63 == 0, range.upperBound & 63 == 0 || range.upperBound == count else {
      return Bitmap(count: range.count) { self[range.lowerBound &+ $0] }
    }
    return Bitmap(words: words[range.lowerBound >> 6..<(range.upperBound + 63) >> 6], count: range.count)
  }

  /// How many bits are set.
  public var setCount: Int {
    var total = 0
    let words = words.span
    for i in words.indices { total &+= words[i].nonzeroBitCount }
    return total
  }

  public var allSet: Bool { setCount == count }

  /// The bit of each row in `rows`.
  @inlinable public func gather<I: FixedWidthInteger & BitwiseCopyable & Sendable>(_ rows: Vector<I>) -> Bitmap {
    precondition(rows.allBelow(count), "gather out of range")
    let index = unsafe rows.base
    let source = unsafe words.base
    return Bitmap(count: rows.count) { i in
      let row = unsafe Int(truncatingIfNeeded: index[i])
      return unsafe source[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
    }
  }

  /// 1 or 0 for each row.
  @inlinable public func bytes() -> Vector<UInt8> {
    let source = unsafe words.base
    return Vector(count: count) { i in
      unsafe UInt8(truncatingIfNeeded: source[i >> 6] &>> UInt64(truncatingIfNeeded: i & 63) & 1)
    }
  }

  public static func & (a: Bitmap, b: Bitmap) -> Bitmap {
    Bitmap(words: a.words.zip(b.words) { $0 & $1 }, count: a.count)
  }

  public static func | (a: Bitmap, b: Bitmap) -> Bitmap {
    Bitmap(words: a.words.zip(b.words) { $0 | $1 }, count: a.count)
  }

  /// Set where this one is not.
  public var inverted: Bitmap {
    let last = count / 64
    let ones: UInt64 = (1 &<< UInt64(truncatingIfNeeded: count & 63)) &- 1
    let words = self.words
    return Bitmap(words: Vector(count: words.count) { $0 == last ? ~words[$0] & ones : ~words[$0] }, count: count)
  }

  /// Both validities together, absent meaning no nulls.
  public static func both(_ a: Bitmap?, _ b: Bitmap?) -> Bitmap? {
    guard let a else { return b }
    guard let b else { return a }
    return a & b
  }

  public var byteCount: Int { words.byteCount }
}

/// A bitmap that grows bit by bit.
public struct BitmapBuilder: ~Copyable {
  @usableFromInline var words = MutableVector<UInt64>(capacity: 1024)
  @usableFromInline var pending: UInt64 = 0
  @usableFromInline var length = 0
  @usableFromInline var present = 0
  @inlinable public var count: Int { length }
  @inlinable public var setCount: Int { present }

  public init() {}

  @inlinable @inline(__always)
  public mutating func append(_ bit: Bool) {
    if bit {
      pending |= 1 &<< UInt64(truncatingIfNeeded: count & 63)
      present &+= 1
    }
    length &+= 1
    if count & 63 == 0 {
      words.append(pending)
      pending = 0
    }
  }

  public mutating func append(repeating bit: Bool, count added: Int) { for _ in 0..<added { append(bit) } }

  public consuming func freeze() -> Bitmap {
    if count & 63 != 0 { words.append(pending) }
    let count = length
    return Bitmap(words: words.freeze(), count: count)
  }

  /// The bitmap, or nil where every bit is set: the form of a validity.
  public consuming func freezeValidity() -> Bitmap? {
    if setCount == count { return nil }
    return freeze()
  }
}
