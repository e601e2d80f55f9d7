import Foundation
import Testing
import Transcripts

/// A run that is ended in the middle leaves the old report or the new one, whole, and nothing that the next run does not clear.
///
/// `READOUT_KILLS=1000` kills a thousand times, 30 where it is not set.
@Suite struct PluggedOutTests {
  private static let kills = Int(ProcessInfo.processInfo.environment["READOUT_KILLS"] ?? "") ?? 30
  private static let readout = Repository.binaries.appending(path: "readout")

  private func start(_ arguments: [String], in workspace: Workspace) throws -> Process {
    let process = Process()
    process.executableURL = Self.readout
    process.arguments = arguments
    process.currentDirectoryURL = workspace.folder
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": workspace.folder.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func rows(_ count: Int) -> String {
    "i,s\n" + (0..<count).map { "\($0),row number \($0)\n" }.joined()
  }

  private func report(_ column: String) -> [String] {
    ["query", "rows.csv", "--select", "i, x = \(column)", "-o", "report.csv", "--quiet", "--threads", "1"]
  }

  @Test func killedAtAnyMoment() throws {
    let workspace = try Workspace()
    try workspace.write(rows(60_000), to: "rows.csv")
    let target = workspace.folder.appending(path: "report.csv")
    // How long a whole run takes, and what it writes: the kills fall on every moment of one.
    var reports: [Data] = []
    var whole = Duration.zero
    for column in ["s", "i"] {
      let clock = ContinuousClock.now
      let process = try start(report(column), in: workspace)
      process.waitUntilExit()
      whole = max(whole, ContinuousClock.now - clock)
      #expect(process.terminationStatus == 0)
      reports.append(try Data(contentsOf: target))
    }
    var seed = UInt64.random(in: 0...UInt64.max)
    let first = seed
    var killed = 0
    var old = reports[1]
    for number in 0..<Self.kills {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let clock = ContinuousClock.now
      let process = try start(report(number % 2 == 0 ? "s" : "i"), in: workspace)
      usleep(UInt32(Double(seed >> 40) / Double(1 << 24) * 1.1 * (whole / .microseconds(1))))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal {
        killed += 1
      } else {
        // The machine is less busy by now.
        whole = min(whole, ContinuousClock.now - clock)
      }
      let found = try Data(contentsOf: target)
      #expect(found == old || found == reports[number % 2], "kill \(number), seed \(first)")
      old = found
    }
    #expect(killed > Self.kills / 10, "too few runs were killed in the middle")
    let process = try start(report("s"), in: workspace)
    process.waitUntilExit()
    #expect(try Data(contentsOf: target) == reports[0])
    let left = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(left.sorted() == ["report.csv", "report.csv.run.json", "rows.csv"])
    print("killed \(killed) of \(Self.kills) runs in the middle; a whole one takes \(whole)")
  }

  /// The disk is full after any number of blocks: `ulimit -f` lets a file grow to so many kilobytes.
  @Test func outOfSpaceAtEveryWrite() async throws {
    let workspace = try Workspace()
    try workspace.write(rows(20_000), to: "rows.csv")
    try workspace.write("old\n", to: "report.csv")
    let command = report("s").map { "'\($0)'" }.joined(separator: " ")
    let script = """
      for size in $(seq 0 \(Self.kills > 30 ? 8 : 64) 400); do
        errors=$( (ulimit -f $size; exec readout \(command)) 2>&1 ); status=$?
        [[ $status = 1 && $errors = *'cannot write the report (File too large): report.csv'* ]] || echo "$size: status $status, $errors"
        [ "$(cat report.csv)" = old ] || echo "$size: the old report is gone"
        [ "$(ls -A | tr '\\n' ' ')" = "report.csv rows.csv " ] || { echo "$size: left behind:"; ls -A; }
      done
      """
    let outcome = try await workspace.run(script)
    #expect(String(decoding: outcome.output, as: UTF8.self) == "")
  }

  /// An interrupt ends queries, an endless loop, and a wait for data, and says so. How fast is measured (`Documentation/robustness.md`); here
  /// the machine may be busy.
  @Test(arguments: [["run", "queries.lua"], ["run", "loop.lua"], ["query", "-", "--measure", "count()"]])
  func interrupted(_ arguments: [String]) async throws {
    let workspace = try Workspace()
    try workspace.write(rows(20_000), to: "rows.csv")
    try workspace.write(
      "local q = open('rows.csv').rows\nwhile true do local n = #q:by('i'):measure('count()') end\n", to: "queries.lua")
    try workspace.write("while true do end\n", to: "loop.lua")
    let command = arguments.map { "'\($0)'" }.joined(separator: " ")
    // With job control, a job in the background hears interrupts.
    let outcome = try await workspace.run(
      "set -m; readout \(command) < <(sleep 20) & sleep 0.3; kill -INT $!; wait $!; echo $?")
    let output = String(decoding: outcome.output, as: UTF8.self)
    let errors = String(decoding: outcome.errors, as: UTF8.self)
    #expect(output.hasSuffix("130\n"))
    #expect(errors.contains("readout: interrupted: no report was written"))
  }
}
