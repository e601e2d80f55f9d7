import ArgumentParser
import Readout

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
    if bom || disarm, ![.csv, .tsv].contains(reportFormat) {
      throw ValidationError(
        "\(bom ? "--bom" : "--disarm") goes with the formats csv and tsv, not '\(reportFormat.rawValue)'")
    }
  }

  func write(_ report: Report, threads: Int?) throws {
    let width =
      output ?? "-" == "-"
      ? Console.terminalColumns ?? ReportOptions.defaultTableWidth : ReportOptions.defaultTableWidth
    let options = ReportOptions(
      byteOrderMark: bom, disarm: disarm, tableWidth: width, threads: threads ?? ReportOptions.defaultThreads)
    if let output, output != "-" {
      try report.write(to: output, as: reportFormat, options: options)
    } else {
      var sink = Console.StandardOutput()
      try report.write(to: &sink, as: reportFormat, options: options)
    }
  }
}
