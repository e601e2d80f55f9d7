import ReadoutVectors

/// A column in one piece, from which chunks of any rows are gathered; integers at the width that all of them fit.
struct FlatColumn: Sendable {
  private let values: Values
  private let dictionary: StringDictionary?
  /// Set for integers, days and microseconds without nulls.
  private let packed: PackedIntegers?

  init(_ index: Int, of table: Table) {
    let column = table.columns[index]
    values = table.values(index)
    dictionary = column.type.isString ? column.dictionary : nil
    if column.type.isIntegerBacked, column.nullCount == 0, let bounds = column.integerBounds {
      packed = PackedIntegers(values.integers, min: bounds.lowerBound, max: bounds.upperBound)
    } else {
      packed = nil
    }
  }

  /// The values of `rows`; `KeyedRows.none` gives null.
  func values(_ rows: Vector<UInt32>, hasNone: Bool) -> Values {
    guard hasNone else { return values.gather(rows) }
    if values.count == 0 { return Values(type: values.type, payload: .null, count: rows.count) }
    let present = Bitmap(bytes: rows.map { $0 == KeyedRows.none ? 0 : 1 })
    let found = values.gather(rows.map { $0 == KeyedRows.none ? 0 : $0 })
    return Values(
      type: found.type, payload: found.payload, validity: Bitmap.both(found.validity, present), count: rows.count)
  }

  func chunk(_ rows: Vector<UInt32>, hasNone: Bool) -> ColumnChunk {
    if !hasNone, rows.count > 0, let packed {
      switch packed.offsets {
      case .bits8(let offsets): return Self.chunk(offsets.gather(rows), packed.base) { .bits8($0) }
      case .bits16(let offsets): return Self.chunk(offsets.gather(rows), packed.base) { .bits16($0) }
      case .bits32(let offsets): return Self.chunk(offsets.gather(rows), packed.base) { .bits32($0) }
      case .bits64(let offsets): return Self.chunk(offsets.gather(rows), packed.base) { .bits64($0) }
      }
    }
    let found = values(rows, hasNone: hasNone)
    if case .lists(let lists) = found.payload {
      return ColumnChunk(
        encoding: Values(
          type: .list, payload: .lists(lists.compacted()), validity: found.validity, count: found.count))
    }
    return ColumnChunk(encoding: found, dictionary: dictionary)
  }

  private static func chunk<Offset: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ offsets: Vector<Offset>, _ base: Int64, _ storage: (Vector<Offset>) -> PackedIntegers.Offsets
  ) -> ColumnChunk {
    var smallest = offsets[0]
    var largest = offsets[0]
    let span = offsets.span
    for i in span.indices {
      smallest = span[i] < smallest ? span[i] : smallest
      largest = span[i] > largest ? span[i] : largest
    }
    let bounds = ZoneMap.Bounds.integers(
      min: base &+ Int64(truncatingIfNeeded: smallest), max: base &+ Int64(truncatingIfNeeded: largest))
    return ColumnChunk(
      count: offsets.count, storage: .integers(PackedIntegers(base: base, offsets: storage(offsets))), validity: nil,
      zone: ZoneMap(bounds: bounds, nullCount: 0))
  }
}
