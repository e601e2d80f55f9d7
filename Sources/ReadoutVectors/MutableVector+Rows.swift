/// Loops over lists of row numbers of 16 bits. The rows are checked once a call, then the loop runs unchecked.
extension MutableVector where Element: FixedWidthInteger {
  /// Adds `value` at each of the rows, as often as a row is given; wraps.
  public mutating func add(_ value: Element, at rows: Vector<UInt16>) {
    precondition(rows.allBelow(count), "row out of range")
    let target = unsafe base
    let row = unsafe rows.base
    for i in 0..<rows.count { unsafe target[Int(row[i])] &+= value }
  }

  /// Writes `value` at each of the rows.
  public mutating func set(_ value: Element, at rows: Vector<UInt16>) {
    precondition(rows.allBelow(count), "row out of range")
    let target = unsafe base
    let row = unsafe rows.base
    for i in 0..<rows.count { unsafe target[Int(row[i])] = value }
  }
}
