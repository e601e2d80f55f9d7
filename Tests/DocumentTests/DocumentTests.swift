import Foundation
import Testing
import Transcripts

/// Every console block of the documents is run and compared, every Lua block is run.
@Suite struct DocumentTests {
  struct Document: Sendable, CustomTestStringConvertible {
    var path: String
    var testDescription: String { path }

    var markdown: MarkdownDocument {
      get throws {
        MarkdownDocument(try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8))
      }
    }
  }

  static let documents: [Document] = paths.map { Document(path: $0) }
  /// Documents that must show the command at work.
  static let withConsole = ["README.md", "plugins/README.md", "datasets/opcon/README.md"]
  static let withLua = ["README.md", "plugins/README.md"]

  private static let paths: [String] = {
    let folders = ["Documentation", "datasets", "plugins", "Sources/Readout/Readout.docc"]
    let found = folders.flatMap { folder in
      (FileManager.default.subpaths(atPath: Repository.root.appending(path: folder).path) ?? [])
        .filter { $0.hasSuffix(".md") && !$0.contains(".build/") }.map { "\(folder)/\($0)" }
    }
    return (["README.md"] + found).filter {
      FileManager.default.fileExists(atPath: Repository.root.appending(path: $0).path)
    }.sorted()
  }()

  @Test(arguments: documents) func blocksAreTrue(_ document: Document) async throws {
    var run = try DocumentRun()
    try await run.run(try document.markdown)
    for failure in run.failures {
      Issue.record(
        "\(failure.description)",
        sourceLocation: SourceLocation(
          fileID: "Documents/\(document.path)", filePath: Repository.root.appending(path: document.path).path,
          line: failure.line, column: 1))
    }
  }

  @Test(arguments: withConsole) func showsCommands(_ path: String) throws {
    let commands = try Document(path: path).markdown.blocks.filter { $0.language == "console" }.flatMap(\.commands)
    #expect(!commands.isEmpty, "\(path) must have console blocks with $ lines")
  }

  @Test(arguments: withLua) func showsLua(_ path: String) throws {
    #expect(try Document(path: path).markdown.blocks.contains { $0.language == "lua" }, "\(path) must have lua blocks")
  }

  /// A block that this suite would pass over in silence.
  @Test(arguments: documents) func fencesNameTheirLanguage(_ document: Document) throws {
    for block in try document.markdown.blocks {
      #expect(
        block.language != "", "\(document.path):\(block.line): name the language of the block, text if it is none")
      if block.language == "console" { #expect(!block.commands.isEmpty, "\(document.path):\(block.line): no $ line") }
    }
  }
}
