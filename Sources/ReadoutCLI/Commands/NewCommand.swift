import ArgumentParser
import Readout

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes a file to start from.",
    discussion: """
      An analysis is written to analyses/NAME.lua, a plugin to plugins/NAME.lua. A file that is there is left alone.

      Example:
        readout new plugin urgency
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case analysis, plugin
  }

  @Argument(help: "analysis or plugin.")
  var kind: Kind
  @Argument(help: ArgumentHelp("Its name: a Lua name.", valueName: "name"))
  var name: String

  mutating func run() throws {
    let path = try kind == .analysis ? Starter.writeAnalysis(name) : Starter.writePlugin(name)
    Console.print("wrote \(path)\n")
  }
}
