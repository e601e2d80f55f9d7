#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The inside of quoted fields.
@safe
struct QuotedText: ~Copyable {
  private var scratch = MutableVector<UInt8>(capacity: 256)

  /// Whether a quote stands among the bytes, so that doubled ones must be made single.
  @inline(__always) @unsafe
  static func needsUnquoting(_ start: UnsafePointer<UInt8>, _ length: Int, _ quote: UInt8) -> Bool {
    unsafe length > 0 && memchr(start, Int32(quote), length) != nil
  }

  /// The bytes with doubled quotes made single, 32 readable ones behind them; valid until the next call.
  @unsafe
  mutating func unquoted(
    _ start: UnsafePointer<UInt8>, _ length: Int, _ quote: UInt8
  ) -> (start: UnsafePointer<UInt8>, length: Int) {
    scratch.removeAll()
    scratch.reserve(length + 32)
    var at = 0
    // Sound: at most `length` bytes are written, for which room was made.
    while at < length {
      let byte = unsafe start[at]
      scratch.append(byte)
      // A single quote inside, which is a fault of its record, stays.
      at &+= unsafe byte == quote && at &+ 1 < length && start[at &+ 1] == quote ? 2 : 1
    }
    return unsafe (UnsafePointer(scratch.base), scratch.count)
  }
}
