import Synchronization

/// Freed blocks of common sizes, kept for the next vectors: a batch's vectors live for microseconds, and giving their pages
/// back to the kernel and fetching zeroed ones again would cost more than the loops over them.
enum BlockCache {
  /// Blocks of 2^12 to 2^21 bytes are kept, of each size at most `keptBytes` together.
  private static let smallest = 12
  private static let largest = 21
  private static let keptBytes = 4 << 20

  private struct Blocks: Sendable {
    /// Addresses of free blocks, by size class.
    var free: [[UInt]] = Array(repeating: [], count: largest - smallest + 1)
  }
  private static let blocks = Mutex(Blocks())

  /// The number of bytes that a request for `byteCount` is rounded up to.
  static func roundedSize(_ byteCount: Int) -> Int {
    if byteCount > 1 << largest { return (byteCount + 63) & ~63 }
    if byteCount <= 1 << smallest { return max(64, (byteCount + 63) & ~63) }
    return 1 << (Int.bitWidth - (byteCount - 1).leadingZeroBitCount)
  }

  /// A block of exactly `size` bytes, a result of `roundedSize`; its content is whatever it was.
  @unsafe static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    if let index = sizeClass(size), let address = blocks.withLock({ $0.free[index].popLast() }) {
      // Sound: the address was a live block of this size when it was put into the list, and has left it.
      return unsafe UnsafeMutableRawPointer(bitPattern: address)!
    }
    return UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
  }

  @unsafe static func free(_ block: UnsafeMutableRawPointer, size: Int) {
    if let index = sizeClass(size) {
      let address = UInt(bitPattern: block)
      let isKept = blocks.withLock { blocks in
        guard (blocks.free[index].count + 1) * size <= keptBytes else { return false }
        blocks.free[index].append(address)
        return true
      }
      if isKept { return }
    }
    unsafe block.deallocate()
  }

  private static func sizeClass(_ size: Int) -> Int? {
    guard size >= 1 << smallest, size <= 1 << largest, size & (size - 1) == 0 else { return nil }
    return size.trailingZeroBitCount - smallest
  }
}
