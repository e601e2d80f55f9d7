import CVectors

/// Partial sorting of unsigned keys in place.
extension MutableVector where Element == UInt64 {
  /// Orders `range` so far that the element at `place` is the one that sorting would put there, none before it is larger
  /// and none behind it smaller. `scratch` is memory to work in, at least as long as the range. O(range) on average; falls
  /// back to a sort where the pivots keep being bad.
  public mutating func select(_ place: Int, in range: Range<Int>, scratch: inout SelectionScratch) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && range.contains(place), "selection out of range")
    scratch.reserve(range.count)
    // Sound: `low...high` stays inside the range, and the scratch memory has room for it.
    let keys = unsafe base
    var low = range.lowerBound
    var high = range.upperBound - 1
    var rounds = 2 * (Int.bitWidth - range.count.leadingZeroBitCount)
    while high - low > 24 {
      if rounds == 0 { return sort(low..<high + 1) }
      rounds -= 1
      let pivot = unsafe median(keys[low], keys[low + (high - low) / 2], keys[high])
      let below = unsafe readout_partition(keys + low, high - low + 1, pivot, scratch.base)
      if place < low + below {
        high = low + below - 1
        continue
      }
      low += below
      // Nothing was smaller than the pivot: those equal to it go first.
      if below == 0 {
        if pivot == .max { return }
        low += unsafe readout_partition(keys + low, high - low + 1, pivot + 1, scratch.base)
        if place < low { return }
      }
    }
    insertionSort(low...high)
  }

  private mutating func insertionSort(_ range: ClosedRange<Int>) {
    // Sound: the callers' ranges were checked.
    let keys = unsafe base
    var next = range.lowerBound + 1
    while next <= range.upperBound {
      let key = unsafe keys[next]
      var at = next
      while at > range.lowerBound, unsafe keys[at - 1] > key {
        unsafe keys[at] = keys[at - 1]
        at -= 1
      }
      unsafe keys[at] = key
      next += 1
    }
  }

  private func median(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
    Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
  }

  /// The smallest element of a range that is not empty.
  public func smallest(in range: Range<Int>) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && !range.isEmpty, "range out of bounds")
    // Sound: checked just above.
    let keys = unsafe base
    var smallest = unsafe keys[range.lowerBound]
    for i in range { smallest = unsafe Swift.min(smallest, keys[i]) }
    return smallest
  }

  /// Sorts a range ascending.
  public mutating func sort(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "sort out of range")
    var part = unsafe UnsafeMutableBufferPointer(start: base + range.lowerBound, count: range.count)
    unsafe part.sort()
  }
}

/// Memory that selections use again and again.
public struct SelectionScratch: ~Copyable {
  private var keys = MutableVector<UInt64>()

  public init() {}

  /// Room for so many keys, and for the eight beyond that a partition may touch.
  fileprivate mutating func reserve(_ count: Int) { keys.reserve(count + 8) }
  fileprivate var base: UnsafeMutablePointer<UInt64> { unsafe keys.base }
}
