import ReadoutVectors

/// Runs a sort: a stable order of the rows by several keys, nulls last either way.
struct SortRun {
  let run: StageRun
  let items: [(expression: BoundExpression, isDescending: Bool)]
  let limit: Int?

  func table() throws(ReadoutError) -> Table {
    let rows = try rows()
    try run.checkpoint()
    return try run.input.gather(rows)
  }

  /// The input's rows in the order of the sort.
  func rows() throws(ReadoutError) -> Vector<UInt32> {
    let keys = try SortKey.vectors(
      of: try items.map { (item) throws(ReadoutError) in (try values(of: item.expression), item.isDescending) },
      control: run.options.control)
    var rows = SortKey.order(keys, count: run.input.rowCount)
    if let limit, limit < rows.count { rows = rows[0..<limit] }
    return rows
  }

  private func values(of expression: BoundExpression) throws(ReadoutError) -> Values {
    let parts = Gathered<Values>(count: run.batches.count)
    let run = run
    try run.forEach(run.batches.count) { piece, evaluator throws(ReadoutError) in
      if let batch = try run.filtered(run.batches[piece], evaluator) {
        parts[piece] = try evaluator.evaluate(expression, in: batch)
      }
    }
    return try Values.concatenating(parts.all, type: expression.type)
  }
}

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
    case .number: keys = values.numbers.map { ordered($0) ^ flip }
    case .boolean: keys = values.booleans.map { UInt64($0) ^ flip }
    case .string, .text, .list: keys = try ranks(of: values, control).map { UInt64($0) ^ flip }
    default: keys = values.integers.map { (UInt64(bitPattern: $0) ^ 1 << 63) ^ flip }
    }
    guard values.nullCount > 0 else { return [keys] }
    let present = values.presentRows.bytes()
    return [present.map { $0 != 0 ? 0 : 1 }, keys.zip(present) { $1 != 0 ? $0 : 0 }]
  }

  /// Doubles in order as unsigned numbers; -0.0 and 0.0 alike, NaN above infinity.
  static func ordered(_ value: Double) -> UInt64 {
    if value.isNaN { return 0xFFF8_0000_0000_0000 }
    let bits = (value == 0 ? 0.0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
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

extension Table {
  /// The rows `rows`, in their order. O(rows · columns).
  public func gather(_ rows: Vector<UInt32>) throws(ReadoutError) -> Table {
    Table(
      fields: fields,
      columns: try columns.enumerated().map { (index, column) throws(ReadoutError) in
        Column(encoding: try values(index).gather(rows)).carrying(column, rows: rows)
      },
      rowCount: rows.count)
  }
}
