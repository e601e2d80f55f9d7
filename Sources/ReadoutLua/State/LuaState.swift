import CLuaBridge
import ReadoutEngine
import ReadoutVectors
import Synchronization

/// One Lua virtual machine with its sandbox: owner of a `lua_State`.
///
/// Used by one thread at a time: whoever shares a state between threads calls inside `locked`. Every call is protected and
/// bounded by the limits; what scripts do wrong has the state's blame.
@safe final class LuaState: @unchecked Sendable {
  // Sound: `bridge` lives as long as the state; calls from several threads take turns through `locked`.
  let bridge: OpaquePointer
  let host: LuaHost
  let limits: LuaLimits
  /// Where the files that it compiles are noted; nil is nowhere.
  private let noted: NotedFiles?
  private let turn = Mutex<Void>(())
  private var depth = 0
  /// Of the call that runs.
  private var time: CallTime?
  /// What the call that runs was ended with by the host.
  private var ending: ReadoutError?
  private var chargedBytes = 0
  /// Bytes of source that were compiled to tell functions apart.
  var comparedBytes = 0
  /// Whether rows are being worked on: scripts must not start queries then.
  private(set) var isInBatch = false
  /// The files that were compiled, by name.
  var sources: [String: [UInt8]] = [:]
  private var units: [String: SourceUnit] = [:]
  private var dictionaries = InternedDictionaries()

  /// Opens a state with its sandbox made; the memory limit counts from then on.
  init(
    limits: LuaLimits, text: any TextFunctions, blame: ReadoutError.Blame = .plugin, noting noted: NotedFiles? = nil
  ) throws(ReadoutError) {
    self.noted = noted
    host = LuaHost(text: text, blame: blame)
    self.limits = limits
    // The host outlives the bridge: both are let go of in `deinit`, the bridge first.
    guard let opened = unsafe bridge_open(LuaHost.callbacks, Unmanaged.passUnretained(host).toOpaque()) else {
      throw ReadoutError(.request, "not enough memory for a Lua state")
    }
    unsafe bridge = unsafe opened
    unsafe host.bridge = unsafe opened
    unsafe bridge_limit_memory(bridge, limits.memory)
  }

  deinit {
    unsafe bridge_close(bridge)
    MemoryAccount.release(chargedBytes)
  }

  /// Runs `body` while no other thread uses the state.
  func locked<R>(_ body: () throws(ReadoutError) -> R) throws(ReadoutError) -> R {
    try turn.withLock { (_) throws(ReadoutError) in
      isInBatch = true
      defer { isInBatch = false }
      return try body()
    }
  }

  /// Makes one call of the bridge, bounded in time and memory; `body` gives the bridge's status.
  ///
  /// A call from within another one (a row function of a query that a script runs) shares its deadline.
  /// - Parameters:
  ///   - instructions: How many of the VM it may take before it fails; nil is without limit.
  ///   - worker: Whose query it is made for; nil outside of queries.
  ///   - plugin: Whose functions it calls; nil where they are an analysis's own.
  func run(
    _ instructions: Int32? = nil, for worker: Worker? = nil, of plugin: Plugin? = nil, _ body: () -> Int32
  ) throws(ReadoutError) {
    var isTimed = false
    // Whom a call is made for must not be held longer: a worker holds its states.
    defer { if depth == 0 { time = nil } }
    if depth == 0 {
      let time = CallTime(limits, worker: worker, plugin: plugin)
      if time.isUsedUp { throw time.error(host.blame) }
      ending = nil
      unsafe bridge_begin(bridge)
      if let duration = time.duration { isTimed = unsafe bridge_arm(bridge, duration.nanoseconds) }
      self.time = time
    }
    // Within a script's call as well: its queries would keep all that they made until it ends.
    for number in host.released.take() { unsafe bridge_release(bridge, number) }
    if let instructions { unsafe bridge_count_instructions(bridge, instructions) }
    depth += 1
    let status = body()
    depth -= 1
    if instructions != nil { unsafe bridge_count_instructions(bridge, 0) }
    if isTimed { unsafe bridge_disarm(bridge) }
    if depth == 0 { time?.end() }
    chargeMemory()
    if status != 0 { throw error() }
  }

  /// Ends the running call with this error, whatever the script catches.
  func end(with error: ReadoutError) {
    ending = error
    unsafe bridge_stop(bridge, Int32(BRIDGE_STOP_CANCELLED))
  }

  /// Ends the running call where its time is up: for work of the host, which no hook reaches.
  func checkTime() throws(ReadoutError) {
    if let time, time.isOver { throw time.error(host.blame) }
  }

  /// The table of a dictionary's strings in this state; nil where there is no room for it.
  func interned(_ dictionary: StringDictionary) throws(ReadoutError) -> LuaReference? {
    try dictionaries.table(of: dictionary, in: self)
  }

  /// Keeps the source of a file that is about to be compiled; what is noted are the file's own bytes.
  func keep(_ text: SourceText, of file: String, contents: [UInt8]) {
    noted?.files.note(file, as: sources.isEmpty ? noted!.role : .module, contents: contents)
    sources[file] = text.bytes
  }

  /// Keeps the syntax of a file that is about to be compiled.
  func keep(_ unit: SourceUnit) { units[unit.file] = unit }

