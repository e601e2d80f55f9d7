import ReadoutEngine
import ReadoutVectors
import Synchronization

/// The values of a constant table by code, as columns; code 0 is a key that the table does not have.
final class LookupEntries: Sendable {
  private static let count = Atomic<Int>(0)

  let kinds: [ProgramNode.ValueType]
  /// Tells operations of one table from those of another.
  let number: Int
  private let entries: [Entry]

  enum Entry: Sendable {
    case missing
    case truth(Bool)
    case integer(Int64)
    case number(Double)
    case string([UInt8])

    /// Nil for what is neither a number, a string nor a boolean.
    init?(_ value: LuaValue) {
      switch value {
      case .boolean(let flag): self = .truth(flag)
      case .integer(let value): self = .integer(value)
      case .number(let value): self = .number(value)
      case .string(let bytes): self = .string(bytes)
      default: return nil
      }
    }

    var kind: ProgramNode.ValueType? {
      switch self {
      case .missing: nil
      case .truth: .truth
      case .integer: .integer
      case .number: .number
      case .string: .string
      }
    }
  }

  /// The first entry is that of code 1.
  init(_ entries: [Entry]) {
    self.entries = [.missing] + entries
    let present = Set(entries.compactMap(\.kind))
    kinds = [.truth, .integer, .number, .string].filter { present.contains($0) }
    number = Self.newNumber()
  }

  /// A number that no other table has.
  static func newNumber() -> Int { count.add(1, ordering: .relaxed).oldValue }

  /// What was asked for already: each operation holds a column of the whole table.
  private let made = Mutex<[Wanted: ColumnOperation]>([:])

  private enum Wanted: Hashable {
    case test(ProgramNode.ValueType)
    case equality([UInt8])
    case values(ProgramNode.ValueType)
  }

  private func once(_ wanted: Wanted, _ make: () -> ColumnOperation) -> ColumnOperation {
    if let known = made.withLock({ $0[wanted] }) { return known }
    let new = make()
    made.withLock { $0[wanted] = new }
    return new
  }

  /// Whether the value behind a code is of a kind.
  func tests(_ kind: ProgramNode.ValueType) -> ColumnOperation { once(.test(kind)) { makeTests(kind) } }

  /// Whether the value behind a code is this string.
  func tests(equalTo wanted: [UInt8]) -> ColumnOperation { once(.equality(wanted)) { makeTests(equalTo: wanted) } }

  /// The values of a kind behind codes; any value for codes of others.
  func values(_ kind: ProgramNode.ValueType) -> ColumnOperation { once(.values(kind)) { makeValues(kind) } }

  private func makeTests(_ kind: ProgramNode.ValueType) -> ColumnOperation {
    let flags = Vector<UInt8>(entries.map { $0.kind == kind ? 1 : 0 })
    return ColumnOperation("is_\(kind)", detail: "\(number)", result: .truth, costly: false) { a, _, _ in
      Values(booleans: flags.gather(a[0].integers))
    }
  }

  private func makeTests(equalTo wanted: [UInt8]) -> ColumnOperation {
    let flags = Vector<UInt8>(entries.map { if case .string(wanted) = $0 { 1 } else { 0 } })
    return ColumnOperation("==", detail: "\(number) \(wanted)", result: .truth, costly: false) { a, _, _ in
      Values(booleans: flags.gather(a[0].integers))
    }
  }

  private func makeValues(_ kind: ProgramNode.ValueType) -> ColumnOperation {
    switch kind {
    case .truth:
      let all = Vector<UInt8>(entries.map { if case .truth(true) = $0 { 1 } else { 0 } })
      return operation(kind) { Values(booleans: all.gather($0)) }
    case .integer:
      let all = Vector<Int64>(entries.map { if case .integer(let value) = $0 { value } else { 0 } })
      return operation(kind) { Values(integers: all.gather($0)) }
    case .number:
      let all = Vector<Double>(entries.map { if case .number(let value) = $0 { value } else { 0 } })
      return operation(kind) { Values(numbers: all.gather($0)) }
    case .string:
      var builder = StringVectorBuilder()
      for entry in entries {
        if case .string(let bytes) = entry { for byte in bytes { builder.append(byte: byte) } }
        builder.endString()
      }
      let all = builder.freeze()
      return operation(kind) { Values(strings: all.gather($0)) }
    }
  }

  private func operation(
    _ kind: ProgramNode.ValueType, _ gather: @escaping @Sendable (Vector<Int64>) -> Values
  ) -> ColumnOperation {
    ColumnOperation("\(kind)_of", detail: "\(number)", result: kind, costly: false) { a, _, _ in gather(a[0].integers) }
  }
}

