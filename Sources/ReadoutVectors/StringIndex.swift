/// Numbers for distinct strings, 0, 1, 2 … in the order of first appearance, that many threads can look up at once.
///
/// The strings stay where they are. A slot holds a string's number and half of its hash, so that a look-up that fails seldom
/// reads a string, and one that succeeds reads one.
@safe public final class StringIndex: @unchecked Sendable {
  // Sound: written in `init` only.
  private let slots: Vector<UInt64>  // upper half of the hash, then number + 1; 0 is empty
  private let mask: Int
  /// The row of the first string of each number.
  private let firstRows: Vector<UInt32>
  private let strings: StringVector
  /// How many distinct strings there are.
  public var count: Int { firstRows.count }

  /// Numbers the strings of the rows that are present; `numbers` has `.max` for the others.
  public init(_ strings: StringVector, validity: Bitmap?, numbers: inout Vector<UInt32>) {
    var size = 128
    while size < strings.count * 2 { size *= 2 }
    mask = size - 1
    self.strings = strings
    var slots = MutableVector<UInt64>(repeating: 0, count: size)
    var firstRows = MutableVector<UInt32>(capacity: 64)
    var out = MutableVector<UInt32>(capacity: strings.count)
    for row in 0..<strings.count {
      if let validity, !validity[row] {
        out.append(.max)
        continue
      }
      let hash = strings.hash(row)
      let tag = hash & 0xFFFF_FFFF_0000_0000
      var slot = Int(truncatingIfNeeded: hash) & mask
      while true {
        let entry = slots[slot]
        if entry == 0 {
          slots[slot] = tag | UInt64(firstRows.count + 1)
          out.append(UInt32(truncatingIfNeeded: firstRows.count))
          firstRows.append(UInt32(truncatingIfNeeded: row))
          break
        }
        let number = UInt32(truncatingIfNeeded: entry) &- 1
        if entry ^ tag < 1 << 32, StringVector.equal(strings, Int(firstRows[Int(number)]), strings, row) {
          out.append(number)
          break
        }
        slot = (slot &+ 1) & mask
      }
    }
    numbers = out.freeze()
    self.slots = slots.freeze()
    self.firstRows = firstRows.freeze()
  }

  /// The number of each string; `missing` for one that is not there. Rows that are null get any number.
  public func numbers(of others: StringVector, missing: UInt32) -> Vector<UInt32> {
    let slots = slots
    let mask = mask
    return Vector(count: others.count) { row in
      let hash = others.hash(row)
      let tag = hash & 0xFFFF_FFFF_0000_0000
      var slot = Int(truncatingIfNeeded: hash) & mask
      while true {
        let entry = slots[slot]
        if entry == 0 { return missing }
        let number = UInt32(truncatingIfNeeded: entry) &- 1
        if entry ^ tag < 1 << 32, StringVector.equal(strings, Int(firstRows[Int(number)]), others, row) {
          return number
        }
        slot = (slot &+ 1) & mask
      }
    }
  }
}

extension StringVector {
  @inline(__always) func hash(_ row: Int) -> UInt64 {
    let range = Int(starts[row])..<Int(ends[row])
    precondition(range.upperBound <= bytes.count, "string out of its block")
    // Sound: checked just above.
    return unsafe StringHash.hash(bytes.base + range.lowerBound, range.count)
  }
}
