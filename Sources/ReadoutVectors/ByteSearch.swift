#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Plain searches in bytes.
extension Span where Element == UInt8 {
  /// The first place at or after `start` where `needle` stands; an empty needle is found at once.
  ///
  /// The C library looks for the first byte, 16 or more at a time; only where it stands the rest is compared.
  public func first(of needle: Span<UInt8>, from start: Int = 0) -> Int? {
    guard start >= 0, start + needle.count <= count else { return nil }
    if needle.isEmpty { return start }
    let last = count - needle.count
    // Sound: `at` stays within `start...last`, so that `needle.count` bytes from there lie inside this span.
    return unsafe withUnsafeBufferPointer { bytes in
      unsafe needle.withUnsafeBufferPointer { wanted in
        let base = unsafe UnsafeRawPointer(bytes.baseAddress!)
        let first = unsafe Int32(wanted[0])
        var at = start
        while at <= last, let found = unsafe memchr(base + at, first, last - at + 1) {
          at = unsafe UnsafeRawPointer(found) - base
          if unsafe memcmp(base + at, wanted.baseAddress!, wanted.count) == 0 { return at }
          at += 1
        }
        return nil
      }
    }
  }

  /// The last place where `byte` stands.
  public func last(of byte: UInt8) -> Int? {
    // Sound: each block lies inside this span.
    unsafe withUnsafeBufferPointer { bytes in
      var end = bytes.count
      while end > 0 {
        let start = max(0, end - 4096)
        if unsafe memchr(bytes.baseAddress! + start, Int32(byte), end - start) != nil {
          while unsafe bytes[end - 1] != byte { end -= 1 }
          return end - 1
        }
        end = start
      }
      return nil
    }
  }

  /// Whether `other` stands at `start`.
  public func holds(_ other: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + other.count <= count else { return false }
    if other.isEmpty { return true }
    // Sound: checked just above.
    return unsafe withUnsafeBufferPointer { bytes in
      unsafe other.withUnsafeBufferPointer { unsafe memcmp(bytes.baseAddress! + start, $0.baseAddress!, $0.count) == 0 }
    }
  }
}
