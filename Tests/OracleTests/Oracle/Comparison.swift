import ReadoutEngine

/// Whether two answers are one.
enum Comparison {
  /// The first difference in words, or nil. Floats may differ by `tolerance` of their size.
  static func difference(_ answer: Table, _ expected: NaiveTable, tolerance: Double) -> String? {
    if answer.names != expected.names { return "columns \(answer.names), expected \(expected.names)" }
    if answer.rowCount != expected.rows.count { return "\(answer.rowCount) rows, expected \(expected.rows.count)" }
    for (column, name) in answer.names.enumerated() {
      let values = answer.whole(column)
      for row in 0..<answer.rowCount where !isClose(values[row], expected.rows[row][column], tolerance: tolerance) {
        return "row \(row + 1), \(name): \(values[row]), expected \(expected.rows[row][column])"
      }
    }
    return nil
  }

  /// The same value to the last bit; an integer in a column of numbers is the number. With a tolerance, floats may differ
  /// by that share of their size, or of 0.001 where they are smaller: what is left of a sum that cancels out.
  static func isClose(_ a: Scalar, _ b: Scalar, tolerance: Double) -> Bool {
    switch (a, b) {
    case (.number(let x), .integer(let y)): return x == Double(y)
    case (.number(let x), .number(let y)):
      if x.isNaN || y.isNaN { return x.isNaN && y.isNaN }
      return x == y || (x - y).magnitude <= tolerance * max(x.magnitude, y.magnitude, 1e-3)
    case (.string(let x), .string(let y)): return x.utf8.elementsEqual(y.utf8)
    case (.timestamp(let x), .date(let y)): return x == y * Calendar.microsecondsPerDay
    case (.list(let x), .list(let y)):
      return x.count == y.count && zip(x, y).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    default: return a == b
    }
  }

  /// To the last bit, the signs of zeros and the payloads of NaN included.
  static func areIdentical(_ a: Table, _ b: Table) -> Bool {
    guard a.fields == b.fields, a.rowCount == b.rowCount else { return false }
    return a.fields.indices.allSatisfy { column in
      let (x, y) = (a.whole(column), b.whole(column))
      return (0..<a.rowCount).allSatisfy { row in
        if case .number(let left) = x[row], case .number(let right) = y[row] {
          return left.bitPattern == right.bitPattern
        }
        return isClose(x[row], y[row], tolerance: 0)
      }
    }
  }
}
