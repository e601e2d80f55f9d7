import ReadoutEngine
import ReadoutVectors

extension ColumnChunk {
  /// Integers, days or microseconds.
  init(_ chunk: IntegerBuffer.Chunk) {
    let offsets: PackedIntegers.Offsets =
      switch chunk.offsets {
      case .bits8(let vector): .bits8(vector)
      case .bits16(let vector): .bits16(vector)
      case .bits32(let vector): .bits32(vector)
      case .bits64(let vector): .bits64(vector)
      }
    let bounds: ZoneMap.Bounds = chunk.bounds.map { .integers(min: $0.lowerBound, max: $0.upperBound) } ?? .none
    self.init(
      count: chunk.count, storage: .integers(PackedIntegers(base: chunk.base, offsets: offsets)),
      validity: chunk.validity, zone: ZoneMap(bounds: bounds, nullCount: Self.nulls(chunk.validity)))
  }

  init(_ chunk: NumberBuffer.Chunk) {
    let bounds: ZoneMap.Bounds = chunk.bounds.map { .numbers(min: $0.lowerBound, max: $0.upperBound) } ?? .none
    self.init(
      count: chunk.values.count, storage: .numbers(chunk.values), validity: chunk.validity,
      zone: ZoneMap(bounds: bounds, nullCount: Self.nulls(chunk.validity)))
  }

  /// Booleans that were gathered as 0 and 1.
  init(booleans chunk: IntegerBuffer.Chunk) {
    let base = chunk.base
    let bytes: Vector<UInt8> =
      if case .bits8(let offsets) = chunk.offsets { offsets.map { $0 &+ UInt8(truncatingIfNeeded: base) } } else {
        Vector()
      }
    self.init(
      count: chunk.count, storage: .booleans(Bitmap(bytes: bytes)), validity: chunk.validity,
      zone: ZoneMap(bounds: .none, nullCount: Self.nulls(chunk.validity)))
  }

  /// Codes that are the column's.
  init(_ codes: NarrowCodes, validity: Bitmap?) {
    let stored = Codes(codes)
    self.init(
      count: stored.count, storage: .codes(stored), validity: validity,
      zone: ZoneMap(bounds: .none, nullCount: Self.nulls(validity)))
  }

  private static func nulls(_ validity: Bitmap?) -> Int { validity.map { $0.count - $0.setCount } ?? 0 }

  /// The chunk's values under a wider type, exactly: integers as numbers, dates as the timestamps of their midnights.
  func widened(from: DataType, to type: DataType) -> ColumnChunk? {
    guard case .integers(let packed) = storage else { return nil }
    let values = packed.values(0..<count)
    switch (from, type) {
    case (.integer, .number):
      return ColumnChunk(encoding: Values(numbers: values.map { Double($0) }, validity: validity))
    case (.date, .timestamp):
      return ColumnChunk(
        encoding: Values(
          integers: values.map { $0 &* Calendar.microsecondsPerDay }, type: .timestamp, validity: validity))
    default: return nil
    }
  }
}

extension Codes {
  init(_ codes: NarrowCodes) {
    self =
      switch codes {
      case .bits8(let vector): .bits8(vector)
      case .bits16(let vector): .bits16(vector)
      case .bits32(let vector): .bits32(vector)
      }
  }
}
