#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `memcmp`: negative, 0 or positive.
@usableFromInline @unsafe
func memoryCompare(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Int {
  Int(unsafe memcmp(a, b, count))
}