/// A constant table of plain values: a key's code, and the values by code.
final class TableLookup: Sendable {
  let entries: LookupEntries
  let codesOfStrings: ColumnOperation
  let codesOfIntegers: ColumnOperation

  /// Whether numbers that are not whole are among the keys: nothing here is looked up by those.
  static func hasFractions(_ table: LuaValue) -> Bool {
    guard case .table(_, let fields) = table else { return false }
    return fields.contains { if case .number = $0.key { true } else { false } }
  }

  /// Nil where a value is neither a number, a string nor a boolean.
  init?(_ table: LuaValue) {
    guard case .table(let items, let fields) = table else { return nil }
    var entries: [LookupEntries.Entry] = []
    var strings = KeyedStrings()
    var integerCodes: [Int64: Int64] = [:]
    let pairs = items.enumerated().map { (LuaValue.integer(Int64($0.offset + 1)), $0.element) }
    for (key, value) in pairs + fields.map({ ($0.key, $0.value) }) {
      guard let entry = LookupEntries.Entry(value) else { return nil }
      entries.append(entry)
      switch key {
      case .string(let bytes): strings.add(bytes, code: entries.count)
      case .integer(let integer): integerCodes[integer] = Int64(entries.count)
      // Nothing is looked up by what else may be a key.
      default: continue
      }
    }
    let all = LookupEntries(entries)
    self.entries = all
    codesOfStrings = strings.frozen().codes("\(all.number) strings")
    codesOfIntegers = ColumnOperation("lookup", detail: "\(all.number) integers", result: .integer) {
      [integerCodes] a, count, wanted in
      Values(integers: a[0].integers.map { integerCodes[$0] ?? 0 })
    }
  }
}

/// A constant table of constant tables, both with strings as keys: which table, and then which of its values.
final class NestedLookup: Sendable {
  let entries: LookupEntries
  /// Of a string, the code of the table under it.
  let codesOfTables: ColumnOperation
  /// Of a table's code and a string, the code of the value under it.
  let codesOfEntries: ColumnOperation

  /// Nil where a value is no table of plain values, or a key no string.
  init?(_ table: LuaValue) {
    guard case .table(let items, let fields) = table, items.isEmpty, !fields.isEmpty else { return nil }
    var entries: [LookupEntries.Entry] = []
    var tables = KeyedStrings()
    var inner: [KeyedStrings.Frozen] = []
    for (key, value) in fields {
      guard case .string(let name) = key, case .table(let innerItems, let innerFields) = value, innerItems.isEmpty
      else {
        return nil
      }
      var strings = KeyedStrings()
      for (key, value) in innerFields {
        guard case .string(let bytes) = key, let entry = LookupEntries.Entry(value) else { return nil }
        entries.append(entry)
        strings.add(bytes, code: entries.count)
      }
      inner.append(strings.frozen())
      tables.add(name, code: inner.count)
    }
    let all = LookupEntries(entries)
    self.entries = all
    codesOfTables = tables.frozen().codes("\(all.number) tables")
    codesOfEntries = ColumnOperation("lookup", detail: "\(all.number) entries", result: .integer, costly: false) {
      [inner] a, count, _ in
      let tables = a[0].integers
      let strings = a[1].strings
      return Values(
        integers: Vector(count: count) { row in
          tables[row] > 0 ? inner[Int(tables[row]) - 1].code(of: strings, row) : 0
        })
    }
  }
}

/// The string keys of a table with their codes.
private struct KeyedStrings: ~Copyable {
  private var strings = StringVectorBuilder()
  private var codes: [Int64] = []

  struct Frozen: Sendable {
    fileprivate let places: StringPlaces
    fileprivate let codes: Vector<Int64>

    /// The code of a row's string; 0 where it is no key.
    func code(of strings: StringVector, _ row: Int) -> Int64 {
      let place = places.place(of: strings, row)
      return place < 0 ? 0 : codes[place]
    }

    /// The codes of a column's strings; `detail` tells the table, and what of it.
    func codes(_ detail: String) -> ColumnOperation {
      ColumnOperation("lookup", detail: detail, result: .integer) { a, count, wanted in
        let strings = a[0].strings
        return Values(
          integers: Vector(count: count) { row in
            if let wanted, wanted[row] == 0 { return 0 }
            return code(of: strings, row)
          })
      }
    }
  }

  mutating func add(_ key: [UInt8], code: Int) {
    for byte in key { strings.append(byte: byte) }
    strings.endString()
    codes.append(Int64(code))
  }

  consuming func frozen() -> Frozen { Frozen(places: StringPlaces(strings.freeze()), codes: Vector(codes)) }
}
