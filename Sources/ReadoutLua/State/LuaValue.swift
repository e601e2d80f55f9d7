import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// A value on its way between Swift and Lua.
indirect enum LuaValue {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string([UInt8])
  /// The fields as `isBefore` has their keys.
  case table(items: [LuaValue], fields: [(key: LuaValue, value: LuaValue)])
  /// A Lua function (or any value) kept in the registry.
  case reference(LuaReference)
  /// A Swift object that scripts hold as a userdata of its class.
  case object(any LuaObject)
  /// A Swift function that scripts can call, by its number in `LuaHost`.
  case host(Int32)

  static func string(_ text: String) -> LuaValue { .string(Array(text.utf8)) }
  static func table(_ fields: [(String, LuaValue)]) -> LuaValue {
    .table(items: [], fields: fields.map { (.string($0.0), $0.1) })
  }
}

/// A Swift object that scripts can hold: its class tells which methods it has.
protocol LuaObject: AnyObject {
  static var classNumber: Int32 { get }
}

extension LuaValue {
  /// A string; bytes that are no UTF-8 are shown as U+FFFD.
  var text: String? {
    if case .string(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
  var function: LuaReference? {
    if case .reference(let reference) = self { reference } else { nil }
  }
  var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }
  var isTrue: Bool {
    if case .boolean(true) = self { true } else { false }
  }
  var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The value under a string key of a table; `.null` where there is none.
  subscript(key: String) -> LuaValue {
    guard case .table(_, let fields) = self else { return .null }
    return fields.first { $0.key.text == key }?.value ?? .null
  }

  /// The values at 1, 2, 3 …; empty for anything but a table.
  var items: [LuaValue] {
    if case .table(let items, _) = self { items } else { [] }
  }

  /// What Lua's `type` says, with an article: `a string`.
  var typeName: String {
    switch self {
    case .null: "nil"
    case .boolean: "a boolean"
    case .integer, .number: "a number"
    case .string: "a string"
    case .table: "a table"
    case .reference, .host: "a function"
    case .object: "an object"
    }
  }

  /// Where a string is no UTF-8, its first such byte; nil for other values.
  var invalidByte: Int? {
    if case .string(let bytes) = self { UTF8Check.firstInvalid(bytes.span) } else { nil }
  }

  /// What to do about a string that ends within a character.
  static let hintForCutCharacter = "string.sub and others count bytes; utf8.offset(s, n) is where character n begins"

  /// Refuses a string that is no UTF-8.
  /// - Parameter what: What it is: `a field`.
  func checkText(_ what: String = "a string") throws(ReadoutError) {
    guard case .string(let bytes) = self, let offset = invalidByte else { return }
    throw ReadoutError(
      .request, "\(what) that is no UTF-8", value: "0x" + ShownNumber.hexadecimal(bytes[offset]),
      place: .init(detail: "byte \(offset + 1) of \(bytes.count)"))
  }

  /// Numbers before strings, each ascending, strings by their bytes; then the rest.
  func isBefore(_ other: LuaValue) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)): a.lexicographicallyPrecedes(b)
    case (.integer(let a), .integer(let b)): a < b
    default: (place, number ?? 0) < (other.place, other.number ?? 0)
    }
  }

  private var place: Int {
    switch self {
    case .integer, .number: 0
    case .string: 1
    default: 2
    }
  }

  /// A number as a float.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value as plain data; functions, objects and strings that are no UTF-8 are refused, `what` naming the table they stand in.
  func data(_ what: String) throws(ReadoutError) -> LuaData {
    switch self {
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let bytes):
      try checkText("a string in \(what)")
      return .string(String(decoding: bytes, as: UTF8.self))
    case .table(let items, let fields):
      var dataItems: [LuaData] = []
      for item in items { dataItems.append(try item.data(what)) }
      var dataFields: [LuaData.Field] = []
      for field in fields { dataFields.append(.init(try field.key.data(what), try field.value.data(what))) }
      return .table(items: dataItems, fields: dataFields)
    case .reference, .object, .host:
      throw ReadoutError(.request, "\(what) is plain data, it cannot hold \(typeName)")
    }
  }
}
