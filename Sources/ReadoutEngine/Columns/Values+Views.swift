import ReadoutVectors

/// The payload in the one form a kernel wants; constants are spread, codes decoded to views.
extension Values {
  /// Integers, days or microseconds. The type must be integer-backed.
  public var integers: Vector<Int64> {
    switch payload {
    case .integers(let vector): vector
    case .constant(.integer(let value)), .constant(.date(let value)), .constant(.timestamp(let value)):
      Vector(repeating: value, count: count)
    default: Vector(repeating: 0, count: count)
    }
  }

  /// Doubles; integers are converted (rounding to nearest beyond 2^53), booleans are 0 or 1.
  public var numbers: Vector<Double> {
    switch payload {
    case .numbers(let vector): vector
    case .integers(let vector): vector.map { Double($0) }
    case .booleans(let vector): vector.map { Double($0) }
    case .constant(.number(let value)): Vector(repeating: value, count: count)
    case .constant(.integer(let value)): Vector(repeating: Double(value), count: count)
    case .constant(.boolean(let value)): Vector(repeating: value ? 1 : 0, count: count)
    default: Vector(repeating: 0, count: count)
    }
  }

  /// 1 or 0 a row; null rows hold either.
  public var booleans: Vector<UInt8> {
    switch payload {
    case .booleans(let vector): vector
    case .constant(.boolean(let value)): Vector(repeating: value ? 1 : 0, count: count)
    default: Vector(repeating: 0, count: count)
    }
  }

  /// Views of the strings.
  public var strings: StringVector {
    switch payload {
    case .strings(let strings): return strings
    case .coded(let codes, let dictionary): return dictionary.strings.gather(codes)
    case .constant(.string(let value)):
      return StringVector([value]).gather(Vector<UInt32>(repeating: 0, count: count))
    default: return StringVector([""]).gather(Vector<UInt32>(repeating: 0, count: count))
    }
  }

  public var lists: ListVector {
    switch payload {
    case .lists(let lists): return lists
    case .constant(.list(let items)): return ListVector([items]).gather(Vector<UInt32>(repeating: 0, count: count))
    default: return ListVector([[]]).gather(Vector<UInt32>(repeating: 0, count: count))
    }
  }

  /// The value that every row has, where the expression is a constant.
  public var constant: Scalar? {
    switch payload {
    case .constant(let scalar): scalar
    case .null: .null
    default: nil
    }
  }

  /// 1 for the rows that are true and not null.
  public var trueBytes: Vector<UInt8> {
    switch payload {
    case .null: return Vector(repeating: 0, count: count)
    default:
      guard let validity else { return booleans }
      return booleans.zip(validity.bytes()) { $0 & $1 }
    }
  }
}
