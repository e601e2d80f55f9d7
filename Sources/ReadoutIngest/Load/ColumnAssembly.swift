import ReadoutEngine
import ReadoutVectors

/// Puts the chunks of each column together: widens what was parsed more narrowly, and brings all codes into one dictionary.
///
/// Dictionaries are merged column by column at the same time, for one is merged by one thread; then the chunks of one column after the
/// other are mapped at the same time, so that no more than one column is held twice.
struct ColumnAssembly {
  let names: [String]
  let types: [DataType]
  let interners: [StringVector]
  let rows: Int
  let threads: Int
  let control: ExecutionControl

  /// The columns, from the parts of each.
  func columns(_ parts: consuming [[ParsedColumn]]) throws(ReadoutError) -> [Column] {
    var parts = parts
    var dictionaries = try dictionaries(of: parts)
    var columns: [Column] = []
    for number in types.indices {
      try control.check()
      var (own, dictionary): ([ParsedColumn], MergedDictionary?) = ([], nil)
      swap(&own, &parts[number])
      swap(&dictionary, &dictionaries[number])
      columns.append(try column(own, types[number], dictionary))
    }
    return columns
  }

  private func dictionaries(of parts: [[ParsedColumn]]) throws(ReadoutError) -> [MergedDictionary?] {
    let found = Gathered([MergedDictionary?](repeating: nil, count: types.count))
    let (names, types, interners, rows, control) = (names, types, interners, rows, control)
    try WorkerPool.run(threads: threads, pieces: types.count) { (_, number) throws(ReadoutError) in
      try control.check()
      let merged = try MergedDictionary(
        of: parts[number], type: types[number], interners: interners, rows: rows, named: names[number])
      found.update { $0[number] = merged }
    }
    return found.value
  }

  private func column(
    _ parts: consuming [ParsedColumn], _ type: DataType, _ dictionary: MergedDictionary?
  ) throws(ReadoutError) -> Column {
    let chunks = Gathered([ColumnChunk?](repeating: nil, count: parts.count))
    let source = Gathered(parts.map(Optional.some))
    let count = parts.count
    _ = consume parts
    let interners = interners
    try WorkerPool.run(threads: threads, pieces: count) { (_, number) throws(ReadoutError) in
      // Taken, not copied: codes that nobody else has are mapped where they are.
      var taken: ParsedColumn?
      source.update { swap(&$0[number], &taken) }
      let chunk = Self.chunk(taken.take()!, type, dictionary, interners)
      chunks.update { $0[number] = chunk }
    }
    return Column(
      type: type, chunks: chunks.value.map { $0! }, dictionary: dictionary.map { StringDictionary($0.strings) })
  }

  private static func chunk(
    _ part: consuming ParsedColumn, _ type: DataType, _ dictionary: MergedDictionary?, _ interners: [StringVector]
  ) -> ColumnChunk {
    switch consume part {
    case .chunk(let chunk, let from): return from == type ? chunk : chunk.widened(from: from, to: type)!
    case .codes(let codes, let validity, let interner, _):
      guard let dictionary else { return bytes(ColumnChunk(codes, validity: validity), interners[interner]) }
      return ColumnChunk(
        codes.mapped(dictionary.tables[interner]!, distinct: dictionary.strings.count), validity: validity)
    case .lists(let starts, let ends, let items, let validity, let interner, _):
      let dictionary = dictionary!
      let mapped = items.mapped(dictionary.tables[interner]!, distinct: dictionary.strings.count)
      let nulls = validity.map { $0.count - $0.setCount } ?? 0
      return ColumnChunk(
        count: starts.count, storage: .lists(starts: starts, ends: ends, items: Codes(mapped)), validity: validity,
        zone: ZoneMap(bounds: .none, nullCount: nulls))
    case .nulls(let count):
      let coded = dictionary == nil ? nil : StringDictionary(StringVector([""]))
      let nulls = Values(repeating: .null, type: type, count: count)
      return ColumnChunk(encoding: nulls, dictionary: type == .string ? coded : nil)
    case .broken: preconditionFailure("a chunk was not parsed again")
    }
  }

  /// A chunk of a column without a dictionary, the strings its codes stand for taken from the interner that gave them.
  private static func bytes(_ chunk: ColumnChunk, _ strings: StringVector) -> ColumnChunk {
    // A worker that met no value has no string for the code of its nulls.
    let dictionary = StringDictionary(strings.count == 0 ? StringVector([""]) : strings)
    return StringValues(Column(type: .string, chunks: [chunk], dictionary: dictionary)).asBytes(type: .string).chunks[0]
  }
}
