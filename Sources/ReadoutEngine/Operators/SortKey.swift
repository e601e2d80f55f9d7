import ReadoutVectors

/// Values as unsigned numbers in the order of a sort.
enum SortKey {
  /// The keys of all items of a sort, in their order.
  static func vectors(
    of items: [(values: Values, isDescending: Bool)], control: ExecutionControl
  ) throws(ReadoutError) -> [Vector<UInt64>] {
    var keys: [Vector<UInt64>] = []
    for item in items {
      try control.checkpoint()
      keys += try vectors(of: item.values, descending: item.isDescending, control)
    }
    return keys
  }

  /// One key a row, a smaller one sorting first, NaN above all numbers; before it, where there are nulls, a key that puts
  /// these last either way.
  private static func vectors(
    of values: Values, descending: Bool, _ control: ExecutionControl
  ) throws(ReadoutError) -> [Vector<UInt64>] {
    let flip: UInt64 = descending ? .max : 0
    let keys: Vector<UInt64>
    switch values.type {
    case .number:
      let order = OrderedKey(.number)
      keys = values.numbers.map { order.ordered(ValueEncoder.bits(of: $0)) ^ flip }
    case .boolean: keys = values.booleans.map { UInt64($0) ^ flip }
    case .string, .text, .list: keys = try ranks(of: values, control).map { UInt64($0) ^ flip }
    default: keys = values.integers.map { (UInt64(bitPattern: $0) ^ 1 << 63) ^ flip }
    }
    guard values.nullCount > 0 else { return [keys] }
    let present = values.presentRows.bytes()
    return [present.map { $0 != 0 ? 0 : 1 }, keys.zip(present) { $1 != 0 ? $0 : 0 }]
  }

  private static func ranks(of values: Values, _ control: ExecutionControl) throws(ReadoutError) -> Vector<UInt32> {
    if case .coded(let codes, let dictionary) = values.payload { return dictionary.ranks.gather(codes) }
    return try OrderedEncoding(values, control: control).codes
  }

  /// The rows in the order of the keys, equal ones as they were.
  static func order(_ keys: [Vector<UInt64>], count: Int) -> Vector<UInt32> {
    // From the last key to the first, each pass leaving equal rows as they were.
    var rows = Vector(count: count) { UInt32(truncatingIfNeeded: $0) }
    for key in keys.reversed() { rows = RadixSort.sorted(key, rows: rows) }
    return rows
  }
}
