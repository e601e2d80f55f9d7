/// The part of a text that a worker looks at.
///
/// A mapped file's bytes are copied from the system's cache into one buffer, again and again: it stays in the processor's cache, and costs
/// less than mapping each page, reading it and giving it back. Bytes in memory are taken where they are.
public struct TextWindow: ~Copyable {
  private var buffer = MutableVector<UInt8>()

  public init() {}

  /// Some bytes of a text.
  public struct View: Sendable {
    /// Byte `i` is byte `origin + i` of the text.
    public let bytes: PaddedBytes
    public let origin: Int
  }

  /// A view that has at least the bytes of `range`; let go of the one before, or its memory is not used again. With `inOrder`, this is one of
  /// those who go through all of the text from its start.
  public mutating func load(_ text: PaddedBytes, _ range: Range<Int>, inOrder: Bool = false) -> View {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "window out of the text")
    guard let file = text.file else { return View(bytes: text, origin: 0) }
    let room = range.count + PaddedBytes.padding
    if room > buffer.capacity || !isKnownUniquelyReferenced(&buffer.storage) {
      // The smaller one goes first: of a record of a gigabyte there is one copy, not two.
      buffer = MutableVector()
      buffer = MutableVector(uninitializedCount: room)
    }
    // Sound: the buffer has room for the bytes and the padding, and no vector shares it: just checked, or just made.
    guard unsafe file.read(range, to: buffer.base, inOrder: inOrder) else { return View(bytes: text, origin: 0) }
    let vector = unsafe Vector(storage: buffer.storage, base: UnsafePointer(buffer.base), count: range.count)
    return View(bytes: PaddedBytes(unchecked: vector), origin: range.lowerBound)
  }
}

extension PaddedBytes {
  /// Whether the bytes are a mapped file's, so that looking at all of them is better done through windows.
  public var isFile: Bool { file != nil }
}
