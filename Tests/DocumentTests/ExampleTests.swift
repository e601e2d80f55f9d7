import Foundation
import Testing
import Transcripts

/// The packages in `Examples` are built and run, and print what their README says.
@Suite struct ExampleTests {
  @Test func embedding() async throws {
    let readme = Repository.root.appending(path: "Examples/Embedding/README.md")
    let blocks = MarkdownDocument(try String(contentsOf: readme, encoding: .utf8)).blocks
    let commands = blocks.filter { $0.language == "console" }.flatMap(\.commands)
    #expect(!commands.isEmpty)
    for command in commands {
      // The build says on standard error how far it is; it wants the tools and settings of whoever runs the tests.
      let outcome = try await Workspace().run(
        command.text, in: Repository.root, environment: ProcessInfo.processInfo.environment, timeLimit: .seconds(900))
      let said = visibleLines(outcome.errors).suffix(20).joined(separator: "\n")
      #expect(outcome.status == 0, "\(command.text)\n\(said)")
      #expect(visibleLines(outcome.output) == command.output)
    }
  }
}
