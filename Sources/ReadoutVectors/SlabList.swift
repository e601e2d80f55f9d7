/// Runs of pages cut into blocks of one size each, a power of two from `smallestBlock` to a whole slab.
struct SlabList: Sendable {
  static let smallestBlock = 1 << 16
  /// Slabs whose addresses are asked for at a time.
  private static let slabsAtOnce = 16
  /// Empty slabs that keep their memory at least: 64 MB, what the filtered batches of ten million rows take.
  private static let leastKept = 32

  private struct Slab: Sendable {
    /// Bit n is set where block n is free.
    var free: UInt32
  }
  /// By the slab's address over its size.
  private var slabs: [UInt: Slab] = [:]
  /// For each size, smallest first, the slabs with a free block.
  private var open: [[UInt]] = Array(repeating: [], count: 6)
  /// Slabs without a block: those that have memory, those that gave it back, and those that never had any.
  private var empty: [UInt] = []
  private var discarded: [UInt] = []
  private var untouched: [UInt] = []

  /// A slab that gets memory with its next block, by its address.
  struct Fresh: Sendable {
    let address: UInt
    /// Whether it had memory before.
    let isAgain: Bool
  }

  init() {}

  /// A block of `size` bytes of a slab that others have blocks of already.
  mutating func takeFree(_ size: Int) -> UInt? {
    let index = Self.index(size)
    guard let slab = open[index].last else { return nil }
    let block = slabs[slab]!.free.trailingZeroBitCount
    slabs[slab]!.free &= slabs[slab]!.free &- 1
    if slabs[slab]!.free == 0 { open[index].removeLast() }
    return slab * UInt(Pages.slab) + UInt(block * size)
  }

  /// A block of `size` bytes, of a new slab; nil where the system gives none. Whoever gets it fetches the memory of `fresh`.
  mutating func take(_ size: Int, fresh: inout Fresh?) -> UInt? {
    if empty.isEmpty, discarded.isEmpty, untouched.isEmpty {
      guard let pages = unsafe Pages.reserve(Self.slabsAtOnce * Pages.slab) else { return nil }
      let first = UInt(bitPattern: pages) / UInt(Pages.slab)
      for number in (0..<UInt(Self.slabsAtOnce)).reversed() { untouched.append(first + number) }
    }
    let slab: UInt
    if let kept = empty.popLast() {
      slab = kept
    } else {
      let isAgain = !discarded.isEmpty
      slab = isAgain ? discarded.removeLast() : untouched.removeLast()
      fresh = Fresh(address: slab * UInt(Pages.slab), isAgain: isAgain)
    }
    slabs[slab] = Slab(free: Self.all(size))
    open[Self.index(size)].append(slab)
    return takeFree(size)
  }

  /// Takes a block back; false where it is none of these.
  mutating func put(_ address: UInt, _ size: Int) -> Bool {
    let slab = address / UInt(Pages.slab)
    guard let before = slabs[slab]?.free else { return false }
    let index = Self.index(size)
    let after = before | 1 << UInt32(Int(address % UInt(Pages.slab)) / size)
    slabs[slab]!.free = after
    if after == Self.all(size) {
      if before != 0, let place = open[index].lastIndex(of: slab) {
        open[index].swapAt(place, open[index].count - 1)
        open[index].removeLast()
      }
      slabs[slab] = nil
      // As much again as is in use: a query over a table takes about as much as the table, and the next one takes it again.
      if empty.count < max(Self.leastKept, slabs.count) {
        empty.append(slab)
      } else {
        Pages.discard(slab * UInt(Pages.slab), Pages.slab)
        discarded.append(slab)
      }
    } else if before == 0 {
      open[index].append(slab)
    }
    return true
  }

  private static func index(_ size: Int) -> Int { size.trailingZeroBitCount - smallestBlock.trailingZeroBitCount }

  /// All blocks of a slab.
  private static func all(_ size: Int) -> UInt32 {
    let blocks = Pages.slab / size
    return blocks == 32 ? .max : 1 << UInt32(blocks) - 1
  }
}
