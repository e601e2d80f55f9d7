#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The machine's processors.
public enum Processors {
  /// How many this process may use: at least one.
  public static var count: Int {
    #if canImport(Glibc)
      var set = cpu_set_t()
      // Sound: the call fills one `cpu_set_t` and is told its size.
      if unsafe sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 {
        let allowed = unsafe withUnsafeBytes(of: &set) { bytes in
          unsafe bytes.reduce(0) { $0 + $1.nonzeroBitCount }
        }
        if allowed > 0 { return allowed }
      }
    #endif
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
