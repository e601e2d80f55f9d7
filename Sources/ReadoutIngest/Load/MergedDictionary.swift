import ReadoutEngine
import ReadoutVectors

/// The dictionary of one column, from the strings that the workers met.
struct MergedDictionary: Sendable {
  let strings: StringVector
  /// By interner: the column's code for each of its codes.
  let tables: [Int: Vector<UInt32>]

  /// The distinct strings in their order where that is cheap, else in the order of their first appearance. nil where no chunk has codes, and
  /// where a string column has too many distinct strings for a dictionary of its rows to pay, or they pass its 4 GiB.
  ///
  /// - Throws: where the items of lists pass it.
  init?(
    of parts: [ParsedColumn], type: DataType, interners: [StringVector], rows: Int, named name: String
  ) throws(ReadoutError) {
    let coded = parts.compactMap(\.interned)
    guard !coded.isEmpty else { return nil }
    // Some chunks hold bytes: a worker has given codes up.
    if type == .string, parts.contains(where: { if case .chunk = $0 { true } else { false } }) { return nil }
    let pays = { (distinct: Int) in type != .string || DictionaryPolicy.pays(distinct: distinct, rows: rows) }
    // There are as many distinct strings as one worker met, or more.
    guard coded.allSatisfy({ pays($0.fresh.upperBound) }) else { return nil }
    var merged = StringInterner()
    var growing: [Int: MutableVectorBox] = [:]
    for (interner, fresh) in coded {
      let strings = interners[interner]
      let table = growing[interner] ?? MutableVectorBox()
      growing[interner] = table
      // Also the strings of chunks in between whose second parse was not needed: the first one has brought them already.
      for code in table.codes.count..<max(table.codes.count, fresh.upperBound) {
        guard merged.hasRoom(for: strings.length(code)) else {
          if type == .string { return nil }
          throw .tooManyItems(in: name)
        }
        table.codes.append(merged.intern(strings.bytes, Int(strings.starts[code])..<Int(strings.ends[code])))
      }
      if !pays(merged.count) { return nil }
    }
    // A column without any value has code 0 in every row.
    if merged.count == 0 { _ = merged.intern("") }
    let met = merged.freeze()
    let maps = growing.mapValues { $0.take() }
    if let sorted = DictionarySort(met, rows: rows) {
      strings = sorted.strings
      tables = maps.mapValues { sorted.ranks.gather($0) }
    } else {
      (strings, tables) = (met, maps)
    }
  }
}

extension ParsedColumn {
  /// Of a chunk with codes the interner that gave them, and those that were new in it.
  fileprivate var interned: (interner: Int, fresh: Range<Int>)? {
    switch self {
    case .codes(_, _, let interner, let fresh): (interner, fresh)
    case .lists(_, _, _, _, let interner, let fresh): (interner, fresh)
    default: nil
    }
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
