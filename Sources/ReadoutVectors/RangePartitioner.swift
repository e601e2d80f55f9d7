/// Cuts a range of 64-bit keys into parts of about equal weight, judged by a sample.
///
/// The range is divided into some thousands of equal buckets, and neighbouring buckets make a part, so that the parts follow
/// each other in key order and a key's part is one look into a small table.
public struct RangePartitioner: Sendable {
  private static let mostBuckets: UInt64 = 1 << 14

  private let smallest: UInt64
  private let shift: UInt64
  /// The part of each bucket, ascending.
  private let partOfBucket: Vector<UInt16>
  /// How many parts.
  public let count: Int

  /// At most `wanted` parts (up to 65,536), fewer where the sample has fewer different keys.
  public init(sample: Vector<UInt64>, wanted: Int) {
    let smallest = sample.min() ?? 0
    let width = (sample.max() ?? 0) - smallest
    var shift: UInt64 = 0
    while width >> shift >= Self.mostBuckets { shift += 1 }
    var weights = [Int](repeating: 0, count: Int(width >> shift) + 1)
    for key in sample { weights[Int((key - smallest) >> shift)] += 1 }
    var parts: [UInt16] = []
    var before = 0
    var part = -1
    var quota = -1
    for weight in weights {
      let ideal = before * wanted / max(1, sample.count)
      if ideal > quota {
        part += 1
        quota = ideal
      }
      parts.append(UInt16(part))
      before += weight
    }
    self.smallest = smallest
    self.shift = shift
    partOfBucket = Vector(parts)
    count = part + 1
  }

  /// The part of each key.
  private func parts(of keys: Vector<UInt64>) -> Vector<UInt16> {
    let (smallest, shift) = (smallest, shift)
    let last = UInt64(partOfBucket.count - 1)
    let buckets = keys.map { key -> UInt32 in
      // Keys that the sample missed at either end go to the nearest bucket.
      let distance = key > smallest ? key &- smallest : 0
      return UInt32(truncatingIfNeeded: Swift.min(distance &>> shift, last))
    }
    return partOfBucket.gather(buckets)
  }

  /// The rows ordered by part, within a part as they were, and where each part begins: part `p` has
  /// `offsets[p]..<offsets[p + 1]`.
  public func order(_ keys: Vector<UInt64>) -> (rows: Vector<UInt32>, offsets: [Int]) {
    if count == 1 { return (Vector(count: keys.count) { UInt32(truncatingIfNeeded: $0) }, [0, keys.count]) }
    let parts = parts(of: keys)
    var offsets = [Int](repeating: 0, count: count + 1)
    let part = unsafe parts.base
    unsafe offsets.withUnsafeMutableBufferPointer { offsets in
      // Sound: every part is below `count`.
      for row in 0..<keys.count { unsafe offsets[Int(part[row]) &+ 1] &+= 1 }
    }
    for number in 0..<count { offsets[number + 1] += offsets[number] }
    var next = offsets
    let rows = MutableVector<UInt32>(uninitializedCount: keys.count)
    let target = unsafe rows.base
    unsafe next.withUnsafeMutableBufferPointer { next in
      // Sound: each part's places are counted above, so that every row is written once, inside the block.
      for row in 0..<keys.count {
        let number = unsafe Int(part[row])
        unsafe target[next[number]] = UInt32(truncatingIfNeeded: row)
        unsafe next[number] &+= 1
      }
    }
    return (rows.freeze(), offsets)
  }
}
