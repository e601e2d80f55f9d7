import Foundation
import Readout
import Testing

/// CSV edge cases and naughty strings are read to exactly what they hold, and written so that they are read again.
@Suite(.enabled(if: SharedData.isThere, SharedData.missing)) struct NastyTests {
  static let spectrum = SharedData.files(in: "nasty/csv_spectrum/csvs", ending: ".csv")

  @Test func thereAreEdgeCases() { #expect(Self.spectrum.count == 11) }

  /// The expected values are strings, so the columns are read as strings. Where the file came without its carriage returns
  /// (git may drop them), neither has the expected text any.
  @Test(arguments: spectrum) func csvSpectrum(_ file: String) throws {
    let path = "nasty/csv_spectrum/csvs/\(file)"
    let names = try NaiveCSV.records(SharedData.path(path))[0]
    var options = ReadingOptions()
    options.types = Dictionary(uniqueKeysWithValues: names.map { ($0, .string) })
    let report = try SharedData.table(path, reading: options).collect()
    let json = Data(
      try String(contentsOfFile: SharedData.path("nasty/csv_spectrum/json/\(file.dropLast(4)).json"), encoding: .utf8)
        .utf8)
    let hasReturns = try Data(contentsOf: URL(fileURLWithPath: SharedData.path(path))).contains(13)
    let expected = try JSONDecoder().decode([[String: String]].self, from: json)
      .map { row in row.mapValues { hasReturns ? $0 : $0.replacing("\r\n", with: "\n") } }
    #expect(report.names == names)
    #expect(
      report.rows.map { row in Dictionary(uniqueKeysWithValues: zip(row.names, row.values.map(\.text))) } == expected)
  }

  /// Every naughty string of a list of several hundred comes back as it was, through Readout's own CSV and through quotes
  /// that another program wrote.
  @Test func naughtyStrings() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path("nasty/blns/blns.json")))
    let strings = try JSONDecoder().decode([String].self, from: data).filter { !$0.isEmpty }
    #expect(strings.count > 400)
    let folder = FileManager.default.temporaryDirectory.appending(path: "readout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    let other = folder.appending(path: "other.csv").path
    let quoted = strings.enumerated().map { "\($0),\"\($1.replacing("\"", with: "\"\""))\"\n" }.joined()
    try Data(("id,s\n" + quoted).utf8).write(to: URL(fileURLWithPath: other))
    var options = ReadingOptions()
    options.types = ["s": .string]
    try expect(strings, in: other, options)

    let own = folder.appending(path: "own.csv").path
    let dataset = try Dataset(opening: other, reading: options)
    try dataset["other"].collect().writeCSV(to: own)
    try expect(strings, in: own, options)
  }

  private func expect(_ strings: [String], in file: String, _ options: ReadingOptions) throws {
    let dataset = try Dataset(opening: file, reading: options)
    let report = try dataset[dataset.onlyTable].collect()
    #expect(report.rowCount == strings.count)
    for (row, string) in zip(report.rows, strings) {
      let read = row["s"].string ?? ""
      #expect(read.utf8.elementsEqual(string.utf8), "\(string.debugDescription) became \(read.debugDescription)")
    }
  }

  /// Files of real text, cell by cell against a reader of forty lines.
  @Test(arguments: [
    "presidents/speeches_1950on.csv", "bundestag/utterances_4sittings.csv", "icews/icews_sample.csv",
    "korea/nk_missile_tests.csv", "korea/nk_new_year_addresses.csv",
  ])
  func everyCellIsAsANaiveReaderHasIt(_ file: String) throws {
    let records = try NaiveCSV.records(SharedData.path(file))
    var options = ReadingOptions()
    options.types = Dictionary(uniqueKeysWithValues: records[0].map { ($0, .string) })
    let report = try SharedData.table(file, reading: options).collect()
    #expect(report.names == records[0])
    #expect(report.rowCount == records.count - 1)
    for (row, record) in zip(report.rows, records.dropFirst())
    where !zip(row.values, record).allSatisfy({ $0.text.utf8.elementsEqual($1.utf8) }) {
      Issue.record("\(file), record \(row.index + 1)")
      break
    }
  }
}
