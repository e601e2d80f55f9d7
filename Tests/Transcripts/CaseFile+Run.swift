import Foundation

extension CaseFile {
  /// A command whose output was not the expected one.
  public struct Mismatch: Sendable {
    public var line: Int
    public var description: String
  }

  /// Runs the commands one after the other in a new folder.
  ///
  /// - Returns: what differed, and the case as it would have to be to match.
  public func run(timeLimit: Duration = .seconds(60)) async throws -> (mismatches: [Mismatch], updated: CaseFile) {
    let workspace = try Workspace()
    var mismatches: [Mismatch] = []
    var updated = self
    for (index, part) in parts.enumerated() {
      switch part {
      case .prose: break
      case .repository: try workspace.copyRepository()
      case .file(let name, let lines): try workspace.write(lines.map { $0 + "\n" }.joined(), to: name)
      case .command(let command):
        let outcome = try await workspace.run(command.text.joined(separator: "\n"), timeLimit: timeLimit)
        let actual = command.replacingExpectations(with: outcome, folder: workspace.folder)
        let difference = command.difference(to: actual)
        if outcome.timedOut {
          let limit = timeLimit * Workspace.slowness
          mismatches.append(Mismatch(line: command.line, description: "\(command.title)\n  not done in \(limit)"))
        } else if let difference {
          mismatches.append(Mismatch(line: command.line, description: "\(command.title)\n\(difference)"))
          updated.parts[index] = .command(actual)
        }
      }
    }
    return (mismatches, updated)
  }
}

extension CaseFile.Command {
  var title: String { "$ " + text.joined(separator: "\n> ") }

  /// The same command expecting what came.
  func replacingExpectations(with outcome: Workspace.Outcome, folder: URL) -> Self {
    var command = self
    command.output = visibleLines(outcome.output).map { portable($0, folder: folder) }
    command.errors = visibleLines(outcome.errors).map { portable($0, folder: folder) }
    command.status = outcome.status
    return command
  }

  /// Nil where `actual` is as expected.
  func difference(to actual: Self) -> String? {
    if status == actual.status, ExpectedLines(output).matches(actual.output),
      ExpectedLines(errors).matches(actual.errors)
    {
      return nil
    }
    func shown(_ command: Self) -> [String] { Array(command.lines.dropFirst(command.text.count)) }
    return ExpectedLines.difference(expected: shown(self), actual: shown(actual))
  }
}

/// The line with this machine's paths replaced.
func portable(_ line: String, folder: URL) -> String {
  line.replacing(folder.path, with: "‹folder›").replacing(Repository.root.path, with: "‹repository›")
}
