import ReadoutVectors

/// Numbers for the keys of a join, all columns of a key together: equal keys of both sides have equal numbers, below `count`.
/// `count` itself stands for a key with a null in it, and for a left key that the right side does not have.
struct KeySpace: Sendable {
  /// A left key column and how its values are numbered.
  private struct Reader: Sendable {
    let column: Int
    let numbering: KeyNumbering
    /// For a dictionary column the number of each code, null's being the last.
    let codes: Vector<UInt32>?
  }

  /// How the numbers of one more column join those of the columns before.
  private enum Fold: Sendable {
    /// The product of both counts is small: the pair is the number.
    case direct
    /// The pairs that the right side has are numbered.
    case indexed(KeyIndex)
  }

  let count: Int
  /// The number of each row of the right side.
  let rightNumbers: Vector<UInt32>
  private let readers: [Reader]
  private let folds: [(fold: Fold, before: Int, added: Int)]

  /// Without pairs every row has the same key.
  init(
    _ pairs: [BoundKeyPair], left: Table, right: Table, options: ExecutionOptions
  ) throws(ReadoutError) {
    var readers: [Reader] = []
    var folds: [(fold: Fold, before: Int, added: Int)] = []
    var count = 1
    var numbers = Vector<UInt32>(repeating: 0, count: pairs.isEmpty ? right.rowCount : 0)
    for pair in pairs {
      try options.control.checkpoint()
      var own = Vector<UInt32>()
      let numbering = try KeyNumbering(column: pair.right, of: right, domain: pair.domain, numbers: &own)
      let column = left.columns[pair.left]
      var codes: Vector<UInt32>?
      if column.type.isString, let dictionary = column.dictionary {
        codes = try numbering.numbers(of: dictionary, options: options)
      }
      if readers.isEmpty {
        (numbers, count) = (own, numbering.count)
      } else {
        let before = count
        let fold: Fold
        (fold, numbers, count) = Self.folding(numbers, count, own, numbering.count)
        folds.append((fold, before, numbering.count))
      }
      readers.append(Reader(column: pair.left, numbering: numbering, codes: codes))
    }
    self.readers = readers
    self.folds = folds
    self.count = count
    rightNumbers = numbers
  }

  /// The numbers of the rows of a chunk of the left table.
  func numbers(ofChunk chunk: Int, of left: Table) -> Vector<UInt32> {
    guard let first = readers.first else { return Vector(repeating: 0, count: left.chunkCounts[chunk]) }
    var numbers = Self.numbers(first, chunk, left)
    for (reader, step) in zip(readers.dropFirst(), folds) {
      let added = Self.numbers(reader, chunk, left)
      switch step.fold {
      case .direct: numbers = Self.direct(numbers, step.before, added, step.added)
      case .indexed(let index):
        let missing = UInt32(index.count)
        let found = index.numbers(of: Self.paired(numbers, added, step.added), missing: missing)
        numbers = Self.marking(found, numbers, step.before, added, step.added, null: missing)
      }
    }
    return numbers
  }

  private static func numbers(_ reader: Reader, _ chunk: Int, _ left: Table) -> Vector<UInt32> {
    let column = left.columns[reader.column]
    if let codes = reader.codes { return coded(column, chunk, codes) }
    return reader.numbering.numbers(of: column.values(chunk: chunk, range: 0..<column.chunks[chunk].count))
  }

  /// What `table` has for each code of a chunk, its last element for null.
  private static func coded(_ column: Column, _ chunk: Int, _ table: Vector<UInt32>) -> Vector<UInt32> {
    let stored = column.chunks[chunk]
    if stored.validity == nil, case .codes(let codes) = stored.storage {
      switch codes {
      case .bits8(let codes): return table.lookedUp(codes, distance: 0)
      case .bits16(let codes): return table.lookedUp(codes, distance: 0)
      case .bits32(let codes): return table.lookedUp(codes, distance: 0)
      }
    }
    let values = column.values(chunk: chunk, range: 0..<stored.count)
    let null = UInt32(table.count - 1)
    guard case .coded(let codes, _) = values.payload else {
      return Vector(repeating: table[Int(null)], count: stored.count)
    }
    guard let validity = values.validity else { return table.gather(codes) }
    return table.gather(codes.zip(validity.bytes()) { $1 != 0 ? $0 : null })
  }

  /// What `table` has for the number of each row of the left side, its last element for a key that is not there: a function
  /// of the chunk. A single key column takes one look-up a row.
  func lookUp(
    _ table: Vector<UInt32>, of left: Table
  ) -> @Sendable (_ chunk: Int) -> Vector<UInt32> {
    if readers.count == 1, let codes = readers[0].codes {
      let byCode = table.gather(codes)
      let column = left.columns[readers[0].column]
      return { Self.coded(column, $0, byCode) }
    }
    return { chunk in
      if readers.count == 1,
        let found = readers[0].numbering.looked(up: table, for: left.columns[readers[0].column].chunks[chunk])
      {
        return found
      }
      return table.gather(numbers(ofChunk: chunk, of: left))
    }
  }

  // MARK: Several columns

  private static func folding(
    _ a: Vector<UInt32>, _ countA: Int, _ b: Vector<UInt32>, _ countB: Int
  ) -> (Fold, Vector<UInt32>, Int) {
    let (product, overflow) = countA.multipliedReportingOverflow(by: countB)
    if !overflow, KeyNumbering.isDense(product, rows: a.count) {
      return (.direct, direct(a, countA, b, countB), product)
    }
    let present = a.zip(b) { $0 == UInt32(countA) || $1 == UInt32(countB) ? UInt8(0) : 1 }
    var numbers = Vector<UInt32>()
    let index = KeyIndex(paired(a, b, countB), validity: Bitmap(bytes: present), numbers: &numbers)
    let null = UInt32(index.count)
    return (.indexed(index), numbers.map { $0 == .max ? null : $0 }, index.count)
  }

  private static func direct(_ a: Vector<UInt32>, _ countA: Int, _ b: Vector<UInt32>, _ countB: Int) -> Vector<UInt32> {
    let (nullA, nullB) = (UInt32(countA), UInt32(countB))
    let null = UInt32(countA * countB)
    return a.zip(b) { $0 == nullA || $1 == nullB ? null : $0 &* nullB &+ $1 }
  }

  private static func paired(_ a: Vector<UInt32>, _ b: Vector<UInt32>, _ countB: Int) -> Vector<Int64> {
    a.zip(b) { Int64($0) &* Int64(countB) &+ Int64($1) }
  }

  private static func marking(
    _ found: Vector<UInt32>, _ a: Vector<UInt32>, _ countA: Int, _ b: Vector<UInt32>, _ countB: Int, null: UInt32
  ) -> Vector<UInt32> {
    let nulls = a.zip(b) { $0 == UInt32(countA) || $1 == UInt32(countB) ? UInt8(1) : 0 }
    return found.zip(nulls) { $1 != 0 ? null : $0 }
  }
}
