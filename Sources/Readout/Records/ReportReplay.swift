import ReadoutEngine
import ReadoutLua
import ReadoutReport
import ReadoutVectors
import Synchronization

/// Makes a report again as its sidecar says, without writing anything.
///
/// A sidecar may come from anywhere. What it names (the script, the working folder, plugins, data) must lie in the working
/// folder, in the report's own, or in those of `--allow-read`: anything else is refused before it is looked at. The script
/// runs in the sandbox, and what it writes is kept in memory.
public struct ReportReplay: Sendable {
  /// As the user named it.
  public let report: String
  let sidecar: ReportSidecar
  /// The report's bytes as they are now.
  let bytes: [UInt8]
  /// The folder that the sidecar's paths count from, resolved.
  private let folder: String
  private let working: String
  /// Where files may be read, resolved.
  private let allowed: [String]

  /// Reads a report and its sidecar.
  /// - Parameters:
  ///   - report: The report, or its sidecar.
  ///   - allowed: The folders of `--allow-read`.
  /// - Throws: `ReadoutError` for what is no report with a sidecar, and for a sidecar that leads out of the folders that may
  ///   be read.
  public init(_ report: String, allowRead allowed: [String] = []) throws(ReadoutError) {
    var report = report
    if report.hasSuffix(ReportSidecar.ending) { report.removeLast(ReportSidecar.ending.count) }
    guard let kind = Files.kind(report) else { throw DatasetFolder.missing(report) }
    guard kind == .file else { throw ReadoutError(.request, "a report is a file", value: report) }
    self.report = report
    let path = ReportSidecar.path(ofReport: report)
    sidecar = try ReportSidecar(reading: path, of: report)
    do throws(FileProblem) { bytes = try Files.contents(report) } catch {
      throw ReadoutError(.request, "cannot read", value: report, hint: error.reason)
    }
    folder = Path.folder(of: Path.resolved(report))
    self.allowed = ([".", folder] + allowed).map { Path.resolved($0) }
    working = Path.resolved(Path.join(folder, sidecar.folder))
    let place = ReadoutError.Place(file: path)
    guard (sidecar.run.analysis == nil) != (sidecar.run.query == nil) else {
      throw ReadoutError(.data, "not a report's sidecar", value: path, hint: "it names no analysis and no query")
    }
    try check(working, place)
    guard Files.kind(working) == .folder else {
      throw ReadoutError(
        .request, "the working folder of the run is not there", value: working, place: place,
        hint: "a report moves together with its project")
    }
    for named in [sidecar.run.analysis].compactMap({ $0 }) + (sidecar.run.plugins ?? []) {
      try check(resolved(named), place)
    }
    for input in sidecar.inputs where input.path != "-" && !input.isShipped { try check(resolved(input.path), place) }
    if let input = sidecar.inputs.first(where: { $0.sha256 == nil }) {
      throw ReadoutError(
        .request, "the report cannot be made again", value: report, place: place,
        hint: "it was made from \(input.path == "-" ? "standard input" : input.path), which is no file")
    }
  }

  /// The absolute path of what the sidecar names.
  private func resolved(_ path: String) -> String { Path.resolved(Path.join(folder, path)) }

  /// Where an input lies here, links followed; nil for a shipped one that is not where Readout is installed.
  private func path(of input: ReportSidecar.Input) -> String? {
    input.isShipped ? ShippedFiles.path(of: input.path) : resolved(input.path)
  }

  private var inputPaths: [String] { sidecar.inputs.compactMap { path(of: $0) } }

  private func check(_ path: String, _ place: ReadoutError.Place) throws(ReadoutError) {
    guard allowed.contains(where: { Path.contains($0, path) }) else {
      throw ReadoutError(
        .request, "the sidecar names a file outside of the folders that may be read", value: path, place: place,
        hint:
          "if you trust it, allow the folder: --allow-read \(Files.kind(path) == .folder ? path : Path.folder(of: path))"
      )
    }
  }

  /// A path as the run named it: from its working folder.
  private func shown(_ path: String) -> String {
    Path.contains(working, path) ? Path.relative(path, from: working) : path
  }

  /// The script that is run, or the dataset that is asked, as the run named it.
  public var source: String {
    sidecar.run.analysis.map { shown(resolved($0)) } ?? sidecar.run.query?.dataset ?? ""
  }

  // MARK: What has changed

  /// Sentences about what is not as it was when the report was written: files by their hashes, the report itself, versions.
  public func changes(threads: Int) throws(ReadoutError) -> [String] {
    var changes: [String] = []
    if sidecar.report.sha256 != SHA256.hexadecimal(of: bytes.span) {
      changes.append("the report is not the one that was written: it, or its sidecar, was changed since")
    }
    let inputs = sidecar.inputs
    let found = Mutex([Int: String]())
    try WorkerPool.run(threads: threads, pieces: inputs.count) { _, number in
      let change = change(of: inputs[number])
      found.withLock { $0[number] = change }
    }
    changes += found.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    if sidecar.readout != Version.current {
      changes.append("it was made by Readout \(sidecar.readout), this is \(Version.current)")
    }
    if sidecar.lua != LuaVersion.release {
      changes.append("it was made with \(sidecar.lua), this is \(LuaVersion.release)")
    }
    return changes.map(ReadoutError.visible)
  }

