import ArgumentParser
import Readout
import ReadoutVectors

/// The options that every command with data has.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Threads to work on (default: all cores).", valueName: "n"), transform: OptionValue.count)
  var threads: Int?

  @Option(
    help: ArgumentHelp("Memory to use at most, such as 512MB or 4GB.", valueName: "size"), transform: OptionValue.bytes)
  var memory: Int?

  @Option(
    help: ArgumentHelp("Stop with an error after this time, such as 30s or 5m.", valueName: "duration"),
    transform: OptionValue.duration)
  var timeLimit: Duration?

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
  func session(analysis: String? = nil, output: String? = nil) -> Session {
    if !quiet { ProgressBar.shared.enable() }
    return Session(
      threads: threads, memory: memory, timeLimit: timeLimit, plugins: plugins, analysis: analysis, output: output,
      allowRead: allowRead
    ) { what, done, total, unit in
      ProgressBar.shared.update(what, done: done, of: total, unit: unit)
    }
  }

  /// Says on standard error what the session has to say about the data.
  func warn(_ session: Session) throws {
    for warning in try session.warnings() where !quiet { Console.complain(warning) }
  }
}
