import ArgumentParser
import Readout
import ReadoutVectors

/// Where a report goes and in which form.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "csv, tsv, json, jsonl, markdown or table (default: by the ending of -o, csv for another ending; without -o, table).",
      valueName: "format"),
    completion: .list(ReportFormat.allCases.map(\.rawValue)), transform: OptionValue.format)
  var format: ReportFormat?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("A file for the report, written whole or not at all; - is standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Begin CSV and TSV with a byte order mark, for spreadsheet programs.")
  var bom = false

  @Flag(help: "In CSV and TSV, put ' before texts that begin with = + - @, for spreadsheet programs.")
  var disarm = false

  var reportFormat: ReportFormat { format ?? output.map { ReportFormat(path: $0) ?? .csv } ?? .table }

  mutating func validate() throws {
    if let ending = output.flatMap(ReportFormat.otherEnding) {
      throw ValidationError(
        "no report is written as .\(ending); there are .csv, .tsv, .json, .jsonl, .md and .txt")
    }
    if bom || disarm, ![.csv, .tsv].contains(reportFormat) {
      throw ValidationError(
        "\(bom ? "--bom" : "--disarm") goes with the formats csv and tsv, not '\(reportFormat.rawValue)'")
    }
  }

  /// Makes the file's path absolute, before the working folder changes.
  mutating func resolve() {
    guard let output, output != "-", !output.hasPrefix("/") else { return }
    self.output = Files.workingFolder + "/" + output
  }

  /// How the report is written; `rows` is how many the aligned table shows. A file gets all rows and columns where nothing
  /// else is asked for.
  func options(_ threads: Int?, rows: Int? = nil) -> ReportOptions {
    let isFile = output ?? "-" != "-"
    return ReportOptions(
      byteOrderMark: bom, disarm: disarm, tableRows: rows ?? (isFile ? .max : ReportOptions.defaultTableRows),
      tableWidth: isFile ? nil : Console.terminalColumns ?? ReportOptions.defaultTableWidth,
      threads: threads ?? ReportOptions.defaultThreads)
  }

  func write(_ report: Report, threads: Int?, rows: Int? = nil) throws {
    let options = options(threads, rows: rows)
    if let output, output != "-" {
      try report.write(to: output, as: reportFormat, options: options)
    } else {
      var sink = Console.StandardOutput()
      try report.write(to: &sink, as: reportFormat, options: options)
    }
  }
}
