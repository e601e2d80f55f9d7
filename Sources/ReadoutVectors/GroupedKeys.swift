/// Keys laid out by group: those of group `g` are `keys[range(of: g)]`, in row order.
public struct GroupedKeys: ~Copyable {
  public var keys: MutableVector<UInt64>
  private let offsets: Vector<Int>

  /// A stable counting sort by group: O(rows + groups). `parts` follow each other in row order; every group is below `count`.
  public init(_ parts: [(groups: Vector<UInt32>, keys: Vector<UInt64>)], count: Int) {
    var next = MutableVector<Int>(repeating: 0, count: count + 1)
    for part in parts {
      precondition(part.groups.allBelow(count) && part.groups.count == part.keys.count, "group out of range")
      // Sound: checked just above; the counts add up to the number of keys, so that every write below is inside.
      let group = unsafe part.groups.base
      let counts = unsafe next.base
      for row in 0..<part.groups.count { unsafe counts[Int(group[row]) &+ 1] &+= 1 }
    }
    for group in 0..<count { next[group + 1] += next[group] }
    offsets = Vector(next.span)
    let sorted = MutableVector<UInt64>(uninitializedCount: parts.reduce(0) { $0 + $1.keys.count })
    let target = unsafe sorted.base
    let place = unsafe next.base
    for part in parts {
      let group = unsafe part.groups.base
      let key = unsafe part.keys.base
      for row in 0..<part.groups.count {
        let number = unsafe Int(group[row])
        unsafe target[place[number]] = key[row]
        unsafe place[number] &+= 1
      }
    }
    keys = sorted
  }

  public var count: Int { offsets.count - 1 }
  public func range(of group: Int) -> Range<Int> { offsets[group]..<offsets[group + 1] }
}

extension Vector {
  init(_ span: Span<Element>) {
    var copy = MutableVector<Element>(capacity: span.count)
    copy.append(contentsOf: span)
    self = copy.freeze()
  }
}
