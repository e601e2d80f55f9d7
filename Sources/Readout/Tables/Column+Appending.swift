import ReadoutEngine
import ReadoutVectors

extension Column {
  /// The column with that of another table behind it, whose values fit this type or are all null.
  ///
  /// The chunks here are shared in any case: a dictionary only grows at its end, so that the codes in them stay right.
  func appending(_ other: Column) -> Column {
    if other.type == type, other.dictionary === dictionary {
      return Column(type: type, chunks: chunks + other.chunks, dictionary: dictionary)
    }
    let parts = other.chunks.indices.map { other.values(chunk: $0, range: 0..<other.chunks[$0].count) }
    switch type {
    case .string, .text:
      guard let dictionary else { return appending(parts.map { self.strings($0) }, nil) }
      return appendingCodes(parts.map { self.strings($0) }, dictionary)
    case .list: return appendingLists(parts)
    case .number: return appending(parts.map { Values(numbers: $0.numbers, validity: $0.validity) }, nil)
    default: return appending(parts.map { Values(type: type, payload: .null, count: $0.count) }, nil)
    }
  }

  private func appending(_ parts: [Values], _ dictionary: StringDictionary?) -> Column {
    let added = parts.map { ColumnChunk(encoding: $0, dictionary: type == .list ? nil : dictionary) }
    return Column(type: type, chunks: chunks + added, dictionary: dictionary)
  }

  /// The part as bytes of this column's type; all null where it had another one.
  private func strings(_ part: Values) -> Values {
    guard part.type.isString else { return Values(type: type, payload: .null, count: part.count) }
    return Values(strings: part.strings, type: type, validity: part.validity)
  }

  private func appendingCodes(_ parts: [Values], _ dictionary: StringDictionary) -> Column {
    var interner = StringInterner(startingWith: dictionary.strings)
    var codes: [Vector<UInt32>] = []
    for part in parts {
      let strings = part.strings
      var own = MutableVector<UInt32>(capacity: part.count)
      // A null's code is never looked at, but has to be one of the dictionary's.
      for row in 0..<part.count {
        let bytes = part.isNull(row) ? 0..<0 : Int(strings.starts[row])..<Int(strings.ends[row])
        own.append(interner.intern(strings.bytes, bytes))
      }
      codes.append(own.freeze())
    }
    let grown = StringDictionary(interner.freeze())
    let coded = zip(parts, codes).map { part, codes in
      Values(type: type, payload: .coded(codes, grown), validity: part.validity, count: part.count)
    }
    return appending(coded, grown)
  }

  private func appendingLists(_ parts: [Values]) -> Column {
    var interner = dictionary.map { StringInterner(startingWith: $0.strings) } ?? StringInterner()
    var items: [Vector<UInt32>] = []
    for part in parts {
      let lists = part.lists
      let strings = lists.dictionary.strings
      let known = (0..<lists.dictionary.count).map { interner.intern(strings.vector($0).span) }
      items.append(lists.items.map { known[Int($0)] })
    }
    let grown = StringDictionary(interner.freeze())
    let lists = zip(parts, items).map { part, items in
      let own = part.lists
      let list = ListVector(starts: own.starts, ends: own.ends, items: items, dictionary: grown)
      return Values(type: .list, payload: .lists(list), validity: part.validity, count: part.count)
    }
    return appending(lists, grown)
  }
}
