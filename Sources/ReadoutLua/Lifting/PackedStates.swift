/// States of a fold as bytes, as the bridge's `fold.c` packs and reads them: a kind, then what belongs to it; a table is its pairs and
/// an end.
struct PackedStates {
  private(set) var bytes: [UInt8] = []

  private enum Kind: UInt8 {
    case null, no, yes, integer, number, string, table, end
  }

  /// A group without a state.
  mutating func addNone() { bytes.append(Kind.null.rawValue) }

  mutating func add(_ fields: [(name: String, value: LuaValue)]) {
    bytes.append(Kind.table.rawValue)
    for field in fields where !field.value.isNull {
      add(.string(field.name))
      add(field.value)
    }
    bytes.append(Kind.end.rawValue)
  }

  private mutating func add(_ value: LuaValue) {
    switch value {
    case .boolean(let flag): bytes.append((flag ? Kind.yes : Kind.no).rawValue)
    case .integer(let value): add(.integer, UInt64(bitPattern: value))
    case .number(let value): add(.number, value.bitPattern)
    case .string(let string):
      add(.string, UInt64(string.count))
      bytes += string
    default: bytes.append(Kind.null.rawValue)
    }
  }

  private mutating func add(_ kind: Kind, _ word: UInt64) {
    bytes.append(kind.rawValue)
    // As the machine lays words out, which is little end first wherever Readout runs.
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
  }
}
