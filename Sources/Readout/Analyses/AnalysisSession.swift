import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutReport
import ReadoutVectors

/// What an analysis gets from outside of Lua: its files under the session's policy, the engine, and the output.
final class AnalysisSession: AnalysisHost {
  private let session: Session
  private let tableWidth: Int
  private let output: (String) -> Void

  /// What is run, for the sidecars of its reports.
  var run: ReportSidecar.Run
  /// Where reports go in place of files, of a run that makes one again.
  private let target: ReplayTarget?

  init(
    _ session: Session, tableWidth: Int?, replaying target: ReplayTarget? = nil,
    print output: @escaping (String) -> Void
  ) {
    self.target = target
    run = .init(analysis: session.analysis)
    self.session = session
    self.tableWidth = tableWidth ?? ReportOptions.defaultTableWidth
    self.output = output
  }

  func open(_ path: String, options: LuaData) throws(ReadoutError) -> any AnalysisDataset {
    let place = ReadoutError.Place(step: "open")
    try DescriptionFields(options, place: place).check(known: ReadingOptions.keys)
    let path = try session.access.reading(path)
    let formats = session.formats.first(besideData: path)
    let reading =
      options == .empty || options.isNull ? nil : try ReadingOptions(options, place: place, formats: formats)
    try session.access.check(Path.join(path, "dataset.lua"), shown: Path.join(path, "dataset.lua"))
    return OpenedDataset(try session.open(path, reading: reading, access: session.access))
  }

  func contents(ofFile path: String) throws(ReadoutError) -> [UInt8] {
    let found = try session.access.reading(path)
    var ended: ReadoutError?
    func goesOn() -> Bool {
      do throws(ReadoutError) { try session.execution.control.check(while: "reading \(path)") } catch { ended = error }
      return ended == nil
    }
    do throws(FileProblem) {
      let bytes = try Files.contents(found, within: session.access.readable, while: goesOn)
      session.inputs.note(found, as: .words, contents: bytes)
      return bytes
    } catch {
      if let ended { throw ended }
      throw ReadoutError(.request, "cannot read", value: path, hint: error.reason)
    }
  }

  func query(of table: Table, named name: String) -> Query { Query(table, named: name, functions: session.metrics) }

  func run(_ query: Query) throws(ReadoutError) -> Table { try session.run(query).table }

  func evidence(behind row: Int, of query: Query, table: String?) throws(ReadoutError) -> Table {
    try query.evidenceTable(behind: row, of: table, session.execution)
  }

  func explain(_ query: Query, running: Bool) throws(ReadoutError) -> String {
    try running ? session.analyze(query) : query.explain()
  }

  func write(
    _ table: Table, of query: Query, as format: String, to path: String, options: LuaData
  ) throws(ReadoutError) {
    let fields = DescriptionFields(options, place: ReadoutError.Place(step: format))
    try fields.check(known: AnalysisRunner.reportOptions)
    let chosen = ReportOptions(
      byteOrderMark: try fields.boolean("bom") ?? false, disarm: try fields.boolean("disarm") ?? false,
      threads: session.execution.threads)
    guard let known = ReportFormat(rawValue: format) else { throw .bug("a report format without a writer: \(format)") }
    if let target { return try target.take(table, query, path, known, chosen) }
    if let ending = ReportFormat.otherEnding(of: path) {
      throw ReadoutError(
        .request, "no report is written as .\(ending)", value: path, place: ReadoutError.Place(step: format),
        hint: "\(format) writes text: name it ….\(format)")
    }
    let query = try query.loadingMetrics()
    try session.write(
      table, of: query, to: session.access.writing(path), named: path, as: known, options: chosen, run: run,
      within: session.access.writable)
  }

  func render(_ table: Table, rows: Int?) -> String {
    let options = ReportOptions(tableRows: rows ?? ReportOptions.defaultTableRows, tableWidth: tableWidth)
    return String(Report(table).text(as: .table, options: options).dropLast())
  }

  func print(_ text: String) { output(text) }
}

/// A dataset as an analysis holds it.
private final class OpenedDataset: AnalysisDataset {
  private let dataset: Dataset

  init(_ dataset: Dataset) { self.dataset = dataset }

  var tableNames: [String] { dataset.tableNames }
  func query(_ table: String) throws(ReadoutError) -> Query { try dataset[table] }
}
