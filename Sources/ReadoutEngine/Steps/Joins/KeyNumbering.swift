import ReadoutVectors

/// Numbers for the values of one key column: equal values have equal numbers, all below `count`. `count` itself stands for
/// null, and for a value of another table that this column does not have.
///
/// Integers in a small range are numbered by their distance from the smallest; others, and strings without a dictionary,
/// through a hash table. The numbers of a dictionary column are its codes.
struct KeyNumbering: Sendable {
  private enum Method: Sendable {
    case distance(from: Int64)
    case integers(KeyIndex)
    case strings(StringIndex)
  }

  let count: Int
  private let method: Method
  private let domain: KeyDomain
  private let dictionary: StringDictionary?

  /// A range of integers up to this many values is worth a table of them.
  static func isDense(_ size: Int, rows: Int) -> Bool { size <= max(1 << 16, 4 * rows) && size < 1 << 28 }

  /// Numbers column `index` of `table`; `numbers` gets one for each row.
  init(column index: Int, of table: Table, domain: KeyDomain, numbers: inout Vector<UInt32>) throws(ReadoutError) {
    self.domain = domain
    let values = try table.values(index)
    dictionary = table.columns[index].type == .list ? nil : table.columns[index].dictionary
    if domain == .strings {
      if let dictionary, case .coded(let codes, _) = values.payload {
        var own = Vector<UInt32>()
        method = .strings(StringIndex(dictionary.strings, validity: nil, numbers: &own))
        count = dictionary.count
        numbers = Self.marking(codes, validity: values.validity, null: UInt32(dictionary.count))
        return
      }
      let index = StringIndex(
        values.strings, validity: values.nullCount > 0 ? values.presentRows : nil, numbers: &numbers)
      method = .strings(index)
      count = index.count
    } else {
      let (keys, validity) = domain.keys(of: values)
      if let bounds = Self.bounds(keys, validity), domain != .numbers {
        let (width, overflow) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
        if !overflow, width < 1 << 28, Self.isDense(Int(width) + 1, rows: values.count) {
          method = .distance(from: bounds.lowerBound)
          count = Int(width) + 1
          let base = bounds.lowerBound
          numbers = Self.marking(
            keys.map { UInt32(truncatingIfNeeded: $0 &- base) }, validity: validity, null: UInt32(count))
          return
        }
      }
      let index = KeyIndex(keys, validity: validity, numbers: &numbers)
      method = .integers(index)
      count = index.count
    }
    let null = UInt32(count)
    if values.nullCount > 0 || domain == .numbers || domain == .wholeNumbers {
      numbers = numbers.map { $0 == .max ? null : $0 }
    }
  }

  /// The numbers of another table's values.
  func numbers(of values: Values) -> Vector<UInt32> {
    let missing = UInt32(count)
    if case .null = values.payload { return Vector(repeating: missing, count: values.count) }
    if case .strings(let index) = method {
      let numbers = index.numbers(of: values.strings, missing: missing)
      return Self.marking(numbers, validity: values.validity, null: missing)
    }
    let (keys, validity) = domain.keys(of: values)
    switch method {
    case .distance(let base):
      let size = UInt64(count)
      let numbers = keys.map { key -> UInt32 in
        let distance = UInt64(bitPattern: key &- base)
        return distance < size ? UInt32(truncatingIfNeeded: distance) : missing
      }
      return Self.marking(numbers, validity: validity, null: missing)
    case .integers(let index):
      return Self.marking(index.numbers(of: keys, missing: missing), validity: validity, null: missing)
    case .strings: return Vector(repeating: missing, count: values.count)
    }
  }

  /// What `table` has for each row of a chunk of another table: its last element for a value that is not there. Nil where that
  /// cannot be done in one pass.
  func looked(up table: Vector<UInt32>, for chunk: ColumnChunk) -> Vector<UInt32>? {
    guard case .distance(let base) = method, domain == .integers, chunk.validity == nil,
      case .integers(let packed) = chunk.storage
    else { return nil }
    let distance = packed.base &- base
    switch packed.offsets {
    case .bits8(let offsets): return table.lookedUp(offsets, distance: distance)
    case .bits16(let offsets): return table.lookedUp(offsets, distance: distance)
    case .bits32(let offsets): return table.lookedUp(offsets, distance: distance)
    case .bits64(let offsets): return table.lookedUp(offsets, distance: distance)
    }
  }

  /// The number of each string of another dictionary, made once for all rows that have its codes; the last entry is null's.
  func numbers(of other: StringDictionary, options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt32> {
    let missing = UInt32(count)
    if other === dictionary { return Vector(count: other.count + 1) { UInt32(truncatingIfNeeded: $0) } }
    let step = Table.chunkRows
    let pieces = (other.count + step - 1) / step
    let parts = Gathered<Vector<UInt32>>(count: pieces)
    let this = self
    try WorkerPool.run(threads: options.threads, pieces: pieces) { _, piece throws(ReadoutError) in
      let range = piece * step..<min((piece + 1) * step, other.count)
      parts[piece] = this.numbers(of: Values(strings: other.strings[range]))
    }
    return Vector.concatenating(parts.all + [Vector([missing])])
  }

  private static func marking(_ numbers: Vector<UInt32>, validity: Bitmap?, null: UInt32) -> Vector<UInt32> {
    guard let validity else { return numbers }
    return numbers.zip(validity.bytes()) { $1 != 0 ? $0 : null }
  }

  private static func bounds(_ keys: Vector<Int64>, _ validity: Bitmap?) -> ClosedRange<Int64>? {
    var smallest = Int64.max
    var largest = Int64.min
    let span = keys.span
    if let validity {
      for row in span.indices where validity[row] {
        smallest = min(smallest, span[row])
        largest = max(largest, span[row])
      }
    } else {
      for row in span.indices {
        smallest = span[row] < smallest ? span[row] : smallest
        largest = span[row] > largest ? span[row] : largest
      }
    }
    return smallest <= largest ? smallest...largest : nil
  }
}
