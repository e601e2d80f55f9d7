import ArgumentParser
import Readout

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Runs the plugins' own examples.",
    discussion: """
      Without a plugin, all that are found are checked. Metrics of groups are also tried in parts, which are merged. The exit status is 3 where an example fails, or where merging parts
      gives something else than one fold of all rows.

      Example:
        readout check plugins/hedging.lua
      """)

  @Argument(
    help: ArgumentHelp("A plugin's file, or its name, or a metric's name.", valueName: "plugin"),
    completion: .file(extensions: ["lua"]))
  var plugins: [String] = []
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let outcome = try common.session().check(plugins)
    Console.print(outcome.text)
    if !outcome.isGood { throw ExitStatus(code: ReadoutError.Blame.plugin.rawValue) }
  }
}
