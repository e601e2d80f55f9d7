import ReadoutEngine

/// A value of the state: what it is in a program depends on the program being built.
enum HeldContent {
  case plain(LuaValue)
  case object(any SymbolicObject)
}

/// A Lua function that the state holds.
final class HeldFunction: SymbolicObject {
  let kind = "function"
  let reference: LuaReference
  let unit: SourceUnit
  let syntax: Syntax.Function
  private var upvalues: [String: HeldContent?] = [:]

  init(_ reference: LuaReference, unit: SourceUnit, syntax: Syntax.Function) {
    self.reference = reference
    self.unit = unit
    self.syntax = syntax
  }

  /// The upvalue of a name, looked for once, so that a table stays the same object.
  func upvalue(_ name: String, _ find: () throws(Refusal) -> HeldContent?) throws(Refusal) -> HeldContent? {
    if let known = upvalues[name] { return known }
    let found = try find()
    upvalues.updateValue(found, forKey: name)
    return found
  }
}

/// A function of the library, by its name.
final class LibraryFunction: SymbolicObject {
  let kind = "function"
  let name: String
  init(_ name: String) { self.name = name }
}

/// A function that the lifted function defines in itself.
final class Closure: SymbolicObject {
  let kind = "function"
  let syntax: Syntax.Function
  let unit: SourceUnit
  /// Set once the function's own name is in scope.
  var scope: Scope
  init(_ syntax: Syntax.Function, unit: SourceUnit, scope: Scope) {
    self.syntax = syntax
    self.unit = unit
    self.scope = scope
  }
}

/// A table that the state holds, taken as a constant.
final class HeldTable: SymbolicObject {
  let kind = "table"
  let reference: LuaReference
  let metatable: SeenValue.Metatable
  var isPlain: Bool { metatable == .none }
  private var fields: [LuaKey: HeldContent] = [:]
  var lookup: TableLookup?
  /// The sum of its weights, as a lexicon.
  var score: ColumnOperation?
  var tables: NestedLookup?

  init(_ reference: LuaReference, _ metatable: SeenValue.Metatable) {
    self.reference = reference
    self.metatable = metatable
  }

  func field(_ key: LuaKey, _ find: () throws(Refusal) -> HeldContent) throws(Refusal) -> HeldContent {
    if let known = fields[key] { return known }
    let found = try find()
    fields[key] = found
    return found
  }
}

/// One of a constant table's tables, by its code: which one differs from row to row.
final class SelectedTable: SymbolicObject {
  let kind = "table"
  let lookup: NestedLookup
  let code: Int
  init(_ lookup: NestedLookup, code: Int) {
    self.lookup = lookup
    self.code = code
  }
}

/// A table that the function writes down, of numbers under names: `{ good = 1, bad = -1 }`. It can be handed on, but not changed
/// or looked into.
final class WrittenTable: SymbolicObject {
  let kind = "table"
  let fields: [(key: LuaValue, value: LuaValue)]

  /// The values by their names; nil where one is not ASCII.
  var named: [String: LuaValue]? {
    var named: [String: LuaValue] = [:]
    for (key, value) in fields {
      guard let name = key.text, name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      named[name] = value
    }
    return named
  }

  init(_ fields: [(key: LuaValue, value: LuaValue)]) { self.fields = fields }
}

/// The list that `tokens` or `sentences` gives for a text.
final class TextPieceList: SymbolicObject {
  enum Kind { case tokens, sentences }

  let kind = "table"
  let kindOfPieces: Kind
  /// The program's value.
  let text: Int
  init(_ kind: Kind, of text: Int) {
    kindOfPieces = kind
    self.text = text
  }
}

/// A table of named values that the function is given: a fold's state, or the row.
final class RecordObject: SymbolicObject {
  let kind = "table"
  /// The variables of its fields, by the bytes of their names.
  var fields: [[UInt8]: Int] = [:]
  /// Whether the function may change it.
  let isState: Bool
  init(isState: Bool) { self.isState = isState }
}

/// A list as a parameter: nothing is lifted over its items.
final class ListArgument: SymbolicObject {
  let kind = "table"
}

/// A key of a table.
enum LuaKey: Hashable {
  case string([UInt8])
  case integer(Int64)

  var value: LuaValue {
    switch self {
    case .string(let bytes): .string(bytes)
    case .integer(let value): .integer(value)
    }
  }
}

/// The names that are in scope, innermost first, and the function whose upvalues come after them.
final class Scope {
  let name: String
  let variable: Int
  let outer: Scope?
  let root: HeldFunction

  init(root: HeldFunction) {
    name = ""
    variable = -1
    outer = nil
    self.root = root
  }

  private init(_ name: String, _ variable: Int, outer: Scope) {
    self.name = name
    self.variable = variable
    self.outer = outer
    root = outer.root
  }

  func declaring(_ name: String, as variable: Int) -> Scope { Scope(name, variable, outer: self) }

  func variable(_ wanted: String) -> Int? {
    var scope: Scope? = self
    while let at = scope {
      if at.name == wanted, at.variable >= 0 { return at.variable }
      scope = at.outer
    }
    return nil
  }
}
