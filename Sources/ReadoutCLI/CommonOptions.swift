import ArgumentParser
import Readout
import ReadoutEngine
import ReadoutVectors

/// The options that every command with data has.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Threads to work on (default: all cores).", valueName: "n"), transform: OptionValue.threads)
  var threads: Int?

  @Option(
    help: ArgumentHelp("Memory to use at most, such as 512MB or 4GB.", valueName: "size"), transform: OptionValue.bytes)
  var memory: Int?

  @Option(
    help: ArgumentHelp("Stop with an error after this time, such as 30s or 5m.", valueName: "duration"),
    transform: OptionValue.duration)
  var timeLimit: Duration?

  @Option(
    help: ArgumentHelp(
      "Stop with an error where a plugin takes longer than this in one query, all threads together (default: 10m).",
      valueName: "duration"),
    transform: OptionValue.duration)
  var pluginTimeLimit: Duration?

  @Option(
    parsing: .singleValue, help: ArgumentHelp("A folder of plugins; may be given several times.", valueName: "dir"),
    completion: .directory)
  var plugins: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A folder that an analysis may read, beside its own and the working folder.", valueName: "dir"),
    completion: .directory)
  var allowRead: [String] = []

  @Flag(help: "Show no progress and no warnings.")
  var quiet = false

  mutating func validate() throws {
    for folder in plugins + allowRead where Files.kind(folder) != .folder {
      throw ValidationError("no such folder '\(folder)'")
    }
  }

  /// A session with these settings; progress is shown from now on.
  ///
  /// - Parameter recording: Whether what is read is noted, and hashed, for the sidecars of reports.
  func session(analysis: String? = nil, output: String? = nil, recording: Bool = false) -> Session {
    session(
      plugins: plugins, analysis: analysis, output: output, allowRead: allowRead,
      recording: recording ? InputFiles() : nil)
  }

  /// A session that makes a report again, with these settings. The folders must have been made absolute.
  func session(_ setup: ReportReplay.Setup) -> Session {
    session(
      plugins: plugins + setup.plugins, analysis: setup.analysis, output: nil, allowRead: setup.allowRead,
      recording: setup.inputs)
  }

  private func session(
    plugins: [String], analysis: String?, output: String?, allowRead: [String], recording: InputFiles?
  ) -> Session {
    if !quiet { ProgressBar.shared.enable() }
    return Session(
      threads: threads, memory: memory, timeLimit: timeLimit,
      pluginTimeLimit: pluginTimeLimit ?? ExecutionOptions.defaultPluginTimeLimit, plugins: plugins, analysis: analysis,
      output: output, allowRead: allowRead, recording: recording
    ) { what, done, total, unit in
      ProgressBar.shared.update(what, done: done, of: total, unit: unit)
    }
  }

  /// Makes the folders absolute, before the working folder becomes that of the run that is repeated.
  mutating func resolve() {
    plugins = plugins.map { Files.resolved($0) ?? $0 }
    allowRead = allowRead.map { Files.resolved($0) ?? $0 }
  }

  /// Runs what a session is asked. Where it fails the notes on the data come before the error: they often say why.
  func asking<R>(_ session: Session, _ body: () throws -> R) throws -> R {
    do { return try body() } catch {
      for note in session.notes where !quiet { Console.complain(note) }
      throw error
    }
  }

  /// Writes the sidecars of the session's reports, and says on standard error what it has to say about the data.
  func warn(_ session: Session) throws {
    for warning in try session.writeSidecars() where !quiet { Console.complain(warning) }
    for warning in try session.warnings() where !quiet { Console.complain(warning) }
  }
}
