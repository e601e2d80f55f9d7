import CJSON

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

  /// Whether an escape stands among the bytes: a quote that is doubled, or a backslash.
  @inline(__always) @unsafe
  static func needsUnquoting(_ start: UnsafePointer<UInt8>, _ length: Int, _ escape: UInt8) -> Bool {
    unsafe length > 0 && memchr(start, Int32(escape), length) != nil
  }

  /// The bytes with doubled quotes made single, or with what JSON escapes stand for, 32 readable ones behind them; valid until the next
  /// call.
  @unsafe
  mutating func unquoted(
    _ start: UnsafePointer<UInt8>, _ length: Int, _ cursor: FieldCursor
  ) -> (start: UnsafePointer<UInt8>, length: Int) {
    scratch.removeAll()
    scratch.reserve(length + 32)
    if unsafe cursor.isJSON {
      // Sound: no escape is shorter than what it stands for, so `length` bytes are enough.
      scratch.length = unsafe readout_json_unescape(start, length, scratch.base)
      return unsafe (UnsafePointer(scratch.base), scratch.count)
    }
    let quote = unsafe cursor.quote
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
