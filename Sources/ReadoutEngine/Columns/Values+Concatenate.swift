import ReadoutVectors

extension Values {
  /// The rows of all parts, one part behind the other. O(rows), and bytes of strings that share neither a dictionary nor a block.
  ///
  /// - Throws: where strings pass the 4 GiB that one vector holds.
  public static func concatenating(_ parts: [Values], type: DataType) throws(ReadoutError) -> Values {
    let count = parts.reduce(0) { $0 + $1.count }
    if parts.count == 1 { return parts[0] }
    if parts.allSatisfy({ if case .null = $0.payload { true } else { false } }) {
      return Values(type: type, payload: .null, count: count)
    }
    return Values(
      type: type, payload: try joined(parts, type: type, count: count), validity: joinedValidity(parts, count: count),
      count: count)
  }

  private static func joined(_ parts: [Values], type: DataType, count: Int) throws(ReadoutError) -> Payload {
    switch type {
    case .integer, .date, .timestamp: return .integers(Vector.concatenating(parts.map(\.integers)))
    case .number: return .numbers(Vector.concatenating(parts.map(\.numbers)))
    case .boolean: return .booleans(Vector.concatenating(parts.map(\.booleans)))
    case .string, .text:
      if let (codes, dictionary) = sharedCodes(parts) { return .coded(Vector.concatenating(codes), dictionary) }
      if let views = sharedViews(parts) { return .strings(views) }
      let strings = parts.map(\.strings)
      // Before anything is copied.
      let bytes = zip(parts, strings).reduce(0) { $0 + $1.0.presentByteCount(of: $1.1) }
      if bytes > Int(UInt32.max) { throw .tooMuchText }
      if bytes > 1 << 24 { try MemoryAccount.check(adding: bytes, of: 1) }
      var builder = StringVectorBuilder()
      for (part, own) in zip(parts, strings) {
        for i in 0..<part.count {
          if part.isNull(i) {
            builder.endString()
          } else {
            own.withBytes(i) { builder.append($0) }
          }
        }
      }
      return .strings(builder.freeze())
    case .list:
      return .lists(try ListVector.concatenating(parts.map(\.lists)))
    }
  }

  /// Bytes of the values' strings in rows that are not null.
  private func presentByteCount(of strings: StringVector) -> Int {
    if case .null = payload { return 0 }
    guard let validity else { return strings.textByteCount }
    var total = 0
    for row in 0..<count where validity[row] { total += strings.length(row) }
    return total
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

  /// The views of each part where all look into one block.
  private static func sharedViews(_ parts: [Values]) -> StringVector? {
    var views: [StringVector] = []
    for part in parts {
      guard case .strings(let strings) = part.payload else { return nil }
      let block = (views.first ?? strings).bytes
      guard strings.bytes.isSameMemory(as: block), strings.bytes.count == block.count else { return nil }
      views.append(strings)
    }
    guard let first = views.first else { return nil }
    return StringVector(
      starts: Vector.concatenating(views.map(\.starts)), ends: Vector.concatenating(views.map(\.ends)),
      bytes: first.bytes)
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
