import ReadoutEngine
import ReadoutVectors

/// Puts the chunks of one column together: widens what was parsed more narrowly, and brings all codes into one dictionary.
struct ColumnAssembly {
  let type: DataType
  let interners: [StringVector]
  let rows: Int
  let threads: Int

  func column(_ parts: consuming [ParsedColumn]) throws(ReadoutError) -> Column {
    let dictionary = dictionary(of: parts)
    let chunks = Gathered([ColumnChunk?](repeating: nil, count: parts.count))
    let type = type
    let source = Gathered(parts.map(Optional.some))
    let count = parts.count
    _ = consume parts
    let tables = dictionary?.tables
    let distinct = dictionary?.strings.count ?? 0
    try WorkerPool.run(threads: threads, pieces: count) { (_, number) throws(ReadoutError) in
      // Taken, not copied: codes that nobody else has are mapped where they are.
      var taken: ParsedColumn?
      source.update { swap(&$0[number], &taken) }
      let chunk = Self.chunk(taken.take()!, type, tables, distinct)
      chunks.update { $0[number] = chunk }
    }
    let column = Column(
      type: type, chunks: chunks.value.map { $0! }, dictionary: dictionary.map { StringDictionary($0.strings) })
    // A dictionary that does not pay after all.
    if type == .string, distinct > 0, !DictionaryPolicy.pays(distinct: distinct, rows: rows) {
      return StringValues(column).asBytes(type: .string)
    }
    return column
  }

  private static func chunk(
    _ part: consuming ParsedColumn, _ type: DataType, _ tables: [Int: Vector<UInt32>]?, _ distinct: Int
  ) -> ColumnChunk {
    switch consume part {
    case .chunk(let chunk, let from): return from == type ? chunk : chunk.widened(from: from, to: type)!
    case .codes(let codes, let validity, let interner, _):
      guard let table = tables?[interner] else { return ColumnChunk(codes, validity: validity) }
      return ColumnChunk(codes.mapped(table, distinct: distinct), validity: validity)
    case .lists(let starts, let ends, let items, let validity, let interner, _):
      let mapped = tables?[interner].map { items.mapped($0, distinct: distinct) } ?? items
      let nulls = validity.map { $0.count - $0.setCount } ?? 0
      return ColumnChunk(
        count: starts.count, storage: .lists(starts: starts, ends: ends, items: Codes(mapped)), validity: validity,
        zone: ZoneMap(bounds: .none, nullCount: nulls))
    case .nulls(let count):
      let dictionary = distinct > 0 ? StringDictionary(StringVector([""])) : nil
      let nulls = Values(repeating: .null, type: type, count: count)
      return ColumnChunk(encoding: nulls, dictionary: type == .string ? dictionary : nil)
    case .broken: preconditionFailure("a chunk was not parsed again")
    }
  }

  private struct Dictionary {
    var strings: StringVector
    /// By interner: the column's code for each of its codes.
    var tables: [Int: Vector<UInt32>]
  }

  /// The distinct strings in their order where that is cheap, else in the order of their first appearance; nil where no chunk has codes.
  private func dictionary(of parts: [ParsedColumn]) -> Dictionary? {
    var merged = StringInterner()
    var tables: [Int: MutableVectorBox] = [:]
    var isCoded = false
    for part in parts {
      let (interner, fresh): (Int, Range<Int>)
      switch part {
      case .codes(_, _, let number, let range): (interner, fresh) = (number, range)
      case .lists(_, _, _, _, let number, let range): (interner, fresh) = (number, range)
      default: continue
      }
      isCoded = true
      let strings = interners[interner]
      let table = tables[interner] ?? MutableVectorBox()
      tables[interner] = table
      // Also the strings of chunks in between whose second parse was not needed: the first one has brought them already.
      for code in table.codes.count..<max(table.codes.count, fresh.upperBound) {
        table.codes.append(merged.intern(strings.bytes, Int(strings.starts[code])..<Int(strings.ends[code])))
      }
    }
    guard isCoded else { return nil }
    // A column without any value has code 0 in every row.
    if merged.count == 0 { _ = merged.intern("") }
    let strings = merged.freeze()
    let maps = tables.mapValues { $0.take() }
    guard let sorted = DictionarySort(strings, rows: rows) else { return Dictionary(strings: strings, tables: maps) }
    return Dictionary(strings: sorted.strings, tables: maps.mapValues { sorted.ranks.gather($0) })
  }
}

/// A table of codes that grows chunk by chunk.
private final class MutableVectorBox {
  var codes = MutableVector<UInt32>()

  /// At least one entry, for null rows have code 0.
  func take() -> Vector<UInt32> {
    var done = MutableVector<UInt32>()
    swap(&codes, &done)
    if done.isEmpty { done.append(0) }
    return done.freeze()
  }
}
