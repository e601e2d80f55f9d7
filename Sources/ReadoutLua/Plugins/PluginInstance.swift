import ReadoutEngine

/// A plugin run in a Lua state of its own: the functions of its metrics.
final class PluginInstance: @unchecked Sendable {
  // Sound: nothing changes after `init`, and calls into the state take turns.
  let metrics: [MetricFunctions]
  private let state: LuaState
  private let file: String
  private let tables: [LuaValue]

  init(
    file: String, source: [UInt8], limits: LuaLimits, text: any TextFunctions, inputs: InputFiles?
  ) throws(ReadoutError) {
    self.file = file
    let state = try LuaState(limits: limits, text: text, noting: NotedFiles(inputs, as: .plugin))
    self.state = state
    let globals = GlobalsBox()
    let compile = state.moduleCompiler(folder: SourceFile.folder(of: file)) { globals.value }
    globals.value = try Sandbox(state).globals(extras: [], isOpen: false, compile: compile)
    let chunk = try state.compile(source, file: file, globals: globals.value!)
    let results = try state.call(chunk)
    tables = try Self.tables(results.first ?? .null, file)
    metrics = tables.map { MetricFunctions($0, in: state) }
  }

  /// Each is looked for in the source: a file of too many would take minutes to load.
  private static let mostMetrics = 1_000

  /// One metric, or a list of them.
  private static func tables(_ result: LuaValue, _ file: String) throws(ReadoutError) -> [LuaValue] {
    if case .table(let items, let fields) = result {
      if items.isEmpty, !fields.isEmpty { return [result] }
      if !items.isEmpty, fields.isEmpty {
        guard items.count <= mostMetrics else {
          throw ReadoutError(
            .plugin, "too many metrics in one plugin", value: "\(items.count)", place: .init(file: file),
            hint: "at most \(mostMetrics)")
        }
        return items
      }
    }
    throw ReadoutError(
      .plugin, "a plugin returns a metric, or a list of metrics", value: result.typeName, place: .init(file: file),
      hint: "end it with return { name = …, each = … }")
  }

  /// What the tables say, checked; and that no function keeps state.
  func definitions(of source: SourceText) throws(ReadoutError) -> [MetricDefinition] {
    let reader = MetricReader(file: file, source: source, blame: .plugin)
    var definitions: [MetricDefinition] = []
    var names: Set<String> = []
    for (table, functions) in zip(tables, metrics) {
      var definition = try reader.definition(of: table)
      guard names.insert(definition.name).inserted else {
        throw reader.wrong("two metrics have one name", value: definition.name)
      }
      definition.lines = try functions.checkedLines(of: definition)
      definitions.append(definition)
    }
    return definitions
  }
}

/// The globals of a state, known only after the functions that need them are made.
final class GlobalsBox {
  var value: LuaReference?
}

extension MetricFunctions {
  /// The lines of the metric's file where the functions begin, after a check that none keeps state between calls.
  func checkedLines(of definition: MetricDefinition) throws(ReadoutError) -> [String: Int] {
    var lines: [String: Int] = [:]
    for key in MetricReader.functionKeys {
      guard let function = functions[key], let place = state.definition(of: function) else { continue }
      let what = key == "each" ? "metric \(definition.name)" : "\(key) of metric \(definition.name)"
      if place.file == definition.file { lines[key] = place.lines.lowerBound }
      try state.purity(of: place.file)?.check(place, what, blame: definition.blame) { count in
        state.place(of: function, among: count, in: state.sources[place.file] ?? [])
      }
    }
    return lines
  }
}