  /// What is other about an input; nil where nothing is.
  private func change(of input: ReportSidecar.Input) -> String? {
    let path = path(of: input)
    let name =
      "\(Self.word(for: input.role)) "
      + (input.isShipped ? "\(input.path), which comes with Readout," : path.map(shown) ?? input.path)
    guard let path, Files.kind(path) == .file else { return "\(name) is not there any longer" }
    guard let digest = try? Files.digest(path) else { return "\(name) cannot be read" }
    if digest.sha256 == input.sha256 { return nil }
    let before = input.bytes ?? 0
    return "\(name) has changed"
      + (digest.byteCount == before ? "" : ": \(digest.byteCount) bytes, \(before) when the report was written")
  }

  /// What users call a file of a role.
  private static func word(for role: String) -> String {
    switch InputFiles.Role(rawValue: role) {
    case .data: "data file"
    case .description: "dataset description"
    case .words: "word list"
    case .script, .module, .plugin, .lexicon, nil: role
    }
  }

  /// What was read now, and was not when the report was written: a plugin that stands nearer, say.
  private func newInputs(_ files: [InputFiles.File]) -> [String] {
    let known = Set(inputPaths)
    return files.filter { !known.contains(Path.resolved($0.path)) }
      .map { "\(Self.word(for: $0.role.rawValue)) \($0.path) was read, and was not when the report was written" }
  }

  /// Refuses a file for what is shown of the report that is the report itself, its sidecar, or what it was made of.
  public func refuseReplacing(_ path: String) throws(ReadoutError) {
    let target = Path.resolved(path)
    let own = [report, ReportSidecar.path(ofReport: report)].map(Path.resolved) + inputPaths
    guard own.contains(target) else { return }
    throw ReadoutError(
      .request, "the rows would replace the report, or a file that it was made of", value: path,
      hint: "give them another name, or write to another folder")
  }

  // MARK: Running again

  /// Runs the analysis or query and hands over the report's table, the query that gave it, and how it is written. The
  /// recorded working folder is that of the process from then on.
  ///
  /// - Parameter session: Makes the session for the analysis's path, the plugins' folders and the folders that may be read.
  /// - Returns: Sentences about files that the run read, and did not when the report was written.
  func run(
    _ make: (_ setup: Setup) -> Session,
    _ body: @escaping (Table, Query, ReportFormat, ReportOptions) throws(ReadoutError) -> Void
  ) throws(ReadoutError) -> [String] {
    do throws(FileProblem) { try Files.enter(working) } catch {
      throw ReadoutError(.request, "cannot enter the working folder of the run", value: working, hint: error.reason)
    }
    let inputs = InputFiles(hashing: false)
    var read: [InputFiles.File] = []
    // What is read once the report is made, for others, is none of its inputs.
    let take = { (table: Table, query: Query, format: ReportFormat, options: ReportOptions) throws(ReadoutError) in
      read = try inputs.files()
      try body(table, query, format, options)
    }
    let script = sidecar.run.analysis.map { Path.relative(resolved($0), from: working) }
    let session = make(
      Setup(
        analysis: script, plugins: (sidecar.run.plugins ?? []).map { shown(resolved($0)) }, allowRead: allowed,
        inputs: inputs))
    if let script {
      let target = ReplayTarget(path: sidecar.report.path, take)
      let host = AnalysisSession(session, tableWidth: nil, replaying: target) { _ in }
      try session.run(
        host, analysis: script, arguments: sidecar.run.arguments ?? [], settings: sidecar.run.settings ?? [])
      guard target.isFound else {
        throw ReadoutError(
          .request, "the analysis does not write this report any longer", value: sidecar.report.path,
          place: .init(file: script))
      }
    } else if let request = sidecar.run.query {
      let query = try session.query(request, access: session.access)
      try take(try session.run(query).table, query, try format(), try options(session))
    }
    return newInputs(read)
  }

  /// What a session for the run needs.
  public struct Setup: Sendable {
    public let analysis: String?
    public let plugins: [String]
    public let allowRead: [String]
    public let inputs: InputFiles
  }

  private func format() throws(ReadoutError) -> ReportFormat {
    guard let format = ReportFormat(rawValue: sidecar.report.format) else {
      throw ReadoutError(.data, "unknown report format", value: sidecar.report.format)
    }
    return format
  }

  private func options(_ session: Session) throws(ReadoutError) -> ReportOptions {
    ReportOptions(
      byteOrderMark: sidecar.report.byteOrderMark, disarm: sidecar.report.disarm, tableRows: .max, tableWidth: nil,
      threads: session.execution.threads)
  }
}

/// The report that a replayed analysis is waited for; it may be written several times, and the last time counts.
final class ReplayTarget {
  private let path: String
  private let body: (Table, Query, ReportFormat, ReportOptions) throws(ReadoutError) -> Void
  private(set) var isFound = false

  init(path: String, _ body: @escaping (Table, Query, ReportFormat, ReportOptions) throws(ReadoutError) -> Void) {
    self.path = Path.normalized(path)
    self.body = body
  }

  func take(
    _ table: Table, _ query: Query, _ path: String, _ format: ReportFormat, _ options: ReportOptions
  ) throws(ReadoutError) {
    guard Path.normalized(path).utf8.elementsEqual(self.path.utf8) else { return }
    isFound = true
    try body(table, query, format, options)
  }
}
