/// Sorting by 64-bit keys, least significant digit first: O(rows) for each byte in which the keys differ.
public enum RadixSort {
  /// The rows in ascending order of their keys, equal ones as they were.
  public static func order(_ keys: Vector<UInt64>) -> Vector<UInt32> {
    sorted(keys, rows: Vector(count: keys.count) { UInt32(truncatingIfNeeded: $0) })
  }

  /// `rows`, which are in some order, sorted by `keys[row]`; rows with equal keys stay as they were.
  public static func sorted(_ keys: Vector<UInt64>, rows: Vector<UInt32>) -> Vector<UInt32> {
    let count = rows.count
    guard count > 1 else { return rows }
    precondition(rows.allBelow(keys.count), "row out of range")
    let varying = varyingBits(keys)
    var from = rows
    // Sound: rows were checked against the keys; the digit counts of a pass add up to `count`, so every write is inside.
    let key = unsafe keys.base
    for shift in stride(from: UInt64(0), to: 64, by: 8) where varying >> shift & 0xFF != 0 {
      var next = [Int](repeating: 0, count: 257)
      let source = unsafe from.base
      for i in 0..<count { unsafe next[Int(truncatingIfNeeded: key[Int(source[i])] >> shift & 0xFF) &+ 1] &+= 1 }
      for digit in 0..<256 { next[digit + 1] += next[digit] }
      let to = MutableVector<UInt32>(uninitializedCount: count)
      let target = unsafe to.base
      unsafe next.withUnsafeMutableBufferPointer { next in
        for i in 0..<count {
          let row = unsafe source[i]
          let digit = unsafe Int(truncatingIfNeeded: key[Int(row)] >> shift & 0xFF)
          unsafe target[next[digit]] = row
          unsafe next[digit] &+= 1
        }
      }
      from = to.freeze()
    }
    return from
  }

  /// The bits in which any two keys differ.
  private static func varyingBits(_ keys: Vector<UInt64>) -> UInt64 {
    var all = UInt64.max
    var any: UInt64 = 0
    let span = keys.span
    for i in span.indices {
      all &= span[i]
      any |= span[i]
    }
    return all ^ any
  }
}