  /// The check of a file's functions; nil for a file that was not compiled here.
  func purity(of file: String) -> PurityCheck? { unit(of: file).map { PurityCheck($0) } }

  /// The syntax of a file; nil for one that was not compiled here.
  func unit(of file: String) -> SourceUnit? { units[file] }

  private func chargeMemory() {
    let held = unsafe bridge_memory(bridge)
    MemoryAccount.charge(held - chargedBytes)
    chargedBytes = held
  }

  static let memoryLimitMessage = "stopped at its memory limit"

  /// What the last failed call of the bridge left.
  private func error() -> ReadoutError {
    let record = unsafe bridge_error_of(bridge)!.pointee
    let file = unsafe record.source.map { unsafe String(cString: $0 + 1) }
    let place = unsafe ReadoutError.Place(file: file, line: record.line > 0 ? Int(record.line) : nil)
    if unsafe record.stopped != 0, let ending { return ending }
    switch unsafe Int(record.stopped) {
    case BRIDGE_STOP_TIME:
      return time?.error(host.blame, at: place) ?? .bug("stopped without a limit")
    case BRIDGE_STOP_MEMORY:
      return ReadoutError(
        host.blame, Self.memoryLimitMessage, value: MemoryAccount.shown(limits.memory), place: place,
        hint: "keep less in tables and strings")
    case BRIDGE_STOP_CANCELLED: return .cancelled
    default: break
    }
    if unsafe record.is_host {
      return unsafe ReadoutError(fields: host.values(record.host, count: 1)[0]).at(file: file, line: place.line)
    }
    let message = unsafe UnsafeRawBufferPointer(start: record.message, count: record.message_length)
    return unsafe ReadoutError(host.blame, String(decoding: message, as: UTF8.self), place: place)
  }
}

extension LuaState {
  /// Compiles source text with `environment` as its globals. `name` is the file as the user knows it.
  func load(_ source: [UInt8], file: String, environment: LuaReference) throws(ReadoutError) -> LuaReference {
    try load(source, chunk: "@" + file, environment: environment.number)
  }

  func load(_ source: [UInt8], chunk: String, environment: Int32) throws(ReadoutError) -> LuaReference {
    var function: Int32 = 0
    try run {
      unsafe source.withUnsafeBufferPointer { text in
        unsafe bridge_load(bridge, text.baseAddress, text.count, chunk, environment, &function)
      }
    }
    return LuaReference(function, of: host)
  }

  /// Calls a function and gives its results as values.
  func call(_ function: LuaReference, _ arguments: [LuaValue] = []) throws(ReadoutError) -> [LuaValue] {
    let flat = FlatValues(arguments, host: host)
    try run { unsafe flat.withBridge { unsafe bridge_invoke(bridge, function.number, $0, flat.count) } }
    var count = 0
    let results = unsafe bridge_results(bridge, &count)
    return unsafe host.values(results, count: count)
  }

  /// Calls a function and keeps its first result in the state.
  func callKeeping(_ function: LuaReference, _ arguments: [LuaValue] = []) throws(ReadoutError) -> LuaReference {
    let flat = FlatValues(arguments, host: host)
    var result: Int32 = 0
    try run {
      unsafe flat.withBridge { unsafe bridge_invoke_keeping(bridge, function.number, $0, flat.count, &result) }
    }
    return LuaReference(result, of: host)
  }

  /// Keeps a value in the state.
  func keep(_ value: LuaValue) throws(ReadoutError) -> LuaReference {
    let flat = FlatValues([value], host: host)
    var reference: Int32 = 0
    try run { unsafe flat.withBridge { unsafe bridge_keep(bridge, $0, &reference) } }
    return LuaReference(reference, of: host)
  }

  /// The value behind a reference.
  func value(_ reference: LuaReference) throws(ReadoutError) -> LuaValue {
    try run { unsafe bridge_fetch(bridge, reference.number) }
    var count = 0
    let results = unsafe bridge_results(bridge, &count)
    return unsafe host.values(results, count: count)[0]
  }

  /// Where a Lua function stands in its source; nil for a function of the host.
  func definition(of function: LuaReference) -> FunctionDefinition? {
    var description = unsafe bridge_function()
    guard unsafe bridge_describe(bridge, function.number, &description), let source = unsafe description.source else {
      return nil
    }
    return unsafe FunctionDefinition(
      file: String(cString: source + 1),
      lines: Int(description.first_line)...max(Int(description.first_line), Int(description.last_line)),
      parameters: Int(description.parameters))
  }

  /// Makes a class of objects known: methods and metamethods (names with `__`) by host functions.
  func define(_ type: any LuaObject.Type, members: [(String, LuaValue)]) throws(ReadoutError) {
    let flat = FlatValues(members.flatMap { [.string($0.0), $0.1] }, host: host)
    try run { unsafe flat.withBridge { unsafe bridge_define(bridge, type.classNumber, $0, members.count) } }
  }
}

/// Where a Lua function was written.
struct FunctionDefinition: Equatable {
  var file: String
  var lines: ClosedRange<Int>
  var parameters: Int
}

extension Duration {
  /// Whole nanoseconds, at most `Int64.max`.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, tooLarge) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || tooLarge ? .max : sum
  }
}
