/// The columns of a pairing's result, by name and source.
struct PairedFields {
  private(set) var fields: [Table.Field]
  private(set) var sources: [PairedTable.Source]
  private var names: Set<String>

  /// The left side's columns as they are.
  init(left: [Table.Field]) {
    fields = left
    names = Set(left.map(\.name))
    sources = left.indices.map { .left($0) }
  }

  /// Adds the right side's columns without its keys, which equal the left ones.
  /// - Parameter prefixesAll: Whether every column gets the prefix, or only one whose name is taken.
  mutating func add(
    right: [Table.Field], without keys: [BoundKeyPair], prefix: String, prefixesAll: Bool
  ) throws(ReadoutError) {
    let taken = Set(fields.map(\.name))
    for (index, field) in right.enumerated() where !keys.contains(where: { $0.right == index }) {
      let name = prefixesAll || taken.contains(field.name) ? prefix + field.name : field.name
      try add(Table.Field(name, field.type), .right(index), prefix)
    }
  }

  /// Adds the offset between two times.
  mutating func addOffset(left: Int, right: Int, type: DataType, prefix: String) throws(ReadoutError) {
    let name = fields.contains { $0.name == "offset" } ? "\(prefix)offset" : "offset"
    try add(Table.Field(name, type), .offset(left: left, right: right), prefix)
  }

  private mutating func add(
    _ field: Table.Field, _ source: PairedTable.Source, _ prefix: String
  ) throws(ReadoutError) {
    guard names.insert(field.name).inserted else {
      throw ReadoutError(
        .request, "two columns would have the same name", value: field.name,
        hint: "give another prefix, such as prefix = '\(prefix.isEmpty ? "other_" : prefix + "2_")'")
    }
    fields.append(field)
    sources.append(source)
  }
}

extension PairedFields {
  /// The columns of the left side that the wanted columns come from.
  func leftColumns(for needed: Set<Int>) -> Set<Int> {
    Set(
      needed.compactMap { index in
        switch sources[index] {
        case .left(let column), .offset(let column, _): column
        case .right: nil
        }
      })
  }

  /// The columns of the right side that the wanted columns come from; nil wants all.
  func rightColumns(for needed: Set<Int>?) -> Set<Int> {
    Set(
      (needed ?? Set(sources.indices)).compactMap { index in
        switch sources[index] {
        case .right(let column), .offset(_, let column): column
        case .left: nil
        }
      })
  }
}
