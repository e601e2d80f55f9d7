import Foundation
import Readout
import Testing

/// Raw event data read by their named formats, beside a split at tabs.
@Suite(.enabled(if: SharedData.isThere, SharedData.missing)) struct FormatTests {
  @Test(arguments: [
    ("gdelt/events.csv", "gdelt-events", 61), ("gdelt/eventsT.csv", "gdelt-events", 61),
    ("gdelt/events1.csv", "gdelt1-events", 58), ("gdelt/mentions.csv", "gdelt-mentions", 16),
    ("gdelt/mentionsT.csv", "gdelt-mentions", 16), ("gdelt/gkg.csv", "gdelt-gkg", 27),
    ("gdelt/gkgT.csv", "gdelt-gkg", 27), ("gdelt/gkg1.csv", "gdelt1-gkg", 11),
    ("gdelt/gkg1Count.csv", "gdelt1-gkgcounts", 15), ("icews/events.2018.sample.tab", "icews", 20),
  ]) func everyValue(file: String, format: String, columns: Int) throws {
    let report = try SharedData.table(file, reading: ReadingOptions(format: format)).collect()
    #expect(report.names.count == columns)
    var lines = try String(decoding: Data(contentsOf: URL(filePath: SharedData.path(file))), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    if format == "icews" { lines.removeFirst() }
    #expect(report.rowCount == lines.count)
    for (row, line) in zip(report.rows, lines) {
      for (column, name) in report.names.enumerated() {
        var wanted = column < line.count ? line[column] : ""
        if column == columns - 1, wanted.hasSuffix("\r") { wanted.removeLast() }
        if format == "icews", wanted == "NA" { wanted = "" }
        let found = row[name].text
        // Numbers and moments are written in one way, whatever the file's.
        if let number = Double(wanted), Double(found) == number { continue }
        if !wanted.isEmpty, wanted.utf8.allSatisfy({ $0 &- 0x30 < 10 }), found.filter(\.isNumber) == wanted { continue }
        #expect(found == wanted, "\(file), \(name)")
      }
    }
  }

  @Test func codesKeepTheirZeros() throws {
    let events = try SharedData.table("gdelt/events.csv", reading: ReadingOptions(format: "gdelt-events"))
    let roots = try events.by("EventRootCode, root = cameo_root(EventCode)").measure("n = count()").limit(2).answer()
    #expect(roots.map { $0[1] } == ["make a statement", "appeal"])
    #expect(try events.where("EventCode == '042'").measure("n = count()").answer() != [["0"]])
  }
}
