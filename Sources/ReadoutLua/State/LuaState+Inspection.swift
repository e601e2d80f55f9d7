import CLuaBridge
import ReadoutEngine

/// A Lua value as lifting looks at it: plain ones by value, tables and functions where they stand.
enum SeenValue {
  case plain(LuaValue)
  case table(LuaReference, Metatable)
  case function(LuaReference)

  /// Whose metatable a table has, in the order of the bridge's `BRIDGE_NO_METATABLE` and so on.
  enum Metatable: Int {
    case none, own
    /// The sandbox's: of `math` and its like, which nothing changes, and of the globals.
    case library, globals
  }
}

/// Looking into the values of a state without running a script.
extension LuaState {
  /// The upvalue of a Lua function by its name; nil where there is none, or several.
  func upvalue(named wanted: String, of function: LuaReference) throws(ReadoutError) -> SeenValue? {
    var found: SeenValue?
    var number: Int32 = 1
    while true {
      var name: UnsafePointer<CChar>?
      try run { unsafe bridge_upvalue(bridge, function.number, number, &name) }
      guard let own = unsafe name else { return found }
      let value = seen()
      if unsafe String(cString: own) == wanted {
        if found != nil { return nil }
        found = value
      }
      number += 1
    }
  }

  /// What indexing a table gives, by its metatable where it has one: only that of the sandbox runs nothing of a script's.
  func index(_ table: LuaReference, by key: LuaValue) throws(ReadoutError) -> SeenValue {
    let flat = FlatValues([key], host: host)
    try run { unsafe flat.withBridge { unsafe bridge_index(bridge, table.number, $0) } }
    return seen()
  }

  /// The name of a library function, such as `string.find`; nil for any other value.
  func libraryName(of function: LuaReference) throws(ReadoutError) -> String? {
    var name: UnsafePointer<CChar>?
    try run { unsafe bridge_library_name(bridge, function.number, &name) }
    // Sound: the name stays in the state's table of names.
    return unsafe name.map { unsafe String(cString: $0) }
  }

  /// Which of the functions of `source` a Lua function is, in the order in which they begin, where there are `count` of them; nil
  /// where several are alike. Compiles the source again; nil as well where the state has compiled 64 MB for such questions.
  func place(of function: LuaReference, among count: Int, in source: [UInt8]) -> Int? {
    guard comparedBytes < 64 << 20 else { return nil }
    comparedBytes += source.count
    var (number, functions) = (0, 0)
    do throws(ReadoutError) {
      try run {
        unsafe source.withUnsafeBufferPointer { text in
          unsafe bridge_find_function(bridge, function.number, text.baseAddress, text.count, &number, &functions)
        }
      }
    } catch { return nil }
    return number > 0 && functions == count + 1 ? number - 1 : nil
  }

  private func seen() -> SeenValue {
    var count = 0
    let results = unsafe bridge_results(bridge, &count)
    // Sound: the bridge has just left one value there.
    let value = unsafe results.values.pointee
    guard Int(value.kind) == BRIDGE_FUNCTION else { return unsafe .plain(host.values(results, count: 1)[0]) }
    let reference = LuaReference(Int32(value.payload), of: host)
    guard Int(value.count) == BRIDGE_TABLE else { return .function(reference) }
    return .table(reference, SeenValue.Metatable(rawValue: Int(value.fields)) ?? .own)
  }
}
