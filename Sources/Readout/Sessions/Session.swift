import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutReport
import ReadoutVectors
import Synchronization

/// One run of the command: its limits, the plugins it finds, the files it may touch, and what it has to say about the data.
public final class Session: Sendable {
  /// Told how many of how many units of some work are done: `("reading", 1000, 2000, "bytes")`. From any thread.
  public typealias Progress = @Sendable (_ what: String, _ done: Int, _ of: Int, _ unit: String) -> Void

  public let metrics: Metrics
  public let plugins: PluginFolders
  public let access: FileAccess
  /// The named formats that files may have.
  let formats: FormatFolders
  let execution: ExecutionOptions
  private let reading: ExecutionOptions
  /// The folder for `rejects.csv`.
  private let outputFolder: String
  private let opened = Mutex<[Dataset]>([])
  /// The files that were read: what sidecars name, and what no report may take the place of.
  let inputs: InputFiles
  let writesSidecars: Bool
  /// The files that reports were written to, links followed.
  let reports = Mutex<Set<String>>([])
  /// The reports that were written, and are to have a sidecar.
  let written = Mutex<[WrittenReport]>([])
  /// The folders of `--plugins`, as they were given.
  let namedPlugins: [String]
  let analysis: String?

  /// - Parameters:
  ///   - threads: Threads to work on; nil is all processors.
  ///   - memory: Bytes that tables and intermediate results may take; for the whole process.
  ///   - timeLimit: How long the session may take from now on.
  ///   - pluginTimeLimit: How long each plugin may run in Lua in one query, its calls on all threads added up; nil is without
  ///     limit.
  ///   - plugins: Folders to look for plugins in before all others.
  ///   - analysis: The script that is run; nil where there is none.
  ///   - output: The report's file, or a folder that ends in a slash.
  ///   - allowRead: Folders that an analysis may read beside its own and the working folder.
  ///   - inputs: Where the files that are read are noted, for the sidecars of reports; nil where none are written.
  ///   - progress: Told how far the work is.
  public init(
    threads: Int? = nil, memory: Int? = nil, timeLimit: Duration? = nil,
    pluginTimeLimit: Duration? = ExecutionOptions.defaultPluginTimeLimit, plugins: [String] = [],
    analysis: String? = nil, output: String? = nil, allowRead: [String] = [], recording inputs: InputFiles? = nil,
    progress: Progress? = nil
  ) {
    writesSidecars = inputs != nil
    let inputs = inputs ?? InputFiles(hashing: false)
    self.inputs = inputs
    self.analysis = analysis
    namedPlugins = plugins
    if let memory { MemoryAccount.limit = memory }
    let threads = ExecutionOptions.allowed(threads: threads ?? ExecutionOptions.defaultThreads)
    let control = ExecutionControl(timeLimit: timeLimit)
    execution = ExecutionOptions(
      threads: threads, control: control, pluginTimeLimit: pluginTimeLimit,
      progress: Self.reporting("query", "rows", to: progress))
    reading = ExecutionOptions(
      threads: threads, control: control, progress: Self.reporting("reading", "bytes", to: progress))
    outputFolder = output.map { Path.folder(of: $0 + ($0.hasSuffix("/") ? "x" : "")) } ?? "."
    self.plugins = PluginFolders(
      named: plugins, analysis: analysis, control: control, memory: memory, inputs: inputs)
    metrics = .withPlugins(self.plugins)
    formats = FormatFolders(
      beside: PluginFolders.roots(of: analysis), limits: self.plugins.limits, inputs: inputs)
    access = FileAccess(analysis: analysis, output: outputFolder, allowed: allowRead)
  }

  private static func reporting(
    _ what: String, _ unit: String, to progress: Progress?
  ) -> (@Sendable (_ done: Int, _ of: Int) -> Void)? {
    guard let progress else { return nil }
    return { done, total in progress(what, done, total, unit) }
  }

  /// Opens a dataset and remembers it for `warnings`.
  ///
  /// With `access`, every file that the dataset's description names has to lie where an analysis may read.
  public func open(
    _ path: String, reading options: ReadingOptions? = nil, access: FileAccess? = nil
  ) throws(ReadoutError) -> Dataset {
    let dataset = try Dataset(
      path, reading: options, metrics: metrics, options: reading, access: access, inputs: inputs, formats: formats)
    opened.withLock { $0.append(dataset) }
    return dataset
  }

  public func run(_ query: Query) throws(ReadoutError) -> Report { try query.collect(execution) }

  /// Runs a query with the session's limits, and gives its plan with how often each metric was called.
  public func analyze(_ query: Query) throws(ReadoutError) -> String { try query.explain(running: execution) }

  /// The options of `--reading`.
  func options(_ text: String?, of dataset: String) throws(ReadoutError) -> ReadingOptions? {
    guard let text else { return nil }
    let place = ReadoutError.Place(file: "--reading")
    let data = try DescriptionFile.parse("return {\(text)\n}", named: "--reading", limits: plugins.limits)
    try DescriptionFields(data, place: place).check(known: ReadingOptions.keys)
    return try ReadingOptions(data, place: place, formats: formats.first(besideData: dataset))
  }

  /// What there is to say about the columns of the data that were read.
  public var notes: [String] {
    opened.withLock { $0 }.flatMap(\.loadedTables).flatMap(\.notes).map { "readout: note: \($0)" }
  }

  /// What there is to say about the data that were read: notes, and how much was not taken as it stood. What was rejected is
  /// written to `rejects.csv` beside the reports; that is an error where a report or data of this run stand there.
  public func warnings() throws(ReadoutError) -> [String] {
    let tables = opened.withLock { $0 }.flatMap(\.loadedTables)
    var warnings = notes
    let rejects = tables.flatMap(\.rejects)
    guard !rejects.isEmpty else { return warnings }
    let nulled = tables.reduce(0) { $0 + $1.nulledValues }
    let skipped = tables.reduce(0) { $0 + $1.skippedRecords }
    let mended = rejects.count { $0.action == .mended }
    let path = Path.join(outputFolder, "rejects.csv")
    if reports.withLock({ $0.contains(Path.resolved(path)) }) {
      throw ReadoutError(
        .request, "the list of rejects would replace a report", value: path, hint: "give the report another name")
    }
    try refuseReplacing("the list of rejects", path, hint: "rename the file, or write to another folder")
    var file = try AtomicFile(path, within: analysis == nil ? nil : access.writable)
    try file.write(Array(RejectsWriter.csv(rejects).utf8).span)
    try file.commit()
    let parts = [
      Self.counted(nulled, "value", "made null"), Self.counted(skipped, "line", "left out"),
      Self.counted(mended, "line", "of another length"),
    ]
    warnings.append("readout: warning: \(parts.compactMap { $0 }.joined(separator: ", ")); see \(path)")
    return warnings
  }

  /// Ends the run before `what` takes the place of a file that it has read: data, the script, a plugin or a lexicon.
  func refuseReplacing(_ what: String, _ path: String, hint: String) throws(ReadoutError) {
    guard Files.kind(path) == .file, inputs.holds(path) else { return }
    throw ReadoutError(.request, "\(what) would replace a file that was read", value: path, hint: hint)
  }

  private static func counted(_ count: Int, _ noun: String, _ done: String) -> String? {
    count == 0 ? nil : "\(ShownNumber.counted(count, noun)) \(done)"
  }
}
