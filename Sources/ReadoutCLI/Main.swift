import ArgumentParser
import Readout
import ReadoutVectors

@main
enum Main {
  static func main() {
    Signals.ignoreFailedWrites()
    Signals.watchForEnd(Console.complain)
    Exit.now(status(of: Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs the command and says what went wrong; the exit status says whose it is to mend.
  private static func status(of arguments: [String]) -> Int32 {
    do {
      var command = try RootCommand.parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let error as ReadoutError {
      Console.complain(error.description)
      return error.blame.rawValue
    } catch let status as ExitStatus {
      return status.code
    } catch {
      let message = RootCommand.fullMessage(for: error)
      if RootCommand.exitCode(for: error) == .success {
        Console.print(message + (message.hasSuffix("\n") ? "" : "\n"))
        return 0
      }
      Console.complain(ArgumentProblem.error(message, arguments: arguments).description)
      return ReadoutError.Blame.request.rawValue
    }
  }
}

/// Ends the command with a status after everything was said.
struct ExitStatus: Error {
  let code: Int32
}

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readout",
    abstract: "Answers questions about statements and events, with metrics written in Lua.",
    discussion: """
      Example:
        readout query datasets/opcon/statements --by country --measure "count()"

      Results go to standard output; progress, warnings and errors to standard
      error. The exit status is 0 when done, 1 when the expression, script or
      arguments are wrong, 2 when the data are, 3 when a plugin failed, and 70
      for a bug.
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, QueryCommand.self, DescribeCommand.self, MetricsCommand.self, CheckCommand.self, WhyCommand.self,
      VerifyCommand.self, NewCommand.self,
    ])
}
