import ReadoutVectors

extension ColumnChunk {
  /// The rows `rows` as a chunk, gathered in the width in which they are stored. Nil where there are nulls among the stored
  /// ones, for other storages, and for no rows: then the values must be encoded anew.
  func gathering(_ rows: Vector<UInt32>) -> ColumnChunk? {
    guard validity == nil, count > 0, rows.count > 0 else { return nil }
    switch storage {
    case .integers(let packed):
      switch packed.offsets {
      case .bits8(let offsets): return Self.integers(offsets.gather(rows), packed.base) { .bits8($0) }
      case .bits16(let offsets): return Self.integers(offsets.gather(rows), packed.base) { .bits16($0) }
      case .bits32(let offsets): return Self.integers(offsets.gather(rows), packed.base) { .bits32($0) }
      case .bits64(let offsets): return Self.integers(offsets.gather(rows), packed.base) { .bits64($0) }
      }
    case .codes(let codes):
      let gathered: Codes =
        switch codes {
        case .bits8(let codes): .bits8(codes.gather(rows))
        case .bits16(let codes): .bits16(codes.gather(rows))
        case .bits32(let codes): .bits32(codes.gather(rows))
        }
      return ColumnChunk(
        count: rows.count, storage: .codes(gathered), validity: nil, zone: ZoneMap(bounds: .none, nullCount: 0))
    default: return nil
    }
  }

  private static func integers<Offset: FixedWidthInteger & BitwiseCopyable & Sendable>(
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
