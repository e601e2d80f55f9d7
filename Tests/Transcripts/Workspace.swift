public import Foundation

/// A fresh folder that commands run in, with an environment that holds nothing of the machine's.
public final class Workspace: Sendable {
  public let folder: URL

  /// What the tests' own sanitizer was told holds for the commands that they run as well.
  public static let sanitizerSettings = ProcessInfo.processInfo.environment.filter {
    ["ASAN_OPTIONS", "TSAN_OPTIONS", "LD_PRELOAD"].contains($0.key)
  }

  /// How many times longer all may take than in an ordinary build: `make test-tsan` and `make test-asan` say so.
  public static let slowness = Int(ProcessInfo.processInfo.environment["READOUT_SLOWNESS"] ?? "") ?? 1

  public init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "readout-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Copies folders of the repository that users work with: `plugins`, `datasets`, `analyses`.
  public func copyRepository(_ folders: [String] = ["plugins", "datasets", "analyses"]) throws {
    for name in folders {
      let source = Repository.root.appending(path: name)
      guard FileManager.default.fileExists(atPath: source.path) else { continue }
      try FileManager.default.copyItem(at: source, to: folder.appending(path: name))
    }
  }

  public func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Runs a line of bash, in the folder unless `place` is another. Standard input is empty; `merged` sends standard error
  /// where standard output goes.
  ///
  /// The time zone is far from UTC on purpose: no answer may depend on it. After `timeLimit`, times `slowness`, it is killed.
  public func run(
    _ command: String, merged: Bool = false, in place: URL? = nil, environment: [String: String]? = nil,
    timeLimit: Duration = .seconds(60)
  ) async throws -> Outcome {
    let captured = try Workspace()
    let output = try captured.open("stdout")
    let errors = merged ? output : try captured.open("stderr")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = place ?? folder
    let variables =
      environment ?? [
        "PATH": "\(Repository.binaries.path):/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Seoul", "READOUT_SHARED_DATA": Repository.sharedData.path,
      ]
    process.environment = variables.merging(Self.sanitizerSettings) { given, _ in given }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    let deadline = Deadline()
    // Whether it ended in time is settled as it ends: until this task goes on, the tests beside it may keep every thread busy.
    let timedOut = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Bool, any Error>) in
      process.terminationHandler = { _ in done.resume(returning: deadline.stop()) }
      do {
        try process.run()
        deadline.start(timeLimit * Self.slowness, process: process.processIdentifier)
      } catch {
        done.resume(throwing: error)
      }
    }
    // The process may be held for longer: after some thousand open files Foundation fails to run another.
    try output.close()
    if !merged { try errors.close() }
    return Outcome(
      output: try captured.read("stdout"), errors: merged ? Data() : try captured.read("stderr"),
      status: process.terminationReason == .uncaughtSignal
        ? 128 + process.terminationStatus : process.terminationStatus,
      timedOut: timedOut)
  }

  public struct Outcome: Sendable {
    public var output: Data
    public var errors: Data
    /// 128 and the signal's number where a signal ended it.
    public var status: Int32
    public var timedOut: Bool
  }

  private func open(_ name: String) throws -> FileHandle {
    let file = folder.appending(path: name)
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }

  private func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }
}
