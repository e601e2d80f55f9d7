/// Strings as views into one block of UTF-8: string `i` is `bytes[starts[i]..<ends[i]]`.
///
/// Stored columns pack their strings one behind the other, so that `ends` is `starts` shifted by one and both share an
/// array of offsets. Gathering rows gathers the two numbers and never copies bytes. A block holds at most 4 GiB.
public struct StringVector: Sendable {
  public let starts: Vector<UInt32>
  public let ends: Vector<UInt32>
  public let bytes: Vector<UInt8>

  @inlinable public init(starts: Vector<UInt32>, ends: Vector<UInt32>, bytes: Vector<UInt8>) {
    precondition(starts.count == ends.count, "strings with different numbers of starts and ends")
    self.starts = starts
    self.ends = ends
    self.bytes = bytes
  }

  /// Strings packed one behind the other: `offsets` has one element more than there are strings.
  @inlinable public init(offsets: Vector<UInt32>, bytes: Vector<UInt8>) {
    self.init(starts: offsets[0..<offsets.count - 1], ends: offsets[1..<offsets.count], bytes: bytes)
  }

  public init(_ strings: some Sequence<String>) {
    var builder = StringVectorBuilder()
    for string in strings { builder.append(string) }
    self = builder.freeze()
  }

  @inlinable public var count: Int { starts.count }

  @inlinable public func length(_ index: Int) -> Int { Int(ends[index]) - Int(starts[index]) }

  /// The bytes of string `index`, sharing the block.
  @inlinable public func vector(_ index: Int) -> Vector<UInt8> { bytes[Int(starts[index])..<Int(ends[index])] }

  /// Calls `body` with the bytes of string `index`.
  @inlinable @inline(__always)
  public func withBytes<R, E: Error>(_ index: Int, _ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    try body(bytes.span.extracting(Int(starts[index])..<Int(ends[index])))
  }

  /// String `index`; bytes that are no UTF-8 are shown as U+FFFD.
  public subscript(index: Int) -> String {
    precondition(Int(ends[index]) <= bytes.count && starts[index] <= ends[index], "string out of its block")
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe String(decoding: buffer[Int(starts[index])..<Int(ends[index])], as: UTF8.self)
    }
  }

  @inlinable public subscript(range: Range<Int>) -> StringVector {
    StringVector(starts: starts[range], ends: ends[range], bytes: bytes)
  }

  @inlinable public func gather<I: FixedWidthInteger & BitwiseCopyable & Sendable>(_ rows: Vector<I>) -> StringVector {
    StringVector(starts: starts.gather(rows), ends: ends.gather(rows), bytes: bytes)
  }

  /// Bytewise order, which for UTF-8 is the order of code points: negative, 0 or positive.
  @inlinable public static func compare(_ a: StringVector, _ i: Int, _ b: StringVector, _ j: Int) -> Int {
    compare(
      a.bytes, Int(a.starts[i])..<Int(a.ends[i]), b.bytes, Int(b.starts[j])..<Int(b.ends[j]))
  }

  @usableFromInline static func compare(
    _ a: Vector<UInt8>, _ ours: Range<Int>, _ b: Vector<UInt8>, _ theirs: Range<Int>
  ) -> Int {
    precondition(ours.upperBound <= a.count && theirs.upperBound <= b.count, "string out of its block")
    let shared = min(ours.count, theirs.count)
    // Sound: both ranges were checked against their blocks just above.
    let order = unsafe memoryCompare(a.base + ours.lowerBound, b.base + theirs.lowerBound, shared)
    return order != 0 ? order : ours.count - theirs.count
  }

  public static func equal(_ a: StringVector, _ i: Int, _ b: StringVector, _ j: Int) -> Bool {
    a.length(i) == b.length(j) && compare(a, i, b, j) == 0
  }

  /// Bytes of memory of the offsets and of the block.
  public var byteCount: Int { starts.byteCount + bytes.byteCount }

  /// Bytes of all strings together.
  public var textByteCount: Int {
    var total = 0
    for i in 0..<count { total &+= length(i) }
    return total
  }
}

/// Packs strings one behind the other.
public struct StringVectorBuilder: ~Copyable {
  var offsets = MutableVector<UInt32>(capacity: 16)
  var bytes = MutableVector<UInt8>()

  public init() { offsets.append(0) }

  public var count: Int { offsets.count - 1 }
  public var byteCount: Int { bytes.count }

  /// Whether another string of `length` bytes still fits the 4 GiB of one block.
  public func hasRoom(for length: Int) -> Bool { bytes.count + length <= Int(UInt32.max) }

  public mutating func append(_ string: String) {
    var string = string
    string.withUTF8 { unsafe append(Span(_unsafeElements: $0)) }
  }

  public mutating func append(_ string: Span<UInt8>) {
    precondition(hasRoom(for: string.count), "a block of strings holds at most 4 GiB")
    bytes.append(contentsOf: string)
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Bytes of the string that `endString` ends.
  public mutating func append(byte: UInt8) { bytes.append(byte) }
  public mutating func append(bytesOf span: Span<UInt8>) { bytes.append(contentsOf: span) }
  public mutating func endString() {
    precondition(hasRoom(for: 0), "a block of strings holds at most 4 GiB")
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  public consuming func freeze() -> StringVector {
    let offsets = self.offsets.freezeCompact()
    return StringVector(offsets: offsets, bytes: bytes.freezeCompact())
  }
}

extension StringVector {
  /// A hash of each string's bytes.
  public func hashes() -> Vector<UInt64> {
    Vector(
      (0..<count).map { row in
        let range = Int(starts[row])..<Int(ends[row])
        precondition(range.upperBound <= bytes.count, "string out of its block")
        // Sound: checked just above.
        return unsafe StringHash.hash(bytes.base + range.lowerBound, range.count)
      })
  }
}
