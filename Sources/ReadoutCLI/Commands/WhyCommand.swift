import ArgumentParser
import Readout
import ReadoutVectors

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Shows the rows behind a row of a report.",
    discussion: """
      The sidecar beside the report says what made it; that is run again, without
      writing anything. The rows are those of the table that the report's query
      began with, with the file and line where they stand; --table shows those of
      a table that was joined. A row is a number, counted from 1, or the values of
      some of its columns.

      What the sidecar names must lie in the working folder, in the report's, or
      in a folder of --allow-read.

      Example:
        readout why reports/support.csv country=KOR
      """)

  @Argument(help: ArgumentHelp("A report that has a sidecar.", valueName: "report"), completion: .file())
  var file: String
  @Argument(help: ArgumentHelp("A row's number, or values: country=KOR year=2025.", valueName: "row"))
  var row: [String]

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Show the first n rows.", valueName: "n"), transform: OptionValue.limit)
  var limit: Int?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Show these columns of the rows.", valueName: "list"))
  var select: [String] = []

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Show the rows of a table that was joined.", valueName: "name"))
  var table: String?

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let wanted = try ReportReplay.WantedRow(row)
    let replay = try ReportReplay(file, allowRead: common.allowRead)
    common.resolve()
    output.resolve()
    if let path = output.output, path != "-" { try replay.refuseReplacing(path) }
    let common = common
    for change in try replay.changes(threads: common.threads ?? ReportOptions.defaultThreads) where !common.quiet {
      Console.complain("readout: warning: \(change)")
    }
    let evidence = try replay.why(wanted, of: table) { common.session($0) }
    for warning in evidence.warnings where !common.quiet { Console.complain("readout: warning: \(warning)") }
    if table == nil, !common.quiet {
      for name in evidence.joinedTables {
        Console.complain("readout: note: rows of \(name) were joined to these; --table \"\(name)\" shows them")
      }
    }
    let report = try selected(evidence.report)
    let count = report.rowCount
    if let limit, limit < count, output.reportFormat != .table {
      if !common.quiet { Console.complain("readout: note: the first \(limit) of \(count) rows") }
      return try output.write(report.prefix(limit), threads: common.threads)
    }
    try output.write(report, threads: common.threads, rows: limit)
  }

  private func selected(_ report: Report) throws -> Report {
    if select.isEmpty { return report }
    return try Dataset(named: "evidence", tables: ["rows": report.table])["rows"]
      .select(select.joined(separator: ", "), at: .init(step: "--select")).collect()
  }
}
