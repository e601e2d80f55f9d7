/// Partial sorting of unsigned keys in place.
extension MutableVector where Element == UInt64 {
  /// Orders `range` so far that the element at `place` is the one that sorting would put there, none before it is larger
  /// and none behind it smaller. O(range) on average; falls back to a sort where the pivots keep being bad.
  public mutating func select(_ place: Int, in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && range.contains(place), "selection out of range")
    // Sound: `low...high` stays inside the range, and both scans stop at the pivot or at an element they swapped.
    let keys = unsafe base
    var low = range.lowerBound
    var high = range.upperBound - 1
    var rounds = 2 * (Int.bitWidth - range.count.leadingZeroBitCount)
    while high - low > 12 {
      if rounds == 0 { return sort(low..<high + 1) }
      rounds -= 1
      let pivot = unsafe median(keys[low], keys[low + (high - low) / 2], keys[high])
      var i = low
      var j = high
      while i <= j {
        while unsafe keys[i] < pivot { i &+= 1 }
        while unsafe keys[j] > pivot { j &-= 1 }
        if i <= j {
          let key = unsafe keys[i]
          unsafe keys[i] = keys[j]
          unsafe keys[j] = key
          i &+= 1
          j &-= 1
        }
      }
      if place <= j { high = j } else if place >= i { low = i } else { return }
    }
    var next = low + 1
    while next <= high {
      let key = unsafe keys[next]
      var at = next
      while at > low, unsafe keys[at - 1] > key {
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
    var smallest = self[range.lowerBound]
    for i in range { smallest = Swift.min(smallest, self[i]) }
    return smallest
  }

  /// Sorts a range ascending.
  public mutating func sort(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "sort out of range")
    var part = unsafe UnsafeMutableBufferPointer(start: base + range.lowerBound, count: range.count)
    unsafe part.sort()
  }
}
