import CLuaBridge
import ReadoutEngine
import Synchronization

/// A running analysis: its Lua state, its host, and the metrics that it has defined.
final class Analysis {
  let state: LuaState
  let host: any AnalysisHost
  private(set) var metrics: [FunctionRegistry.Entry] = []
  /// Where metrics are defined, by name.
  private var definedMetrics: [String: Int] = [:]
  private var rowFunctions = 0
  private var places: [String: StepPlaces] = [:]
  private let start = ContinuousClock.now

  init(state: LuaState, host: any AnalysisHost) {
    self.state = state
    self.host = host
  }

  /// The script's globals: the sandbox, and what only analyses have.
  func globals(arg: LuaValue, folder: String) throws(ReadoutError) -> LuaReference {
    try state.define(DatasetObject.self, members: DatasetObject.members(of: self))
    try state.define(QueryObject.self, members: QueryObject.members(of: self))
    let box = GlobalsBox()
    let compile = state.moduleCompiler(folder: folder) { box.value }
    let write = function(takingBytes: true) { (analysis, call) throws(ReadoutError) in
      analysis.host.print(call[0].text ?? "")
      return []
    }
    let print = try state.callKeeping(
      try state.load(Array(Self.printSource.utf8), chunk: "=print", environment: 0), [write])
    let extras: [(String, LuaValue)] = [
      ("arg", arg), ("print", .reference(print)), ("open", function(Self.open)), ("dataset", function(Self.dataset)),
      ("metric", function(Self.metric)),
      (
        "clock",
        function { (analysis, _) throws(ReadoutError) in
          let (seconds, attoseconds) = (ContinuousClock.now - analysis.start).components
          return [.number(Double(seconds) + Double(attoseconds) * 1e-18)]
        }
      ),
    ]
    box.value = try Sandbox(state).globals(extras: extras, isOpen: true, compile: compile)
    return box.value!
  }

  /// A function of the analysis that scripts can call; not from a function of rows, which may run on any thread.
  /// - Parameter takingBytes: Whether strings that are no UTF-8 are not refused.
  func function(
    takingBytes: Bool = false, _ body: @escaping (Analysis, HostCall) throws(ReadoutError) -> [LuaValue]
  ) -> LuaValue {
    state.host.add { [unowned self] (call) throws(ReadoutError) in
      guard !state.isInBatch else {
        throw ReadoutError(
          .request, "not available in a function of rows", place: call.place,
          hint: "compute it before the query, and use the result in the function")
      }
      unsafe bridge_begin_query(state.bridge)
      do throws(ReadoutError) {
        if !takingBytes { for argument in call.arguments { try argument.checkText() } }
        return try body(self, call)
      } catch {
        throw error.at(file: call.file, line: call.line)
      }
    }
  }

  private static let printSource = """
    local write = ...
    local tostring, select, concat = host.tostring, select, table.concat
    return function(...)
      local texts = {}
      for i = 1, select("#", ...) do texts[i] = tostring((select(i, ...))) end
      write(concat(texts, "\\t") .. "\\n")
    end
    """

  // MARK: Globals

  private static func open(_ analysis: Analysis, _ call: HostCall) throws(ReadoutError) -> [LuaValue] {
    guard let path = call[0].text else {
      throw ReadoutError(
        .request, "open takes a path", value: call[0].typeName, place: call.place, hint: "open \"datasets/opcon\"")
    }
    let options = try call[1].data("the options of open")
    do throws(ReadoutError) {
      return [.object(DatasetObject(try analysis.host.open(path, options: options), name: path))]
    } catch {
      // A description has used up its time: a script that catches that could go on with the next one.
      if error.endsQuery { analysis.state.end(with: error) }
      throw error
    }
  }

  private static func dataset(_ analysis: Analysis, _ call: HostCall) throws(ReadoutError) -> [LuaValue] {
    let tables = try RowTables(call[0], in: analysis.state)
    return [.object(DatasetObject(RowDataset(tables, host: analysis.host), name: "dataset"))]
  }

  private static func metric(_ analysis: Analysis, _ call: HostCall) throws(ReadoutError) -> [LuaValue] {
    let file = call.file ?? "analysis"
    let source = SourceText(analysis.state.sources[file] ?? [])
    let reader = MetricReader(file: file, source: source, blame: .request)
    let functions = MetricFunctions(call[0], in: analysis.state)
    var definition = try reader.definition(of: call[0])
    let name = definition.name
    if let line = analysis.definedMetrics[name] {
      throw ReadoutError(
        .request, "a metric of this name is defined already", value: name, place: call.place,
        hint: "queries that use it would change; line \(line) defines the other, give one another name")
    }
    definition.lines = try functions.checkedLines(of: definition)
    let home = AnalysisMetric(functions)
    switch definition.kind {
    case .each: analysis.metrics.append(.scalar(LuaScalarMetric(definition: definition, home: home, index: 0)))
    case .fold: analysis.metrics.append(.aggregate(LuaFoldMetric(definition: definition, home: home, index: 0)))
    }
    analysis.definedMetrics[name] = call.line ?? 0
    return [call[0]]
  }

  // MARK: What queries need

  /// The query, and those that its steps read, with the metrics that the script has defined so far.
  func withMetrics(_ query: Query) throws(ReadoutError) -> Query {
    var query = query
    for metric in metrics { query.functions.register(metric) }
    for (index, step) in query.steps.enumerated() {
      if case .table(let whole) = step.verb { query.steps[index].verb = .table(try whole.mappingQueries(withMetrics)) }
    }
    return query
  }

  /// A name for the next function of rows.
  func nextRowFunction() -> String {
    rowFunctions += 1
    return "row_function_\(rowFunctions)"
  }

  /// The place of a step: of its text in the script, where that can be told, else of the call.
  func place(of call: HostCall, step: String, text: String? = nil) -> ReadoutError.Place {
    var place = call.place
    place.step = step
    guard let file = call.file, let line = call.line, let text, let source = state.sources[file] else { return place }
    let known = places[file] ?? StepPlaces(SourceText(source))
    places[file] = known
    place.line = known.line(of: text, step: step, calledAt: line) ?? line
    return place
  }
}

/// A metric that an analysis defines in place. Lifted it runs on all threads; else in the analysis's own state, one thread at a
/// time.
private final class AnalysisMetric: MetricHome, @unchecked Sendable {
  // Sound: nothing changes but what is locked, and calls into the state take turns.
  private let functions: MetricFunctions
  private let known = Mutex<MergeLaw?>(nil)

  init(_ functions: MetricFunctions) { self.functions = functions }

  func functions(of index: Int, worker: Worker) throws(ReadoutError) -> (functions: MetricFunctions, lease: AnyObject) {
    (functions, self)
  }

  func lifting(of index: Int, _ definition: MetricDefinition) -> MetricLifting {
    MetricLifting(definition, functions, isRunning: true)
  }

  func law(of metric: LuaFoldMetric) throws(ReadoutError) -> MergeLaw {
    try known.withLock { (known) throws(ReadoutError) in
      if let known { return known }
      let law = try MergeTrial.law(of: metric)
      known = law
      return law
    }
  }
}
