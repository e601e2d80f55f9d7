import ReadoutEngine
import ReadoutVectors

/// Reads delimited text (CSV, TSV) into a table.
///
/// **Grammar**: RFC 4180. Records end at LF, CRLF, or CR where the text has no LF; the last one need not. A field that starts with a quote ends
/// at the next single quote, and may hold delimiters, line ends and doubled quotes; a quote elsewhere is a byte like any other. An empty
/// line between records of several columns is passed over; in a file of one column it is a null.
///
/// **Types** that are not given come from every value of the column: integer (64 bit; `040`, `+5` and ` 5` are strings), number, boolean
/// (`true`, `True`, `TRUE` …), date and timestamp (ISO 8601, or one other format that all values share), else string, or text
/// (`StringRefinement.isText`). An integer beyond 64 bits, or one beyond 2^53 among numbers, makes a string: no digit is lost.
/// Quotes do not change a value's type, but a quoted empty field is an empty string, and an unquoted one null.
public enum CSVReader {
  /// Reads all sources into one table; their columns are matched by name.
  ///
  /// - Parameter progress: told how many of how many bytes are done, from any thread, one call at a time and ascending.
  /// - Throws: `.data` for what is wrong with the input, naming file, line, byte and column; `.request` for files that are not there,
  ///   unknown columns, and limits of time and memory.
  public static func read(
    _ sources: [Source], options: ReadingOptions = ReadingOptions(), control: ExecutionControl = ExecutionControl(),
    progress: (@Sendable (_ done: Int, _ of: Int) -> Void)? = nil
  ) throws(ReadoutError) -> LoadedTable {
    guard !sources.isEmpty else { throw ReadoutError(.request, "no file to read") }
    let surveyor = Surveyor(options: options, control: control)
    let opened = try surveyor.open(sources)
    let ahead = ReadAhead(opened.map(\.bytes))
    defer { ahead?.stop() }
    let outcome: Result<LoadedTable, ReadoutError>
    do throws(ReadoutError) {
      outcome = .success(try table(of: opened, surveyor, progress: progress))
    } catch {
      outcome = .failure(error)
    }
    // A file that changed meanwhile explains whatever came of it, and a table of it is none.
    for source in opened { try source.refuseChanged() }
    return try outcome.get()
  }

  private static func table(
    of opened: [OpenedSource], _ surveyor: Surveyor, progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?
  ) throws(ReadoutError) -> LoadedTable {
    let (options, control) = (surveyor.options, surveyor.control)
    if let pass = StreamedPass(
      try LoadPlan(sources: opened, options: options), control: control, progress: progress), let first = try pass.run()
    {
      let loader = ParallelLoader(plan: pass.plan, layouts: [first.layout], control: control, progress: nil)
      let loaded = try loader.complete(first.chunks, first.hypotheses, first.parsed)
      return try LoadFinish(plan: pass.plan, layouts: [first.layout], loaded: loaded).table()
    }
    let (plan, layouts) = try surveyor.survey(opened)
    let loaded = try ParallelLoader(plan: plan, layouts: layouts, control: control, progress: progress).load()
    return try LoadFinish(plan: plan, layouts: layouts, loaded: loaded).table()
  }
}
