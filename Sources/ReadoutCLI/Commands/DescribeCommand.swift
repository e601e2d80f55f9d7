import ArgumentParser
import Readout

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Shows what a dataset holds: tables, columns, types, nulls, values.",
    discussion: """
      Example:
        readout describe datasets/opcon
      """)

  @Argument(help: ArgumentHelp("A dataset, one of its tables, or a file.", valueName: "dataset"), completion: .file())
  var dataset: String
  @Option(
    help: ArgumentHelp(
      "How the file is read, as in dataset.lua: \"delimiter = ';', types = { code = 'string' }\".", valueName: "list"))
  var reading: String?
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let session = common.session()
    Console.print(try session.describe(dataset, reading: reading, width: Console.terminalColumns))
    try common.warn(session)
  }
}
