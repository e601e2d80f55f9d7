import ReadoutEngine
import ReadoutVectors
import Synchronization

/// A constant table of plain values as columns: a key's code, and the values by code.
///
/// Code 0 is a key that the table does not have.
final class TableLookup: Sendable {
  private static let count = Atomic<Int>(0)

  let kinds: [ProgramNode.ValueType]
  let codesOfStrings: ColumnOperation
  let codesOfIntegers: ColumnOperation
  private let number: Int
  private let entries: [LuaScalar]

  private enum LuaScalar: Sendable {
    case missing
    case truth(Bool)
    case integer(Int64)
    case number(Double)
    case string([UInt8])

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

  /// Nil where a value is neither a number, a string nor a boolean.
  init?(_ table: LuaValue) {
    guard case .table(let items, let fields) = table else { return nil }
    var entries: [LuaScalar] = [.missing]
    var strings = StringVectorBuilder()
    var stringCodes: [Int64] = []
    var integerCodes: [Int64: Int64] = [:]
    let pairs = items.enumerated().map { (LuaValue.integer(Int64($0.offset + 1)), $0.element) }
    for (key, value) in pairs + fields.map({ ($0.key, $0.value) }) {
      switch value {
      case .boolean(let flag): entries.append(.truth(flag))
      case .integer(let value): entries.append(.integer(value))
      case .number(let value): entries.append(.number(value))
      case .string(let bytes): entries.append(.string(bytes))
      default: return nil
      }
      switch key {
      case .string(let bytes):
        for byte in bytes { strings.append(byte: byte) }
        strings.endString()
        stringCodes.append(Int64(entries.count - 1))
      case .integer(let integer): integerCodes[integer] = Int64(entries.count - 1)
      default: continue
      }
    }
    self.entries = entries
    let present = Set(entries.compactMap(\.kind))
    kinds = [.truth, .integer, .number, .string].filter { present.contains($0) }
    number = Self.count.add(1, ordering: .relaxed).oldValue
    let keys = StringPlaces(strings.freeze())
    let codes = Vector(stringCodes)
    codesOfStrings = ColumnOperation("lookup", detail: "\(number) strings", result: .integer) { a, count, wanted in
      let strings = a[0].strings
      return Values(
        integers: Vector(count: count) { row in
          if let wanted, wanted[row] == 0 { return 0 }
          let place = keys.place(of: strings, row)
          return place < 0 ? 0 : codes[place]
        })
    }
    codesOfIntegers = ColumnOperation("lookup", detail: "\(number) integers", result: .integer) {
      [integerCodes] a, count, wanted in
      Values(integers: a[0].integers.map { integerCodes[$0] ?? 0 })
    }
  }

  /// Whether the value behind a code is of a kind.
  func tests(_ kind: ProgramNode.ValueType) -> ColumnOperation {
    let flags = Vector<UInt8>(entries.map { $0.kind == kind ? 1 : 0 })
    return ColumnOperation("is_\(kind)", detail: "\(number)", result: .truth, costly: false) { a, _, _ in
      Values(booleans: flags.gather(a[0].integers))
    }
  }

  /// The values of a kind behind codes; any value for codes of others.
  func values(_ kind: ProgramNode.ValueType) -> ColumnOperation {
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
