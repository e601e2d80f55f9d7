import ReadoutVectors

/// The rows of a table by the number of their key, those of one key in row order.
struct KeyedRows: Sendable {
  /// Stands for no row.
  static let none = UInt32.max

  /// Where every key has one row at most: by number its row, or `none`; the last entry, for keys that are not there, is
  /// `none`. Nil otherwise.
  let single: Vector<UInt32>?
  /// The rows ordered by key; those of key `n` are `starts[n]..<starts[n + 1]`. The last key, for keys that are not there,
  /// has none.
  let rows: Vector<UInt32>
  let starts: Vector<UInt32>

  /// `numbers` has one for each row, `count` for a row that equals nothing. O(rows + count).
  init(_ numbers: Vector<UInt32>, count: Int) {
    var counted = MutableVector<UInt32>(repeating: 0, count: count + 1)
    counted.updateGroups(numbers) { size, _ in size &+= 1 }
    counted[count] = 0
    let sizes = counted.freeze()
    if !sizes.contains(where: { $0 > 1 }) {
      var single = MutableVector<UInt32>(repeating: Self.none, count: count + 1)
      single.updateGroups(numbers) { $0 = UInt32(truncatingIfNeeded: $1) }
      single[count] = Self.none
      self.single = single.freeze()
      rows = Vector()
      starts = Vector()
      return
    }
    single = nil
    var sums = MutableVector<UInt32>(capacity: count + 2)
    var total: UInt32 = 0
    for number in 0...count {
      sums.append(total)
      total &+= sizes[number]
    }
    sums.append(total)
    starts = sums.freeze()
    var next = MutableVector<UInt32>(capacity: count + 2)
    next.append(contentsOf: starts)
    var ordered = MutableVector<UInt32>(repeating: 0, count: Int(total))
    for row in 0..<numbers.count where numbers[row] != UInt32(count) {
      let number = Int(numbers[row])
      ordered[Int(next[number])] = UInt32(truncatingIfNeeded: row)
      next[number] &+= 1
    }
    rows = ordered.freeze()
  }

  /// 1 for each key that has a row; the last entry, for keys that are not there, is 0.
  var presence: Vector<UInt32> {
    if let single { return single.map { $0 == Self.none ? 0 : 1 } }
    let starts = starts
    return Vector(count: starts.count - 1) { starts[$0] < starts[$0 + 1] ? 1 : 0 }
  }
}
