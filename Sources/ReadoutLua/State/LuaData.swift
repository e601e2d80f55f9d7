/// A Lua value as plain data: what a description file or a script's table says, without functions and metatables.
public indirect enum LuaData: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  /// The values at 1, 2, 3 … up to the first nil, and the other keys in ascending order (numbers before strings).
  case table(items: [LuaData], fields: [Field])

  public struct Field: Sendable, Hashable {
    public var key: LuaData
    public var value: LuaData

    public init(_ key: LuaData, _ value: LuaData) {
      self.key = key
      self.value = value
    }
  }
}

extension LuaData {
  public static let empty = LuaData.table(items: [], fields: [])

  /// The value under a string key of a table; `.null` where there is none.
  public subscript(key: String) -> LuaData {
    guard case .table(_, let fields) = self else { return .null }
    return fields.first { $0.key == .string(key) }?.value ?? .null
  }

  /// The values at 1, 2, 3 …; empty for anything but a table.
  public var items: [LuaData] {
    if case .table(let items, _) = self { items } else { [] }
  }

  /// The string keys of a table with their values, in ascending order of the keys.
  public var entries: [(key: String, value: LuaData)] {
    guard case .table(_, let fields) = self else { return [] }
    return fields.compactMap { field in
      if case .string(let key) = field.key { (key, field.value) } else { nil }
    }
  }

  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }
  public var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }
  public var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  public var isNull: Bool { self == .null }

  /// What Lua's `type` says.
  public var typeName: String {
    switch self {
    case .null: "nil"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .table: "table"
    }
  }
}
