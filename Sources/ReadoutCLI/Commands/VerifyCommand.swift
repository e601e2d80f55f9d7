import ArgumentParser
import Readout

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Makes a report again and says whether it is the same.",
    discussion: """
      The sidecar beside the report says what made it; that is run again, without
      writing anything. Says which input files have changed, and which rows
      differ. The exit status is 0 where the bytes are the same, 2 where they are
      not, 1 where the report cannot be made again, and 3 where a plugin fails.

      What the sidecar names must lie in the working folder, in the report's, or
      in a folder of --allow-read.

      Example:
        readout verify reports/support.csv
      """)

  @Argument(help: ArgumentHelp("A report that has a sidecar.", valueName: "report"), completion: .file())
  var report: String
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Show at most n rows that differ.", valueName: "n"),
    transform: OptionValue.limit)
  var limit = 10

  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let replay = try ReportReplay(report, allowRead: common.allowRead)
    common.resolve()
    let common = common
    let changes = try replay.changes(threads: common.threads ?? ReportOptions.defaultThreads)
    let outcome: ReportReplay.Verification
    do {
      outcome = try replay.verify(changes: changes, shownRows: limit) { common.session($0) }
    } catch {
      // What has changed is the likeliest reason.
      for change in changes { Console.complain("readout: warning: \(change)") }
      throw error
    }
    Console.print(outcome.lines.map { $0 + "\n" }.joined())
    if !outcome.isSame { throw ExitStatus(code: ReadoutError.Blame.data.rawValue) }
  }
}
