import ReadoutVectors

extension Column {
  /// Encodes values of any length in chunks of `Table.chunkRows` rows, or of the lengths `counts`.
  public init(encoding values: Values, counts: [Int]? = nil) {
    var values = values
    var dictionary: StringDictionary?
    switch values.type {
    case .string:
      if case .coded(_, let own) = values.payload {
        dictionary = own
      } else if let interned = DictionaryPolicy.interning(values) {
        values = interned.values
        dictionary = interned.dictionary
      }
    case .text:
      if case .coded = values.payload {
        values = Values(
          type: .text, payload: .strings(values.strings), validity: values.validity, count: values.count)
      }
    case .list:
      let lists = values.lists
      let validity = values.nullCount == 0 ? nil : values.presentRows
      values = Values(type: .list, payload: .lists(lists), validity: validity, count: values.count)
      dictionary = lists.dictionary
    default: break
    }
    var chunks: [ColumnChunk] = []
    var start = 0
    while start < values.count || chunks.count < counts?.count ?? 0 {
      let count = counts?[chunks.count] ?? Swift.min(Table.chunkRows, values.count - start)
      chunks.append(
        ColumnChunk(encoding: values[start..<start + count], dictionary: values.type.isString ? dictionary : nil))
      start += count
    }
    self.init(type: values.type, chunks: chunks, dictionary: dictionary)
  }
}

extension Values {
  /// The rows of a range, sharing the memory.
  public subscript(range: Range<Int>) -> Values {
    if range == 0..<count { return self }
    let sliced: Payload =
      switch payload {
      case .integers(let vector): .integers(vector[range])
      case .numbers(let vector): .numbers(vector[range])
      case .booleans(let vector): .booleans(vector[range])
      case .strings(let strings): .strings(strings[range])
      case .coded(let codes, let dictionary): .coded(codes[range], dictionary)
      case .lists(let lists):
        .lists(
          ListVector(
            starts: lists.starts[range], ends: lists.ends[range], items: lists.items, dictionary: lists.dictionary))
      case .constant, .null: payload
      }
    return Values(type: type, payload: sliced, validity: validity?[range], count: range.count)
  }
}
