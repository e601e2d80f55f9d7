import ReadoutEngine
import ReadoutLua
import ReadoutVectors

extension Session {
  /// Runs an analysis.
  ///
  /// - Parameters:
  ///   - analysis: The script.
  ///   - arguments: What the script finds in `arg[1]`, `arg[2]`, ….
  ///   - settings: What it finds in `arg.NAME`.
  ///   - tableWidth: Columns of the terminal; nil where there is none.
  ///   - print: Takes what the script prints, line ends included.
  /// - Throws: `ReadoutError` with the script's file and line.
  public func run(
    analysis: String, arguments: [String] = [], settings: [Setting] = [], tableWidth: Int? = nil,
    print: @escaping (String) -> Void
  ) throws(ReadoutError) {
    try run(
      AnalysisSession(self, tableWidth: tableWidth, print: print), analysis: analysis, arguments: arguments,
      settings: settings)
  }

  func run(
    _ host: AnalysisSession, analysis: String, arguments: [String], settings: [Setting]
  ) throws(ReadoutError) {
    guard Files.kind(analysis) == .file else {
      if Files.kind(analysis) == nil { throw DatasetFolder.missing(analysis) }
      throw ReadoutError(.request, "an analysis is a Lua file", value: analysis)
    }
    host.run.arguments = arguments.isEmpty ? nil : arguments
    host.run.settings = settings.isEmpty ? nil : settings
    let runner = AnalysisRunner(
      host: host, limits: LuaLimits(memory: plugins.limits.memory, time: nil, control: execution.control),
      text: EngineText(lexicons: plugins.lexicons), inputs: inputs)
    try runner.run(file: analysis, arguments: arguments, settings: settings.map { (name: $0.name, value: $0.value) })
  }
}

/// A value that `--set` gives to an analysis: it stands in `arg.NAME`.
public struct Setting: Codable, Sendable, Equatable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
