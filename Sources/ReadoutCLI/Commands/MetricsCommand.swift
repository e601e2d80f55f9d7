import ArgumentParser
import Readout

struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "Lists the functions and metrics there are, or explains one.",
    discussion: """
      Example:
        readout metrics mentions
      """)

  @Argument(help: ArgumentHelp("A function or metric.", valueName: "name"))
  var name: String?
  @Flag(help: "Write the reference page of all functions and metrics, as Markdown.")
  var markdown = false
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let session = common.session()
    if let name {
      Console.print(try session.metricHelp(name))
    } else if markdown {
      Console.print(try session.metricReference())
    } else {
      Console.print(try session.metricList(width: Console.terminalColumns))
    }
  }
}
