import Foundation
import Testing
import Transcripts

/// Runs every `Tests/Cases/<topic>/*.case`. `make cases` writes what came into the files; `READOUT_UPDATE_CASES=dates` does
/// so for the files with `dates` in their path only.
@Suite struct CaseTests {
  struct File: Sendable, CustomTestStringConvertible {
    var path: String
    var testDescription: String { path }
    var url: URL { CaseTests.folder.appending(path: path) }
  }

  static let folder = Repository.root.appending(path: "Tests/Cases")
  static let files: [File] =
    (FileManager.default.subpaths(atPath: folder.path) ?? [])
    .filter { $0.hasSuffix(".case") }.sorted().map { File(path: $0) }
  static let updating = ProcessInfo.processInfo.environment["READOUT_UPDATE_CASES"]

  @Test(arguments: files) func outputIsAsExpected(_ file: File) async throws {
    let text = try String(contentsOf: file.url, encoding: .utf8)
    let specification = try CaseFile(path: file.path, text: text)
    #expect(specification.commandCount > 0, "a case without a command tests nothing")
    #expect(specification.text == text, "the file is not in the form that an update writes")
    let (mismatches, updated) = try await specification.run()
    if let wanted = Self.updating, wanted == "1" || file.path.contains(wanted), updated.text != text {
      try Data(updated.text.utf8).write(to: file.url)
      return
    }
    for mismatch in mismatches {
      Issue.record(
        "\(mismatch.description)",
        sourceLocation: SourceLocation(
          fileID: "Cases/\(file.path)", filePath: file.url.path, line: mismatch.line, column: 1))
    }
  }

  @Test func theCommandIsBuilt() {
    let command = Repository.binaries.appending(path: "readout")
    #expect(FileManager.default.isExecutableFile(atPath: command.path), "run `swift build` first")
  }

  @Test func thereAreCases() { #expect(Self.files.count >= 10) }
}
