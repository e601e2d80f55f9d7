import ReadoutVectors

extension ColumnChunk {
  /// The rows `rows` as a chunk, gathered in the width in which they are stored. Nil where there are nulls among the stored
  /// ones, for other storages, and for no rows: then the values must be encoded anew.
  ///
  /// Its zone map is this chunk's: what bounds all rows bounds these, and a join's columns are mostly read once, so that a look at each value
  /// for closer bounds would not pay.
  func gathering(_ rows: Vector<UInt32>) -> ColumnChunk? {
    guard validity == nil, count > 0, rows.count > 0 else { return nil }
    let gathered: Storage
    switch storage {
    case .integers(let packed):
      let offsets: PackedIntegers.Offsets =
        switch packed.offsets {
        case .bits8(let offsets): .bits8(offsets.gather(rows))
        case .bits16(let offsets): .bits16(offsets.gather(rows))
        case .bits32(let offsets): .bits32(offsets.gather(rows))
        case .bits64(let offsets): .bits64(offsets.gather(rows))
        }
      gathered = .integers(PackedIntegers(base: packed.base, offsets: offsets))
    case .numbers(let numbers): gathered = .numbers(numbers.gather(rows))
    case .codes(let codes):
      let taken: Codes =
        switch codes {
        case .bits8(let codes): .bits8(codes.gather(rows))
        case .bits16(let codes): .bits16(codes.gather(rows))
        case .bits32(let codes): .bits32(codes.gather(rows))
        }
      gathered = .codes(taken)
    default: return nil
    }
    return ColumnChunk(count: rows.count, storage: gathered, validity: nil, zone: zone, hasBlocks: false)
  }
}
