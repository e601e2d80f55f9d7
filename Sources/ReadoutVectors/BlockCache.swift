import Synchronization

/// Where the memory of vectors comes from.
///
/// Freed blocks of common sizes are kept for the next vectors: a batch's vectors live for microseconds, and giving their
/// pages back to the kernel and fetching zeroed ones again would cost more than the loops over them; of small ones, such
/// as the rows that a rare filter leaves, an aligned allocation would. Once a process holds much, new blocks are cut from
/// slabs, whose pages are fetched all at once.
enum BlockCache {
  /// Blocks of 2^6 to 2^21 bytes are kept, of each size at most `keptBytes` together.
  private static let smallest = 6
  private static let largest = 21
  private static let keptBytes = 4 << 20
  /// Bytes in use from which on blocks come from slabs, of which a small program would leave most unused.
  private static let slabsFrom = 16 << 20

  private struct Blocks: Sendable {
    /// Addresses of free blocks, by size class.
    var free: [[UInt]] = Array(repeating: [], count: largest - smallest + 1)
    var slabs = SlabList()
  }
  private static let blocks = Mutex(Blocks())

  /// The number of bytes that a request for `byteCount` is rounded up to.
  static func roundedSize(_ byteCount: Int) -> Int {
    if byteCount > 1 << largest { return (byteCount + 63) & ~63 }
    if byteCount <= 1 << smallest { return 1 << smallest }
    return 1 << (Int.bitWidth - (byteCount - 1).leadingZeroBitCount)
  }

  /// A block of exactly `size` bytes, a result of `roundedSize`; its content is whatever it was.
  @unsafe static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    if let index = sizeClass(size) {
      var fresh: SlabList.Fresh?
      let address: UInt? = blocks.withLock { blocks in
        if let kept = blocks.free[index].popLast() { return kept }
        guard size >= SlabList.smallestBlock else { return nil }
        if let block = blocks.slabs.takeFree(size) { return block }
        return MemoryAccount.bytesInUse >= slabsFrom ? blocks.slabs.take(size, fresh: &fresh) : nil
      }
      if let fresh { fetch(fresh) }
      // Sound: the address was a live block of this size when it was put into the list, and has left it; or it is a new one.
      if let address { return unsafe UnsafeMutableRawPointer(bitPattern: address)! }
    }
    return UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
  }

  @unsafe static func free(_ block: UnsafeMutableRawPointer, size: Int) {
    if let index = sizeClass(size) {
      let address = UInt(bitPattern: block)
      let isKept = blocks.withLock { blocks in
        // First to the short list that the next batch takes from: a slab that comes and goes loses its pages.
        if (blocks.free[index].count + 1) * size <= keptBytes {
          blocks.free[index].append(address)
          return true
        }
        return size >= SlabList.smallestBlock && blocks.slabs.put(address, size)
      }
      if isKept { return }
    }
    unsafe block.deallocate()
  }

  /// Memory that comes and goes with queries is fetched in large pages. What is fetched for the first time mostly holds a table's columns
  /// from then on: there large pages win little, and a virtual machine may have to ask its host for each, which takes longer than clearing
  /// small ones does.
  private static func fetch(_ slab: SlabList.Fresh) {
    if slab.isAgain { Pages.fetchLarge(slab.address) } else { Pages.fetch(slab.address, Pages.slab) }
  }

  private static func sizeClass(_ size: Int) -> Int? {
    guard size >= 1 << smallest, size <= 1 << largest, size & (size - 1) == 0 else { return nil }
    return size.trailingZeroBitCount - smallest
  }
}
