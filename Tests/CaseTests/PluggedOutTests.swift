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
      .merging(Workspace.sanitizerSettings) { given, _ in given }
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

  /// Most kills fall between the first byte of the report and the end of its sidecar, where a file is written, forced to the disk and
  /// put in its place.
  @Test func killedWhileItWrites() throws {
    let workspace = try Workspace()
    try workspace.write(rows(20_000), to: "rows.csv")
    let report = workspace.folder.appending(path: "report.csv")
    let sidecar = workspace.folder.appending(path: "report.csv.run.json")
    func files() throws -> [Data] { try [report, sidecar].map { try Data(contentsOf: $0) } }
    /// Waits until a run has begun to write; how long it has yet, where it is left alone.
    func writing(_ process: Process) throws -> ContinuousClock.Instant {
      while process.isRunning {
        if try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path).contains(where: Self.isUnfinished)
        {
          break
        }
      }
      return ContinuousClock.now
    }
    var whole: [[Data]] = []
    var window = Duration.zero
    for column in ["s", "i"] {
      let process = try start(self.report(column), in: workspace)
      let begun = try writing(process)
      process.waitUntilExit()
      window = max(window, ContinuousClock.now - begun)
      whole.append(try files())
    }
    var random = SystemRandomNumberGenerator()
    var (unfinished, between) = (0, 0)
    var old = whole[1]
    for number in 0..<Self.kills {
      let process = try start(self.report(number % 2 == 0 ? "s" : "i"), in: workspace)
      _ = try writing(process)
      usleep(UInt32.random(in: 0...UInt32(window / .microseconds(1)), using: &random))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let (found, new) = (try files(), whole[number % 2])
      // Before the report is put in place its sidecar says that the run is not done; what was read comes last.
      let isAnnounced = String(decoding: found[1], as: UTF8.self).contains("isUnfinished")
      #expect(found[0] == old[0] || found[0] == new[0], "kill \(number)")
      #expect(isAnnounced || found[1] == old[1] || found[1] == new[1], "kill \(number)")
      #expect(found[0] == new[0] || found[1] != new[1], "kill \(number)")
      let left = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
      if left.contains(where: Self.isUnfinished) { unfinished += 1 }
      if isAnnounced { between += 1 }
      old = found
    }
    let process = try start(self.report("s"), in: workspace)
    process.waitUntilExit()
    #expect(try files() == whole[0])
    let left = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
    #expect(left.sorted() == ["report.csv", "report.csv.run.json", "rows.csv"])
    #expect(unfinished > 0)
    print("of \(Self.kills) kills \(unfinished) left an unfinished file, \(between) fell between report and sidecar")
  }

  private static func isUnfinished(_ name: String) -> Bool { name.hasSuffix(".readout-part") }

  /// The disk is full after any number of bytes: `prlimit` lets a file grow to so many. Every form of report, its sidecar and the list
  /// of rejects: at the ends of each file byte by byte, between them every kilobyte.
  @Test(arguments: ["csv", "tsv", "json", "jsonl", "markdown"])
  func outOfSpaceAtEveryWrite(_ form: String) async throws {
    let workspace = try Workspace()
    try workspace.write(rows(60) + "x,y\n", to: "rows.csv")
    let command = """
      readout query rows.csv --reading 'types = { i = "integer" }, on_error = "null"' --select 'i, s' --format \(form) \
        -o report --quiet --threads 1
      """
    let script = """
      \(command); for f in report report.run.json rejects.csv; do [ -s $f ] || echo "no $f"; mv $f whole-$f; done
      full=$(stat -c %s whole-* | sort -n | tail -1)
      steps=$({ stat -c %s whole-*; seq 0 \(Self.kills > 30 ? 64 : 1024) $full; echo 0; } | awk '{ for (d = -1; d <= 1; d++) if ($1 + d >= 0) print $1 + d }' | sort -nu)
      for size in $steps; do
        for f in report report.run.json rejects.csv; do echo old > $f; done
        errors=$(prlimit --fsize=$size \(command) 2>&1); status=$?
        fitting=0
        for f in report report.run.json rejects.csv; do
          if cmp -s $f whole-$f; then fitting=$((fitting + 1)); 
          elif grep -q isUnfinished $f && cmp -s report whole-report; then :  # the report fits, what was read for it does not
          elif [ "$(cat $f)" != old ]; then echo "$size: $f is neither old nor new"; fi
          [ $(stat -c %s whole-$f) -le $size ] || ! cmp -s $f whole-$f || echo "$size: $f is larger than the disk"
        done
        if [ $size -ge $full ]; then [ "$status $fitting" = "0 3" ] || echo "$size: status $status, $errors"
        else [[ $status = 1 && $errors = *'cannot write the report (File too large): '* ]] || echo "$size: status $status, $errors"; fi
        [ -z "$(ls -A | grep readout-part)" ] || { echo "$size: left behind:"; ls -A; }
      done
      """
    let outcome = try await workspace.run(script, timeLimit: .seconds(600))
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
