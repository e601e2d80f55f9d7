import ReadoutVectors

extension ColumnChunk {
  /// Encodes dense values as one chunk: integers in the narrowest width, the zone map taken. At most `Table.chunkRows` rows.
  ///
  /// Coded strings keep their codes (`dictionary` is the column's and must be the values'); other strings stay bytes.
  public init(encoding values: Values, dictionary: StringDictionary? = nil) {
    let validity = values.nullCount == 0 ? nil : values.presentRows
    let nulls = values.nullCount
    let storage: Storage
    var bounds = ZoneMap.Bounds.none
    switch values.type {
    case .integer, .date, .timestamp:
      let vector = values.integers
      if let range = Self.range(of: vector, validity: validity) {
        bounds = .integers(min: range.min, max: range.max)
        let clean = validity == nil ? vector : vector.filling(nullsOf: validity, with: range.min)
        storage = .integers(PackedIntegers(clean, min: range.min, max: range.max))
      } else {
        storage = .integers(PackedIntegers(Vector(repeating: 0, count: values.count), min: 0, max: 0))
      }
    case .number:
      let vector = values.numbers
      storage = .numbers(vector)
      if let range = Self.range(of: vector, validity: validity) { bounds = .numbers(min: range.min, max: range.max) }
    case .boolean: storage = .booleans(Bitmap(bytes: values.booleans))
    case .string, .text:
      if let dictionary {
        guard case .coded(let codes, let own) = values.payload, own === dictionary else {
          if values.nullCount == values.count {
            storage = .codes(Codes(Vector(repeating: 0, count: values.count), dictionaryCount: dictionary.count))
            break
          }
          preconditionFailure("a dictionary column needs coded values")
        }
        storage = .codes(Codes(codes, dictionaryCount: dictionary.count))
      } else {
        storage = .strings(values.strings)
      }
    case .list:
      let lists = values.lists
      storage = .lists(
        starts: lists.starts, ends: lists.ends, items: Codes(lists.items, dictionaryCount: lists.dictionary.count))
    }
    self.init(
      count: values.count, storage: storage, validity: validity, zone: ZoneMap(bounds: bounds, nullCount: nulls))
  }

  private static func range<T: Comparable & BitwiseCopyable & Sendable>(
    of vector: Vector<T>, validity: Bitmap?
  ) -> (min: T, max: T)? {
    let span = vector.span
    if validity == nil, let first = vector.first, first == first {
      // No branches: NaN loses every comparison.
      var (smallest, largest) = (first, first)
      for i in span.indices {
        smallest = span[i] < smallest ? span[i] : smallest
        largest = span[i] > largest ? span[i] : largest
      }
      return (smallest, largest)
    }
    var found: (min: T, max: T)?
    for i in span.indices where validity?[i] ?? true {
      let value = span[i]
      guard value == value else { continue }
      guard let known = found else {
        found = (value, value)
        continue
      }
      if value < known.min { found!.min = value }
      if value > known.max { found!.max = value }
    }
    return found
  }
}

extension Values {
  /// The validity in full, also where it is absent.
  var presentRows: Bitmap {
    if case .null = payload { return Bitmap(repeating: false, count: count) }
    return validity ?? Bitmap(repeating: true, count: count)
  }
}

extension Vector {
  /// The same elements with `value` in the rows that are null.
  func filling(nullsOf validity: Bitmap?, with value: Element) -> Vector<Element> {
    guard let validity else { return self }
    return zip(validity.bytes()) { $1 != 0 ? $0 : value }
  }
}
