import Testing
import Transcripts

/// The runner of documents itself: what is wrong must fail, with its line.
@Suite struct DocumentRunTests {
  func failures(_ text: String) async throws -> [DocumentRun.Failure] {
    var run = try DocumentRun()
    try await run.run(MarkdownDocument(text))
    return run.failures
  }

  @Test func outputIsCompared() async throws {
    #expect(try await failures("Text\n\n```console\n$ echo a\na\n$ echo b; echo c >&2\nb\nc\n```\n").isEmpty)
    #expect(try await failures("Text\n\n```console\n$ echo a\na\n$ echo b\nc\n```\n").map(\.line) == [6])
    #expect(try await failures("```console\n$ seq 5\n1\n…\n5\n```\n").isEmpty)
    #expect(try await failures("```console\n$ seq 5\n1\n…\n4\n```\n").count == 1)
    #expect(try await failures("```console\n$ echo a \\\n    b\na b\n```\n").isEmpty)
    #expect(try await failures("```sh\nfalse\n```\n").isEmpty)
  }

  @Test func blocksOfADocumentShareAFolder() async throws {
    let text =
      "```lua\n-- datasets/x/dataset.lua: here\nreturn {}\n```\n```console\n$ ls datasets/x\ndataset.lua\n```\n"
    #expect(try await failures(text).isEmpty)
  }

  @Test func luaThatFailsIsFound() async throws {
    #expect(try await failures("```lua\nerror 'no'\n```\n").map(\.line) == [2])
    #expect(try await failures("```lua\nreturn { name = 3 }\n```\n").map(\.line) == [2])
  }

  @Test func indentedFencesAreFound() {
    let blocks = MarkdownDocument("- item\n  ```lua\n  a\n    b\n  ```\n````text\n```\n````\n").blocks
    #expect(blocks.map(\.lines) == [["a", "  b"], ["```"]])
    #expect(blocks.map(\.language) == ["lua", "text"])
  }
}
