import ReadoutVectors

/// Codes into a dictionary, in the narrowest width that holds them.
public enum Codes: Sendable {
  case bits8(Vector<UInt8>)
  case bits16(Vector<UInt16>)
  case bits32(Vector<UInt32>)

  /// Narrows `codes`, all below `dictionaryCount`.
  public init(_ codes: Vector<UInt32>, dictionaryCount: Int) {
    if dictionaryCount <= 1 << 8 {
      self = .bits8(codes.map { UInt8(truncatingIfNeeded: $0) })
    } else if dictionaryCount <= 1 << 16 {
      self = .bits16(codes.map { UInt16(truncatingIfNeeded: $0) })
    } else {
      self = .bits32(codes)
    }
  }

  public var count: Int {
    switch self {
    case .bits8(let vector): vector.count
    case .bits16(let vector): vector.count
    case .bits32(let vector): vector.count
    }
  }

  public func codes(_ range: Range<Int>) -> Vector<UInt32> {
    switch self {
    case .bits8(let vector): vector[range].map { UInt32($0) }
    case .bits16(let vector): vector[range].map { UInt32($0) }
    case .bits32(let vector): vector[range]
    }
  }

  /// The codes of the rows `rows`, counted from the start of `range`.
  public func codes(_ range: Range<Int>, rows: Vector<UInt32>) -> Vector<UInt32> {
    switch self {
    case .bits8(let vector): vector[range].gather(rows).map { UInt32($0) }
    case .bits16(let vector): vector[range].gather(rows).map { UInt32($0) }
    case .bits32(let vector): vector[range].gather(rows)
    }
  }

  public var byteCount: Int {
    switch self {
    case .bits8(let vector): vector.byteCount
    case .bits16(let vector): vector.byteCount
    case .bits32(let vector): vector.byteCount
    }
  }
}
