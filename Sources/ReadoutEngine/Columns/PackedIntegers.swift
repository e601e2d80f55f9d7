import ReadoutVectors

/// Integers in the narrowest width over a base: the value of row `i` is `base + offsets[i]` (frame of reference).
public struct PackedIntegers: Sendable {
  public enum Offsets: Sendable {
    case bits8(Vector<UInt8>)
    case bits16(Vector<UInt16>)
    case bits32(Vector<UInt32>)
    /// The values themselves; the base is 0.
    case bits64(Vector<Int64>)
  }

  public let base: Int64
  public let offsets: Offsets

  public init(base: Int64, offsets: Offsets) {
    self.base = base
    self.offsets = offsets
  }

  /// Packs `values`, whose smallest and largest are known (rows that are null hold any value between them).
  public init(_ values: Vector<Int64>, min: Int64, max: Int64) {
    let (range, overflow) = max.subtractingReportingOverflow(min)
    if values.isEmpty || (!overflow && range <= Int64(UInt8.max)) {
      self.init(base: min, offsets: .bits8(values.map { UInt8(truncatingIfNeeded: $0 &- min) }))
    } else if !overflow, range <= Int64(UInt16.max) {
      self.init(base: min, offsets: .bits16(values.map { UInt16(truncatingIfNeeded: $0 &- min) }))
    } else if !overflow, range <= Int64(UInt32.max) {
      self.init(base: min, offsets: .bits32(values.map { UInt32(truncatingIfNeeded: $0 &- min) }))
    } else {
      self.init(base: 0, offsets: .bits64(values))
    }
  }

  public var count: Int {
    switch offsets {
    case .bits8(let vector): vector.count
    case .bits16(let vector): vector.count
    case .bits32(let vector): vector.count
    case .bits64(let vector): vector.count
    }
  }

  /// The values of `range`, widened.
  public func values(_ range: Range<Int>) -> Vector<Int64> {
    let base = base
    switch offsets {
    case .bits8(let vector): return vector[range].map { base &+ Int64($0) }
    case .bits16(let vector): return vector[range].map { base &+ Int64($0) }
    case .bits32(let vector): return vector[range].map { base &+ Int64($0) }
    case .bits64(let vector): return vector[range]
    }
  }

  /// The values of the rows `rows`, counted from the start of `range`.
  public func values(_ range: Range<Int>, rows: Vector<UInt32>) -> Vector<Int64> {
    let base = base
    switch offsets {
    case .bits8(let vector): return vector[range].gather(rows).map { base &+ Int64($0) }
    case .bits16(let vector): return vector[range].gather(rows).map { base &+ Int64($0) }
    case .bits32(let vector): return vector[range].gather(rows).map { base &+ Int64($0) }
    case .bits64(let vector): return vector[range].gather(rows)
    }
  }

  public var byteCount: Int {
    switch offsets {
    case .bits8(let vector): vector.byteCount
    case .bits16(let vector): vector.byteCount
    case .bits32(let vector): vector.byteCount
    case .bits64(let vector): vector.byteCount
    }
  }
}
