import ArgumentParser
import Readout

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs an analysis.",
    discussion: """
      The script reads in its own folder, in the working folder and in those of
      --allow-read, and writes its reports below --out. Its arguments are in
      arg[1], arg[2], …; --set month=2025-01 gives arg.month.

      Example:
        readout run analyses/opcon.lua --out reports
      """)

  @Argument(help: ArgumentHelp("The script.", valueName: "analysis.lua"), completion: .file(extensions: ["lua"]))
  var analysis: String
  @Argument(parsing: .remaining, help: ArgumentHelp("What the script finds in arg.", valueName: "arg"))
  var arguments: [String] = []

  @Option(help: ArgumentHelp("The folder for reports.", valueName: "dir"), completion: .directory)
  var out = "."
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A value for arg.NAME; may be given several times.", valueName: "name=value"),
    transform: OptionValue.setting)
  var set: [Setting] = []

  @OptionGroup var sidecar: SidecarOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let session = common.session(analysis: analysis, output: out + "/", recording: sidecar.isWanted)
    do {
      try common.asking(session) {
        try session.run(
          analysis: analysis, arguments: arguments, settings: set, tableWidth: Console.terminalColumns,
          print: Console.print)
      }
    } catch {
      // Reports that were written before the script failed are there, and so are their sidecars.
      _ = try? session.writeSidecars()
      throw error
    }
    try common.warn(session)
  }
}
