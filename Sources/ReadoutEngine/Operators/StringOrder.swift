import ReadoutVectors

/// Strings in the order of their bytes, which for UTF-8 is that of their code points.
enum StringOrder {
  /// The numbers of all strings in the order of their bytes, equal ones as they were.
  ///
  /// Eight bytes of each are a key to sort by; strings with equal keys are sorted by the next eight. O(strings + bytes up to where they
  /// differ).
  /// - Parameter check: Called now and then; what it throws ends the sorting.
  static func of<E: Error>(_ strings: StringVector, check: () throws(E) -> Void) throws(E) -> Vector<UInt32> {
    var order = MutableVector<UInt32>(capacity: strings.count)
    for number in 0..<strings.count { order.append(UInt32(truncatingIfNeeded: number)) }
    var runs = [(range: 0..<strings.count, depth: 0)]
    var unchecked = 0
    while let (range, depth) = runs.popLast() {
      unchecked += range.count
      if unchecked > 1 << 16 {
        unchecked = 0
        try check()
      }
      if range.count <= fewest {
        sortFew(range, of: &order, strings)
        continue
      }
      let members = Vector(count: range.count) { order[range.lowerBound + $0] }
      let keys = Vector(count: range.count) { strings.key(Int(members[$0]), from: depth) }
      let sorted = RadixSort.order(keys)
      var start = 0
      while start < sorted.count {
        let key = keys[Int(sorted[start])]
        var end = start + 1
        while end < sorted.count, keys[Int(sorted[end])] == key { end += 1 }
        // Those that end within the key differ by the NULs at their end alone: the shorter comes first, and before all that go on.
        let equal = (start..<end).map { members[Int(sorted[$0])] }
        let ended = equal.filter { strings.length(Int($0)) <= depth + 8 }
        let longer = ended.count == equal.count ? [] : equal.filter { strings.length(Int($0)) > depth + 8 }
        var place = range.lowerBound + start
        for number in ended.count < 2 ? ended : sortedByLength(ended, strings) {
          order[place] = number
          place += 1
        }
        for (offset, number) in longer.enumerated() { order[place + offset] = number }
        if longer.count > 1 { runs.append((place..<place + longer.count, depth + 8)) }
        start = end
      }
    }
    return order.freeze()
  }

  /// Strings that are compared with one another rather than by keys.
  private static let fewest = 32

  private static func sortedByLength(_ numbers: [UInt32], _ strings: StringVector) -> [UInt32] {
    numbers.sorted { a, b in
      let (x, y) = (strings.length(Int(a)), strings.length(Int(b)))
      return x == y ? a < b : x < y
    }
  }

  private static func sortFew(_ range: Range<Int>, of order: inout MutableVector<UInt32>, _ strings: StringVector) {
    let sorted = range.map { order[$0] }.sorted { a, b in
      let sign = StringVector.compare(strings, Int(a), strings, Int(b))
      return sign == 0 ? a < b : sign < 0
    }
    for (place, number) in zip(range, sorted) { order[place] = number }
  }
}

extension StringVector {
  /// The eight bytes of a string from `offset` on as a number, the first one weighing most; 0 where it has ended.
  fileprivate func key(_ index: Int, from offset: Int) -> UInt64 {
    withBytes(index) { bytes in
      var key: UInt64 = 0
      for at in offset..<offset + 8 { key = key << 8 | (at < bytes.count ? UInt64(bytes[at]) : 0) }
      return key
    }
  }
}
