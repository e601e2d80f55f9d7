/// The distinct keys of a run of rows, ascending, and each row's place among them.
public struct KeyGroups: Sendable {
  /// For each row the number of its key in `distinct`.
  public let groups: Vector<UInt32>
  public let distinct: Vector<UInt64>

  /// Keys in a narrow range are looked up directly; where most rows have a key of their own they are sorted; else they are
  /// numbered by a hash table, and its keys sorted. O(rows) in the first case, about that in the others.
  public init(_ keys: Vector<UInt64>) {
    guard let first = keys.first else {
      (groups, distinct) = (Vector(), Vector())
      return
    }
    var (smallest, largest) = (first, first)
    for key in keys {
      smallest = Swift.min(smallest, key)
      largest = Swift.max(largest, key)
    }
    if largest - smallest < UInt64(4 * keys.count) {
      self = Self.direct(keys, smallest: smallest, width: Int(largest - smallest) + 1)
    } else {
      self = (Self.isMostlyDistinct(keys) ? Self.sorting(keys, smallest...largest) : nil) ?? Self.hashing(keys)
    }
  }

  private init(groups: Vector<UInt32>, distinct: Vector<UInt64>) {
    self.groups = groups
    self.distinct = distinct
  }

  // MARK: A narrow range

  private static func direct(_ keys: Vector<UInt64>, smallest: UInt64, width: Int) -> KeyGroups {
    let numbers = keys.map { UInt32(truncatingIfNeeded: $0 &- smallest) }
    var isSeen = MutableVector<UInt8>(repeating: 0, count: width)
    isSeen.updateGroups(numbers) { seen, _ in seen = 1 }
    let present = isSeen.freeze().selected()
    var ranks = MutableVector<UInt32>(repeating: 0, count: width)
    for (rank, number) in present.enumerated() { ranks[Int(number)] = UInt32(truncatingIfNeeded: rank) }
    return KeyGroups(groups: ranks.freeze().gather(numbers), distinct: present.map { smallest &+ UInt64($0) })
  }

  // MARK: Nearly as many keys as rows

  /// The share of different keys in a sample.
  private static func isMostlyDistinct(_ keys: Vector<UInt64>) -> Bool {
    let step = max(1, keys.count / 2048)
    var interner = KeyInterner(expecting: 2048)
    var looked = 0
    for row in stride(from: 0, to: keys.count, by: step) {
      _ = interner.intern(keys[row])
      looked += 1
    }
    return interner.count * 2 > looked
  }

  /// Rows of a bucket on average.
  private static let rowsPerBucket = 4
  /// Rows of a bucket up to which insertion sorts it well.
  private static let mostInBucket = 64

  /// Rows go into buckets, equal parts of the range, and each bucket is sorted by insertion. Nil where the keys lie so
  /// unevenly that a bucket is too full.
  private static func sorting(_ keys: Vector<UInt64>, _ range: ClosedRange<UInt64>) -> KeyGroups? {
    // With several buckets the shift below stays under 64.
    guard keys.count >= 4 * rowsPerBucket else { return nil }
    let smallest = range.lowerBound
    var shift: UInt64 = 0
    while (range.upperBound - smallest) >> shift >= UInt64(max(1, keys.count / rowsPerBucket)) { shift += 1 }
    let buckets = Int((range.upperBound - smallest) >> shift) + 1
    let places = keys.map { UInt32(truncatingIfNeeded: ($0 &- smallest) &>> shift) }
    var next = MutableVector<UInt32>(repeating: 0, count: buckets + 1)
    next.updateGroups(places) { count, _ in count &+= 1 }
    var start: UInt32 = 0
    for bucket in 0..<buckets {
      let count = next[bucket]
      if count > mostInBucket { return nil }
      next[bucket] = start
      start += count
    }
    // Sound: each bucket's places were counted, so that every row is written once, inside the blocks.
    let sortedKeys = MutableVector<UInt64>(uninitializedCount: keys.count)
    let sortedRows = MutableVector<UInt32>(uninitializedCount: keys.count)
    let (keyAt, rowAt) = unsafe (sortedKeys.base, sortedRows.base)
    let (key, place, end) = unsafe (keys.base, places.base, next.base)
    for row in 0..<keys.count {
      let bucket = unsafe Int(place[row])
      let at = unsafe Int(end[bucket])
      unsafe keyAt[at] = key[row]
      unsafe rowAt[at] = UInt32(truncatingIfNeeded: row)
      unsafe end[bucket] = UInt32(truncatingIfNeeded: at &+ 1)
    }
    // Within a bucket by insertion; equal keys stay in row order. What was a bucket's start is its end now.
    var first = 0
    for bucket in 0..<buckets {
      let last = unsafe Int(end[bucket])
      var at = first &+ 1
      while at < last {
        let (key, row) = unsafe (keyAt[at], rowAt[at])
        var hole = at
        while hole > first, unsafe keyAt[hole &- 1] > key {
          unsafe keyAt[hole] = keyAt[hole &- 1]
          unsafe rowAt[hole] = rowAt[hole &- 1]
          hole &-= 1
        }
        unsafe keyAt[hole] = key
        unsafe rowAt[hole] = row
        at &+= 1
      }
      first = last
    }
    let groups = MutableVector<UInt32>(uninitializedCount: keys.count)
    let group = unsafe groups.base
    var count = 0
    for at in 0..<keys.count {
      let key = unsafe keyAt[at]
      let isNew = unsafe count == 0 || keyAt[count &- 1] != key
      if isNew {
        unsafe keyAt[count] = key
        count &+= 1
      }
      unsafe group[Int(rowAt[at])] = UInt32(truncatingIfNeeded: count &- 1)
    }
    return KeyGroups(groups: groups.freeze(), distinct: sortedKeys.freeze()[0..<count])
  }

  // MARK: Anything else

  private static func hashing(_ keys: Vector<UInt64>) -> KeyGroups {
    var interner = KeyInterner(expecting: Swift.min(keys.count, 1 << 20))
    let numbers = interner.intern(keys)
    let distinct = interner.freeze()
    let order = RadixSort.order(distinct)
    var ranks = MutableVector<UInt32>(repeating: 0, count: distinct.count)
    for (rank, number) in order.enumerated() { ranks[Int(number)] = UInt32(truncatingIfNeeded: rank) }
    return KeyGroups(groups: ranks.freeze().gather(numbers), distinct: distinct.gather(order))
  }
}
