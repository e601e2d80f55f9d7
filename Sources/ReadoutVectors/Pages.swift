#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Pages of memory, asked for from the system directly.
enum Pages {
  /// Bytes of a slab, at which slabs are aligned.
  static let slab = 1 << 21

  #if os(Linux)
    /// Addresses of `byteCount` bytes from a multiple of a slab's size on, which read as zeros and have no memory yet; nil where there are none.
    @unsafe static func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer? {
      let room = byteCount + slab
      guard
        let start = unsafe mmap(nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
        unsafe start != MAP_FAILED
      else { return nil }
      // Sound: the parts in front and behind lie in the mapping that was just made, and nobody knows them.
      let skip = (slab - (Int(bitPattern: start) & (slab - 1))) & (slab - 1)
      if skip > 0 { unsafe _ = munmap(start, skip) }
      if skip < slab { unsafe _ = munmap(start + skip + byteCount, slab - skip) }
      return unsafe start + skip
    }

    /// Gets memory for the whole pages of a block that are to be written, all in one go: a fifth cheaper than a fault for each.
    static func fetch(_ address: UInt, _ byteCount: Int) {
      let first = (address + 4095) & ~4095
      let end = (address + UInt(byteCount)) & ~4095
      guard first < end else { return }
      // Sound: it changes no byte. 23 is MADV_POPULATE_WRITE (Linux 5.14); older kernels refuse, and faults do it.
      unsafe _ = madvise(UnsafeMutableRawPointer(bitPattern: first)!, Int(end - first), 23)
    }

    /// Gets memory for a slab in one large page, where the system has them: one fault rather than 512.
    static func fetchLarge(_ slab: UInt) {
      // Sound: it changes no byte.
      unsafe _ = madvise(UnsafeMutableRawPointer(bitPattern: slab)!, Self.slab, MADV_HUGEPAGE)
      fetch(slab, Self.slab)
    }

    /// Gives the memory back to the system, and keeps the addresses: they read as zeros then.
    static func discard(_ address: UInt, _ byteCount: Int) {
      // Sound: the caller's block is free, so nobody reads it.
      unsafe _ = madvise(UnsafeMutableRawPointer(bitPattern: address)!, byteCount, MADV_DONTNEED)
    }
  #else
    @unsafe static func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer? { nil }
    static func fetch(_ address: UInt, _ byteCount: Int) {}
    static func fetchLarge(_ slab: UInt) {}
    static func discard(_ address: UInt, _ byteCount: Int) {}
  #endif
}
