import ReadoutVectors

/// The groups that the rows of a table fall into by the values of some expressions, numbered in ascending order of the keys.
struct RowGroups: Sendable {
  /// The group of a row that is in none.
  static let none = UInt32.max

  /// The names and values of the keys, a value a group; none where all rows are one group.
  let keys: [(name: String, values: Values)]
  let count: Int
  /// By row.
  let numbers: Vector<UInt32>

  /// Group numbers that are known, below `count`; `RowGroups.none` among them.
  init(_ numbers: Vector<UInt32>, count: Int, keys: [(name: String, values: Values)] = []) {
    self.keys = keys
    self.count = count
    self.numbers = numbers
  }

  /// All rows as one group.
  init(rowCount: Int) { self.init(Vector(repeating: 0, count: rowCount), count: 1) }

  /// The groups by the values of expressions over `input`: all rows are one group where there are none.
  init(
    by expressions: [(name: String, expression: BoundExpression)], over input: Table, options: ExecutionOptions
  ) throws(ReadoutError) {
    guard !expressions.isEmpty else {
      self.init(rowCount: input.rowCount)
      return
    }
    let run = try StageRun(Stage(output: .columns(expressions, limit: nil), fields: []), input: input, options: options)
    let prepared = try PreparedKeys(run: run, expressions: expressions.map(\.expression))
    let parts = Gathered<Vector<UInt64>>(count: run.batches.count)
    try run.forEach(run.batches.count) { piece, evaluator throws(ReadoutError) in
      guard let batch = try prepared.rows(of: prepared.filtered?[piece] ?? run.batches[piece], run, evaluator) else {
        return
      }
      parts[piece] = try prepared.packed.numbers(in: batch, batchIndex: piece, evaluator: evaluator)
    }
    let packed = Vector<UInt64>.concatenating(parts.all)
    var interner = KeyInterner()
    let seen = interner.intern(packed)
    let distinct = interner.freeze()
    let order = RadixSort.order(distinct)
    var ranks = MutableVector<UInt32>(repeating: 0, count: distinct.count)
    for (rank, number) in order.enumerated() { ranks[Int(number)] = UInt32(rank) }
    self.init(
      ranks.freeze().gather(seen), count: distinct.count,
      keys: zip(expressions, prepared.decode(distinct.gather(order))).map { ($0.name, $1) })
  }

  /// The rows by group: those of group `g` are `rows[starts[g]..<starts[g + 1]]`, ascending.
  var ordered: (rows: Vector<UInt32>, starts: Vector<UInt32>) {
    var starts = MutableVector<UInt32>(repeating: 0, count: count + 1)
    for number in numbers where number != Self.none { starts[Int(number) + 1] &+= 1 }
    for group in 0..<count { starts[group + 1] &+= starts[group] }
    var next = MutableVector<UInt32>(capacity: count + 1)
    next.append(contentsOf: starts.span)
    var rows = MutableVector<UInt32>(repeating: 0, count: Int(starts[count]))
    for (row, number) in numbers.enumerated() where number != Self.none {
      rows[Int(next[Int(number)])] = UInt32(truncatingIfNeeded: row)
      next[Int(number)] &+= 1
    }
    return (rows.freeze(), starts.freeze())
  }

  /// The keys of so many rows of a result, row `i` belonging to group `groups[i]`.
  func keyColumns(_ groups: Vector<UInt32>) -> [(field: Table.Field, values: Values)] {
    keys.map { (Table.Field($0.name, $0.values.type), $0.values.gather(groups)) }
  }
}

extension Table {
  /// A table of columns in one piece.
  init(_ columns: [(field: Table.Field, values: Values)], rowCount: Int) {
    self.init(
      fields: columns.map(\.field), columns: columns.map { Column(encoding: $0.values) }, rowCount: rowCount)
  }
}

extension Column {
  /// Values in chunks of given lengths: those of a table that the column is to stand in.
  init(encoding values: Values, chunkCounts: [Int]) {
    var chunks: [ColumnChunk] = []
    var start = 0
    for count in chunkCounts {
      chunks.append(ColumnChunk(encoding: values[start..<start + count]))
      start += count
    }
    self.init(type: values.type, chunks: chunks)
  }
}

extension BoundExpression {
  /// The value of a condition for every row: 1 true, 0 false, 2 null.
  func truths(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt8> {
    let run = try StageRun(Stage(output: .columns([], limit: nil), fields: []), input: input, options: options)
    let parts = Gathered<Vector<UInt8>>(count: run.batches.count)
    try run.forEach(run.batches.count) { piece, evaluator throws(ReadoutError) in
      guard let batch = try run.filtered(run.batches[piece], evaluator) else { return }
      let values = try evaluator.evaluate(self, in: batch)
      let bytes = values.trueBytes
      parts[piece] = values.nullCount == 0 ? bytes : bytes.zip(values.presentRows.bytes()) { $1 == 0 ? 2 : $0 }
    }
    return Vector<UInt8>.concatenating(parts.all)
  }
}
