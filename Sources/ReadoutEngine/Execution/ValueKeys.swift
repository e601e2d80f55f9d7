import ReadoutVectors

/// A column's values as small numbers: dictionary codes, or the distance from the smallest integer. Null is the last one.
struct ValueKeys: Sendable {
  let column: Int
  /// Numbers of values, null not counted.
  let count: Int
  /// The smallest value, for integers, days and microseconds.
  let base: Int64
  let dictionary: StringDictionary?

  /// Nil where the column is neither dictionary-encoded nor integer-backed in a range of less than 2^31.
  init?(column index: Int, of table: Table) {
    let column = table.columns[index]
    if let dictionary = column.dictionary, column.type.isString {
      self.init(column: index, count: dictionary.count, base: 0, dictionary: dictionary)
    } else if column.type.isIntegerBacked {
      guard let bounds = column.integerBounds else {
        self.init(column: index, count: 0, base: 0, dictionary: nil)
        return
      }
      let (width, overflow) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
      guard !overflow, width < 1 << 31 else { return nil }
      self.init(column: index, count: Int(width) + 1, base: bounds.lowerBound, dictionary: nil)
    } else {
      return nil
    }
  }

  private init(column: Int, count: Int, base: Int64, dictionary: StringDictionary?) {
    self.column = column
    self.count = count
    self.base = base
    self.dictionary = dictionary
  }

  /// Whether evaluating once per value is less work than once per row.
  func isSmall(for rows: Int) -> Bool { count <= max(256, rows / 2) && count <= 1 << 20 }

  /// Every value, in the order of their numbers, then a null.
  func allValues(of column: Column) -> Values {
    let validity = Bitmap(count: count + 1) { $0 < count }
    if let dictionary {
      let codes = Vector<UInt32>(count: count + 1) { UInt32(truncatingIfNeeded: $0 < count ? $0 : 0) }
      if dictionary.count == 0 { return Values(type: column.type, payload: .null, count: 1) }
      return Values(type: column.type, payload: .coded(codes, dictionary), validity: validity, count: count + 1)
    }
    let base = base
    return Values(
      integers: Vector(count: count + 1) { base &+ Int64($0) }, type: column.type, validity: validity)
  }

  /// The number of each row's value; `count` for null.
  func codes(in batch: Batch, of table: Table) -> Vector<UInt32> {
    let values = table.columns[column].values(chunk: batch.chunk, range: batch.range, rows: batch.selection)
    return codes(of: values)
  }

  func codes(of values: Values) -> Vector<UInt32> {
    let null = UInt32(truncatingIfNeeded: count)
    let codes: Vector<UInt32>
    switch values.payload {
    case .coded(let vector, _): codes = vector
    case .integers(let vector):
      let base = base
      codes = vector.map { UInt32(truncatingIfNeeded: $0 &- base) }
    default: return Vector(repeating: null, count: values.count)
    }
    guard let validity = values.validity else { return codes }
    return codes.zip(validity.bytes()) { $1 != 0 ? $0 : null }
  }
}
