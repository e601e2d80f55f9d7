import Foundation
import Testing
import Transcripts

/// The runner itself: a case that is wrong must fail, and say where.
@Suite struct CaseRunnerTests {
  func mismatches(_ text: String, timeLimit: Duration = .seconds(60)) async throws -> [CaseFile.Mismatch] {
    try await CaseFile(path: "test.case", text: text).run(timeLimit: timeLimit).mismatches
  }

  @Test(arguments: [
    "$ echo a\na\n",
    "$ echo a; echo b >&2; exit 3\na\n! b\n? 3\n",
    "$ printf a\na\n\\ no line end\n",
    "$ printf '\\n$ x\\n\\\\y\\n! z\\n'\n\\\n\\$ x\n\\\\y\n\\! z\n",
    "$ printf '\\xEF\\xBB\\xBFa\\r\\n\\x00\\xFF\\n'\n‹BOM›a‹CR›\n‹0›‹invalid›\n",
    "$ echo 1; echo 2; echo 3\n1\n…\n",
    "$ echo took 17 ms\ntook ‹…› ms\n",
    "$ echo a \\\n>   b\na b\n",
    "-- file f.txt\nx\n-- end\n$ cat f.txt\nx\n",
    "$ pwd\n‹folder›\n",
    "$ true\n",
  ])
  func passes(_ text: String) async throws {
    let found = try await mismatches(text)
    #expect(found.isEmpty, "\(found.map(\.description))")
    #expect(try CaseFile(path: "test.case", text: text).text == text)
  }

  @Test(arguments: [
    "$ echo a\nb\n",
    "$ echo a\n",
    "$ true\na\n",
    "$ echo a; echo b\na\n",
    "$ echo a >&2\na\n",
    "$ echo a >&2\n",
    "$ false\n",
    "$ true\n? 1\n",
    "$ printf a\na\n",
    "$ printf 'a\\r\\n'\na\n",
    "$ echo 1; echo 2\n…\n1\n",
    "$ echo took 17 s\ntook ‹…› ms\n",
    "$ nosuchcommand\n! …\n",
  ])
  func fails(_ text: String) async throws {
    #expect(try await mismatches(text).count == 1)
  }

  @Test func everyCommandIsRunAndEachFailureHasItsLine() async throws {
    let found = try await mismatches("# c\n\n$ false\n\n$ true\n\n$ echo x\ny\n")
    #expect(found.map(\.line) == [3, 7])
    #expect(found[1].description == "$ echo x\n  - y\n  + x")
  }

  @Test func updatingWritesWhatCame() async throws {
    let text = "# kept\n$ echo a >&2; exit 2\nwrong\n\n$ echo ok\n…\n"
    let updated = try await CaseFile(path: "test.case", text: text).run().updated
    #expect(updated.text == "# kept\n$ echo a >&2; exit 2\n! a\n? 2\n\n$ echo ok\n…\n")
  }

  @Test func aCommandThatHangsIsEnded() async throws {
    let found = try await mismatches("$ sleep 30 | sleep 30; true\n", timeLimit: .milliseconds(300))
    #expect(found.count == 1 && found[0].description.contains("not done"))
  }

  @Test(arguments: ["stray line\n", "-- file a\nx\n", "$ echo\n? x\n", "$ echo\n! e\nout\n"])
  func refusesWhatIsNoCase(_ text: String) {
    #expect(throws: CaseFile.FormatError.self) { try CaseFile(path: "test.case", text: text) }
  }

  @Test func foldersAreFreshAndTheEnvironmentIsClean() async throws {
    let found = try await mismatches("$ ls -A; echo $USER$COLUMNS\n\\\n\n$ date +%Z\nKST\n")
    #expect(found.isEmpty, "\(found.map(\.description))")
  }
}
