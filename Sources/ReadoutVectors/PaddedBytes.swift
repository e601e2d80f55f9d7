/// Bytes with at least 64 more readable ones behind the last, so that loops may load whole words at every position.
public struct PaddedBytes: Sendable {
  public static let padding = 64

  public let vector: Vector<UInt8>
  /// The mapped file that the bytes are of; nil where they are in memory of our own.
  let file: FileBytes?

  init(unchecked vector: Vector<UInt8>, file: FileBytes? = nil) {
    self.vector = vector
    self.file = file
  }

  public var count: Int { vector.count }

  /// A copy of `bytes`.
  public init(_ bytes: some Sequence<UInt8>) {
    var builder = PaddedBytesBuilder()
    for byte in bytes { builder.append(byte) }
    self = builder.freeze()
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

  /// Bytes of the block that `added` more bytes would move to; 0 where there is room for them.
  func growth(by added: Int) -> Int {
    let wanted = bytes.count + added + PaddedBytes.padding
    return wanted <= bytes.capacity ? 0 : max(wanted, 2 * bytes.capacity)
  }

  public consuming func freeze() -> PaddedBytes {
    let count = bytes.count
    bytes.append(repeating: 0, count: PaddedBytes.padding)
    return PaddedBytes(unchecked: bytes.freeze()[0..<count])
  }

  /// The same in a block of just the size needed, where more than an eighth would be wasted.
  public consuming func freezeCompact() -> PaddedBytes {
    let count = bytes.count
    bytes.append(repeating: 0, count: PaddedBytes.padding)
    return PaddedBytes(unchecked: bytes.freezeCompact()[0..<count])
  }
}

extension PaddedBytes {
  /// Without the first `count` bytes; shares the memory.
  public func dropping(_ count: Int) -> PaddedBytes {
    PaddedBytes(unchecked: vector[count..<vector.count], file: file?.dropping(count))
  }
}
