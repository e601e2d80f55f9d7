/// The n largest keys of each group, largest first.
///
/// A row costs one comparison with the smallest key kept, unless it is among the largest so far.
public struct LargestKeys: ~Copyable {
  private let each: Int
  /// Group `g` has the places from `g * each` on, in descending order; those not yet used are 0.
  private var keys = MutableVector<UInt64>()
  /// By group.
  private var counts = MutableVector<UInt32>()

  public init(each: Int) {
    precondition(each > 0, "no keys to keep")
    self.each = each
  }

  public mutating func resize(to groups: Int) {
    guard groups > counts.count else { return }
    counts.resize(to: groups, filling: 0)
    keys.resize(to: groups * each, filling: 0)
  }

  /// Takes the key of each row that is present.
  public mutating func add(_ rows: Vector<UInt64>, validity: Bitmap?, groups: Vector<UInt32>) {
    precondition(groups.allBelow(counts.count) && groups.count == rows.count, "group out of range")
    // Sound: every group was checked, and `each` places belong to each; inserting does not move them.
    let last = unsafe keys.base + (each - 1)
    let (group, key) = unsafe (groups.base, rows.base)
    for row in 0..<rows.count {
      let number = unsafe Int(group[row])
      let smallest = unsafe last[number &* each]
      // A smallest key of 0 may be a place not yet used.
      if unsafe key[row] <= smallest, smallest != 0 { continue }
      if validity?[row] ?? true { unsafe insert(key[row], to: number) }
    }
  }

  /// Takes the keys of every group of `other`: those of its group `g` for ours `groups[g]`.
  public mutating func add(_ other: borrowing LargestKeys, groups: Vector<UInt32>) {
    precondition(groups.allBelow(counts.count) && groups.count <= other.counts.count, "group out of range")
    for group in groups.indices {
      let first = group * other.each
      for place in first..<first + Int(other.counts[group]) { insert(other.keys[place], to: Int(groups[group])) }
    }
  }

  private mutating func insert(_ key: UInt64, to group: Int) {
    let first = group * each
    let used = Int(counts[group])
    if used < each { counts[group] += 1 } else if keys[first + each - 1] >= key { return }
    var place = first + Swift.min(used, each - 1)
    while place > first, keys[place - 1] < key {
      keys[place] = keys[place - 1]
      place -= 1
    }
    keys[place] = key
  }

  /// How many keys a group has.
  public func count(of group: Int) -> Int { Int(counts[group]) }

  /// A group's keys by rank, the largest first.
  public subscript(group: Int, rank: Int) -> UInt64 {
    precondition(rank >= 0 && rank < count(of: group), "rank out of range")
    return keys[group * each + rank]
  }
}
