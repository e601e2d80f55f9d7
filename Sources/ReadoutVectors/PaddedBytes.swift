#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes with at least 64 more readable ones behind the last, so that loops may load whole words at every position.
public struct PaddedBytes: Sendable {
  public static let padding = 64

  public let vector: Vector<UInt8>
  /// Whether the pages belong to a mapped file and can be given back to the kernel.
  let isMapped: Bool

  init(unchecked vector: Vector<UInt8>, isMapped: Bool) {
    self.vector = vector
    self.isMapped = isMapped
  }

  public var count: Int { vector.count }

  /// A copy of `bytes`.
  public init(_ bytes: some Sequence<UInt8>) {
    var builder = PaddedBytesBuilder()
    for byte in bytes { builder.append(byte) }
    self = builder.freeze()
  }

  /// Tells the kernel that the pages inside `range` are not needed now; a later read brings them back from the file.
  public func release(_ range: Range<Int>) {
    guard isMapped else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    // Pages start at multiples of the page size in memory, whatever was dropped in front.
    let skew = unsafe Int(bitPattern: vector.base) & (page - 1)
    let start = ((range.lowerBound + skew + page - 1) & -page) - skew
    let end = ((range.upperBound + skew) & -page) - skew
    guard start < end, range.lowerBound >= 0, range.upperBound <= count else { return }
    // Sound: the pages lie inside the mapping, which is private, of a file, and never written.
    unsafe _ = madvise(UnsafeMutableRawPointer(mutating: vector.base + start), end - start, MADV_DONTNEED)
  }
}

/// Gathers bytes of unknown number.
public struct PaddedBytesBuilder: ~Copyable {
  var bytes: MutableVector<UInt8>

  public init(capacity: Int = 0) { bytes = MutableVector(capacity: capacity + PaddedBytes.padding) }

  public var count: Int { bytes.count }
  @inlinable public mutating func append(_ byte: UInt8) { append(one: byte) }
  @usableFromInline mutating func append(one byte: UInt8) { bytes.append(byte) }
  public mutating func append(_ span: Span<UInt8>) { bytes.append(contentsOf: span) }

  /// Room for `capacity` bytes, which `body` fills from its start; it returns how many it wrote.
  public mutating func append<E: Error>(
    upTo capacity: Int, _ body: (inout OutputSpan<UInt8>) throws(E) -> Void
  ) throws(E) {
    bytes.reserve(bytes.count + capacity + PaddedBytes.padding)
    // Sound: the spare room was reserved just above, and belongs to `bytes` alone.
    let spare = unsafe UnsafeMutableBufferPointer(start: bytes.base + bytes.count, count: capacity)
    var output = unsafe OutputSpan(buffer: spare, initializedCount: 0)
    try body(&output)
    bytes.length += unsafe output.finalize(for: spare)
  }

  public consuming func freeze() -> PaddedBytes {
    let count = bytes.count
    bytes.append(repeating: 0, count: PaddedBytes.padding)
    return PaddedBytes(unchecked: bytes.freeze()[0..<count], isMapped: false)
  }
}

extension PaddedBytes {
  /// Without the first `count` bytes; shares the memory.
  public func dropping(_ count: Int) -> PaddedBytes {
    PaddedBytes(unchecked: vector[count..<vector.count], isMapped: isMapped)
  }
}
