import Foundation
import Readout
import ReadoutVectors
import Testing
import Transcripts

/// Every file of `Tests/Hostile`: as a user would run it, and one after the other in one process.
@Suite(.serialized) struct HostileTests {
  /// What a file may take beside its time limit, on a machine that does other things as well.
  static let patience = Duration.seconds(20)

  @Test func thereAreFiles() {
    #expect(HostileFile.all.count >= 200)
    for file in HostileFile.all { #expect([0, 1, 2, 3].contains(file.exit), "\(file) does not tell its exit status") }
  }

  /// Each ends in time with its exit status and message, and never by a signal.
  @Test(arguments: HostileFile.all) func command(_ file: HostileFile) async throws {
    let workspace = try hostileWorkspace()
    var words = ["readout"]
    switch file.kind {
    case .plugins:
      words += ["query", "data/t", "--plugins", "'\(HostileFile.folder(.plugins).path)'", "--format", "csv"]
      for step in file.steps { words += ["--\(step.option)", "\"\(step.text)\""] }
    case .analyses:
      try FileManager.default.copyItem(at: file.url, to: workspace.folder.appending(path: "\(file.name).lua"))
      words += ["run", "\(file.name).lua", "--out", "out"]
    }
    words += ["--time-limit", "\(file.timeLimit / .milliseconds(1))ms"]
    if let memory = file.memory { words += ["--memory", "\(memory)MB"] }
    let outcome = try await workspace.run(words.joined(separator: " "), timeLimit: Self.patience)
    let output = String(decoding: outcome.output, as: UTF8.self)
    let errors = String(decoding: outcome.errors, as: UTF8.self)
    #expect(!outcome.timedOut, "not done in \(Self.patience * Workspace.slowness)")
    #expect(outcome.status == file.exit, "\(errors.prefix(500))")
    #expect(file.says.isEmpty || errors.contains(file.says), "\(errors.prefix(500))")
    #expect(file.prints.isEmpty || output.contains(file.prints), "\(output.suffix(500))")
    #expect(errors.utf8.count < 4000 && errors.allSatisfy { $0 == "\n" || !("\0"..."\u{1F}").contains($0) })
    #expect(!FileManager.default.fileExists(atPath: workspace.folder.appending(path: "outside.csv").path))
  }

  /// After each a good query gives the same bytes, in the same process; and all of them together leave no memory behind.
  @Test func oneProcess() throws {
    let workspace = try hostileWorkspace()
    let good = Repository.root.appending(path: "Tests/Hostile/good").path
    let table = workspace.folder.appending(path: "data/t.csv").path
    let steady = Session(threads: 2, plugins: [good])
    func answer() throws -> String {
      let rows = try steady.run(try steady.query(QueryRequest(table)).derive("v = steady(text)"))
      let groups = try steady.run(try steady.query(QueryRequest(table)).measure("v = steady_spread(n)"))
      return rows.text(as: .csv) + groups.text(as: .csv)
    }
    let expected = try answer()
    #expect(expected.contains("lower=2,other=0,upper=0 2 "))
    for file in HostileFile.all {
      let blame = self.blame(of: file, in: workspace.folder, table)
      #expect(blame == file.exit, "\(file) in one process")
      let now = try answer()
      #expect(now == expected, "a good query behind \(file)")
    }
    #expect(MemoryAccount.bytesInUse < 64 << 20, "\(MemoryAccount.bytesInUse) bytes are still held")
  }

  /// The exit status that a file's error stands for; 0 where it runs through.
  private func blame(of file: HostileFile, in folder: URL, _ table: String) -> Int32 {
    defer { MemoryAccount.limit = .max }
    let memory = file.memory.map { $0 * 1_000_000 }
    let out = folder.appending(path: "out").path + "/"
    do throws(ReadoutError) {
      switch file.kind {
      case .plugins:
        let session = Session(
          threads: 2, memory: memory, timeLimit: file.timeLimit, plugins: [HostileFile.folder(.plugins).path])
        var query = try session.query(QueryRequest(table))
        for step in file.steps {
          query = try step.option == "measure" ? query.measure(step.text) : query.derive(step.text)
        }
        _ = try session.run(query)
      case .analyses:
        let script = folder.appending(path: "\(file.name).lua")
        try? FileManager.default.copyItem(at: file.url, to: script)
        let session = Session(
          threads: 2, memory: memory, timeLimit: file.timeLimit, analysis: script.path, output: out)
        try session.run(analysis: script.path) { _ in }
      }
      return 0
    } catch {
      return error.blame.rawValue
    }
  }
}
