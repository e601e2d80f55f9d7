import ReadoutEngine

/// Runs analyses: Lua scripts that open datasets, build queries and write reports.
public struct AnalysisRunner {
  /// The methods of a query that write a report.
  public static let formats = ["csv", "tsv", "json", "jsonl", "markdown"]
  /// The options of those methods.
  public static let reportOptions = ["bom", "disarm"]

  private let host: any AnalysisHost
  private let limits: LuaLimits
  private let text: any TextFunctions
  private let inputs: InputFiles?

  /// - Parameters:
  ///   - limits: For the whole script, its queries included.
  ///   - text: What `words`, `mentions` and `lexicon` do in its functions.
  ///   - inputs: Where the script, and the modules that it requires, are noted.
  public init(
    host: any AnalysisHost, limits: LuaLimits = LuaLimits(), text: any TextFunctions, inputs: InputFiles? = nil
  ) {
    self.inputs = inputs
    self.host = host
    self.limits = limits
    self.text = text
  }

  /// Runs the script at `file`.
  ///
  /// - Parameters:
  ///   - arguments: `arg[1]`, `arg[2]` and so on; `arg[0]` is the file.
  ///   - settings: `arg.NAME`.
  /// - Throws: `ReadoutError` with the script's file and line; blame `.request` for what the script does wrong, and that of
  ///   the data or plugin where one of those failed.
  public func run(
    file: String, arguments: [String] = [], settings: [(name: String, value: String)] = []
  ) throws(ReadoutError) {
    try run(
      try SourceFile.read(file, named: file, limits: limits), file: file, arguments: arguments, settings: settings)
  }

  /// Runs source text as if it were the file.
  public func run(
    source: String, file: String, arguments: [String] = [], settings: [(name: String, value: String)] = []
  ) throws(ReadoutError) {
    try run(Array(source.utf8), file: file, arguments: arguments, settings: settings)
  }

  private func run(
    _ source: [UInt8], file: String, arguments: [String], settings: [(name: String, value: String)]
  ) throws(ReadoutError) {
    do throws(ReadoutError) {
      let state = try LuaState(limits: limits, text: text, blame: .request, noting: NotedFiles(inputs, as: .script))
      defer { state.host.releaseObjects() }
      let analysis = Analysis(state: state, host: host)
      let fields: [(LuaValue, LuaValue)] =
        [(.integer(0), .string(file))] + settings.map { (.string($0.name), .string($0.value)) }
      let arg = LuaValue.table(items: arguments.map { .string($0) }, fields: fields)
      let globals = try analysis.globals(arg: arg, folder: SourceFile.folder(of: file))
      _ = try state.call(try state.compile(source, file: file, globals: globals))
      withExtendedLifetime(analysis) {}
    } catch {
      throw error.at(file: file)
    }
  }
}
