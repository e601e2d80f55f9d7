import Foundation

/// Runs the blocks of a document as its reader would: from top to bottom, in one folder that begins as the repository.
public struct DocumentRun {
  public struct Failure: Sendable {
    public var line: Int
    public var description: String
  }

  private let workspace: Workspace
  public private(set) var failures: [Failure] = []

  public init() throws {
    workspace = try Workspace()
    try workspace.copyRepository()
  }

  /// `console` blocks are compared with what comes; `lua` blocks are run: one that returns a table is a plugin, or the
  /// description of a dataset or a format where its file is called `dataset.lua` or `formats/…`; any other is an analysis.
  public mutating func run(_ document: MarkdownDocument) async throws {
    for (number, block) in document.blocks.enumerated() {
      switch block.language {
      case "console": for command in block.commands { try await run(command) }
      case "lua": try await run(block, number: number)
      default: break
      }
    }
  }

  private mutating func run(_ command: MarkdownDocument.Command) async throws {
    let outcome = try await workspace.run(command.text, merged: true)
    var actual = visibleLines(outcome.output).map { portable($0, folder: workspace.folder) }
    while actual.last == "" { actual.removeLast() }
    if ExpectedLines(command.output).matches(actual) { return }
    let difference = ExpectedLines.difference(expected: command.output, actual: actual)
    failures.append(Failure(line: command.line, description: "$ \(command.text)\n\(difference)"))
  }

  private mutating func run(_ block: MarkdownDocument.Block, number: Int) async throws {
    let isTable = block.lines.contains { $0.hasPrefix("return") }
    let name = block.file ?? (isTable ? "plugins/block_\(number).lua" : "analyses/block_\(number).lua")
    try workspace.write(block.lines.map { $0 + "\n" }.joined(), to: name)
    if name.hasSuffix("dataset.lua") || name.hasPrefix("formats/") { return }
    let command = isTable ? "readout check \(name)" : "readout run \(name) --out reports"
    let outcome = try await workspace.run(command, merged: true)
    if outcome.status == 0 { return }
    let said = visibleLines(outcome.output).map { "  " + $0 }.joined(separator: "\n")
    failures.append(Failure(line: block.line, description: "\(command)\n\(said)"))
  }
}
