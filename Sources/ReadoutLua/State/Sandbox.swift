import ReadoutEngine

/// The globals of plugins and scripts: an allow-list, read-only, where an unknown name is an error.
///
/// The library tables that scripts see are empty; reading goes through to the real ones behind them, writing is refused.
/// A script therefore cannot change what the next call, or another script, finds.
struct Sandbox {
  private let make: LuaReference
  private let state: LuaState

  /// Sets a new state up; nothing else runs in it before.
  init(_ state: LuaState) throws(ReadoutError) {
    self.state = state
    let blame = state.host.blame
    let unknown = state.host.add { (call) throws(ReadoutError) in throw Self.unknown(call, blame) }
    let chunk = try state.load(Array(Self.source.utf8), chunk: "=sandbox", environment: 0)
    make = try state.callKeeping(chunk, [unknown])
  }

  /// New globals: the library, and `extras` on top. Where they are `open`, the script may add globals of its own.
  ///
  /// `compile` is the host function that `require` calls with a module's name: it gives the module's chunk.
  func globals(
    extras: [(String, LuaValue)], isOpen: Bool, compile: LuaValue
  ) throws(ReadoutError) -> LuaReference {
    try state.callKeeping(make, [.table(extras), .boolean(isOpen), compile])
  }

  /// The error for a name that is not there: its name, those that are, and the library it was looked for in.
  private static func unknown(_ call: HostCall, _ blame: ReadoutError.Blame) -> ReadoutError {
    let library = call[1].text ?? ""
    guard let name = call[0].text else {
      return ReadoutError(blame, "a global has a name", value: call[0].typeName, place: call.place)
    }
    let full = library + name
    var names: [String] = []
    if case .table(let items, _) = call[2] { names = items.compactMap(\.text).sorted() }
    return ReadoutError(
      blame, library.isEmpty ? "unknown global" : "unknown function", value: full, place: call.place,
      hint: absent[full] ?? Suggestion.hint(for: name, among: names, kind: "there are"))
  }

  /// What Lua has elsewhere and a sandbox does not, with the reason.
  private static let absent: [String: String] = {
    var hints = [
      "string.dump": "there is no bytecode",
      "print": "only an analysis prints",
      "clock": "only an analysis has a clock",
      "collectgarbage": "memory is looked after",
      "coroutine": "there are no coroutines",
    ]
    for name in ["io", "os", "debug", "package"] { hints[name] = "there are no files, processes or debugging here" }
    for name in ["load", "loadstring", "dofile", "loadfile"] {
      hints[name] = "code comes from the file itself and from require"
    }
    return hints
  }()
}
