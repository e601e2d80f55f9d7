import CLuaBridge
import ReadoutEngine

/// The strings of dictionaries in one Lua state: each is made once, when a row first asks for it.
struct InternedDictionaries {
  /// Dictionaries remembered at a time; the oldest goes first.
  private static let capacity = 16
  /// Larger dictionaries are not remembered: their strings may be many times what a metric needs.
  private static let largest = 1 << 20

  private var tables: [(dictionary: StringDictionary, table: LuaReference)] = []

  /// The table of a dictionary's strings; nil where the state has no room for it.
  mutating func table(of dictionary: StringDictionary, in state: LuaState) throws(ReadoutError) -> LuaReference? {
    if let known = tables.first(where: { $0.dictionary === dictionary }) { return known.table }
    guard dictionary.count <= Self.largest,
      dictionary.byteCount + dictionary.count * 64 < state.limits.memory / 4
    else { return nil }
    var number: Int32 = 0
    try state.run { unsafe bridge_table(state.bridge, dictionary.count, &number) }
    let table = LuaReference(number, of: state.host)
    if tables.count == Self.capacity { tables.removeFirst() }
    tables.append((dictionary, table))
    return table
  }
}
