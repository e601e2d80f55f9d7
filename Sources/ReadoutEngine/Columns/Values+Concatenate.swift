import ReadoutVectors

extension Values {
  /// The rows of all parts, one part behind the other. O(rows); strings that share a dictionary or block are not copied.
  public static func concatenating(_ parts: [Values], type: DataType) -> Values {
    let count = parts.reduce(0) { $0 + $1.count }
    if parts.count == 1 { return parts[0] }
    if parts.allSatisfy({ if case .null = $0.payload { true } else { false } }) {
      return Values(type: type, payload: .null, count: count)
    }
    return Values(
      type: type, payload: joined(parts, type: type, count: count), validity: joinedValidity(parts, count: count),
      count: count)
  }

  private static func joined(_ parts: [Values], type: DataType, count: Int) -> Payload {
    switch type {
    case .integer, .date, .timestamp: return .integers(Vector.concatenating(parts.map(\.integers)))
    case .number: return .numbers(Vector.concatenating(parts.map(\.numbers)))
    case .boolean: return .booleans(Vector.concatenating(parts.map(\.booleans)))
    case .string, .text:
      if let (codes, dictionary) = sharedCodes(parts) { return .coded(Vector.concatenating(codes), dictionary) }
      var builder = StringVectorBuilder()
      for part in parts {
        let strings = part.strings
        for i in 0..<part.count {
          if part.isNull(i) {
            builder.endString()
          } else {
            strings.withBytes(i) { builder.append($0) }
          }
        }
      }
      return .strings(builder.freeze())
    case .list:
      return .lists(ListVector.concatenating(parts.map(\.lists)))
    }
  }

  /// The codes of each part where all use one dictionary; a part without values has code 0.
  private static func sharedCodes(_ parts: [Values]) -> ([Vector<UInt32>], StringDictionary)? {
    var shared: StringDictionary?
    var codes: [Vector<UInt32>] = []
    for part in parts {
      switch part.payload {
      case .coded(let vector, let dictionary):
        if let shared, shared !== dictionary { return nil }
        shared = dictionary
        codes.append(vector)
      case .null: codes.append(Vector(repeating: 0, count: part.count))
      default: return nil
      }
    }
    guard let shared, shared.count > 0 else { return nil }
    return (codes, shared)
  }

  private static func joinedValidity(_ parts: [Values], count: Int) -> Bitmap? {
    guard parts.contains(where: { $0.nullCount > 0 }) else { return nil }
    var builder = BitmapBuilder()
    for part in parts {
      for i in 0..<part.count { builder.append(!part.isNull(i)) }
    }
    return builder.freezeValidity()
  }
}

extension Vector {
  /// The elements of all parts, one part behind the other.
  static func concatenating(_ parts: [Vector<Element>]) -> Vector<Element> {
    if parts.count == 1 { return parts[0] }
    var whole = MutableVector<Element>(capacity: parts.reduce(0) { $0 + $1.count })
    for part in parts { whole.append(contentsOf: part) }
    return whole.freeze()
  }
}
