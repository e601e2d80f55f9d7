/// Cuts a range of 64-bit keys into parts of about equal weight, by splitters taken from a sample.
///
/// Part `p` has the keys from splitter `p - 1` on and below splitter `p`, so that the parts follow each other in key order.
public struct RangePartitioner: Sendable {
  /// Ascending, padded with the largest key to one less than a power of two.
  private let splitters: Vector<UInt64>
  private let levels: Int
  /// How many parts.
  public let count: Int

  /// At most `wanted` parts, fewer where the sample has fewer different keys.
  public init(sample: Vector<UInt64>, wanted: Int) {
    let sorted = sample.sorted()
    var chosen: [UInt64] = []
    for part in 1..<max(1, wanted) where !sorted.isEmpty {
      let key = sorted[sorted.count * part / wanted]
      if key != chosen.last, key != sorted[0] { chosen.append(key) }
    }
    count = chosen.count + 1
    levels = Int.bitWidth - chosen.count.leadingZeroBitCount
    splitters = Vector(chosen + Array(repeating: .max, count: (1 << levels) - 1 - chosen.count))
  }

  /// The part of each key. O(keys · log parts), without branches.
  public func parts(of keys: Vector<UInt64>) -> Vector<UInt16> {
    let last = UInt16(truncatingIfNeeded: count - 1)
    return splitters.withPart(levels: levels, of: keys).map { Swift.min($0, last) }
  }

  /// The rows ordered by part, within a part as they were, and where each part begins: part `p` has
  /// `offsets[p]..<offsets[p + 1]`.
  public func order(_ keys: Vector<UInt64>) -> (rows: Vector<UInt32>, offsets: [Int]) {
    if count == 1 { return (Vector(count: keys.count) { UInt32(truncatingIfNeeded: $0) }, [0, keys.count]) }
    let part = parts(of: keys)
    var offsets = [Int](repeating: 0, count: count + 1)
    let parts = part.span
    for row in parts.indices { offsets[Int(parts[row]) &+ 1] &+= 1 }
    for number in 0..<count { offsets[number + 1] += offsets[number] }
    var next = offsets
    var rows = MutableVector<UInt32>(repeating: 0, count: keys.count)
    for row in parts.indices {
      let number = Int(parts[row])
      rows[next[number]] = UInt32(truncatingIfNeeded: row)
      next[number] &+= 1
    }
    return (rows.freeze(), offsets)
  }
}

extension Vector where Element == UInt64 {
  /// How many of the elements, `2^levels - 1` and ascending, are not above each key: a binary search of fixed depth.
  fileprivate func withPart(levels: Int, of keys: Vector<UInt64>) -> Vector<UInt16> {
    // Sound: `low` plus the step never passes `2^levels - 2`, the index of the last element.
    let splitter = unsafe base
    let key = unsafe keys.base
    return Vector<UInt16>(count: keys.count) { row in
      let wanted = unsafe key[row]
      var low = 0
      var step = (1 << levels) >> 1
      while step > 0 {
        low = unsafe splitter[low &+ step &- 1] <= wanted ? low &+ step : low
        step >>= 1
      }
      return UInt16(truncatingIfNeeded: low)
    }
  }
}
