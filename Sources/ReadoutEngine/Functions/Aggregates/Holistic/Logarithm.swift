#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The binary logarithm.
func log2(of value: Double) -> Double { log2(value) }
