import Foundation
import ReadoutEngine
import Testing

@testable import ReadoutIngest

/// Real files that are not part of the project. Where the folder is missing, these tests are reported as skipped, by name.
@Suite(.enabled(if: SharedData.isHere, "needs the shared data folder (READOUT_SHARED_DATA)")) struct SharedDataTests {
  func load(_ name: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws(ReadoutError) -> LoadedTable {
    var options = ReadingOptions()
    options.threads = 2
    change(&options)
    return try CSVReader.read([.file(SharedData.path(name), named: name)], options: options)
  }

  @Test func csvSpectrum() throws {
    let folder = SharedData.path("nasty/csv_spectrum")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/csvs").filter { $0.hasSuffix(".csv") }
    #expect(names.count == 11)
    for name in names {
      let json = try Data(contentsOf: URL(filePath: folder + "/json/" + name.replacing(".csv", with: ".json")))
      let expected = try JSONDecoder().decode([[String: String]].self, from: json)
      var options = ReadingOptions()
      let source = Source.file(folder + "/csvs/" + name)
      let columns = try CSVReader.read([source]).table.names
      options.types = Dictionary(uniqueKeysWithValues: columns.map { ($0, .string) })
      let loaded = try CSVReader.read([source], options: options)
      let found = (0..<loaded.table.rowCount).map { row in
        Dictionary(uniqueKeysWithValues: columns.map { ($0, loaded.column($0)[row]) })
      }
      // The shared copies have lost the CR inside quotes that their expectations still have.
      #expect(found == expected.map { $0.mapValues { .string($0.replacing("\r\n", with: "\n")) } }, "\(name)")
    }
  }

  @Test func naughtyStringsComeBackAsTheyAre() throws {
    let json = try Data(contentsOf: URL(filePath: SharedData.path("nasty/blns/blns.json")))
    let strings = try JSONDecoder().decode([String].self, from: json).filter { !$0.utf8.contains(0) }
    #expect(strings.count > 500)
    var text = "number,string\n"
    for (number, string) in strings.enumerated() {
      text += "\(number),\"" + string.replacing("\"", with: "\"\"") + "\"\n"
    }
    let loaded = try read(text) { $0.types = ["string": .string] }
    let found = loaded.column("string")
    for (row, string) in strings.enumerated() {
      guard case .string(let read) = found[row] else {
        Issue.record("row \(row) is null")
        continue
      }
      #expect(Array(read.utf8) == Array(string.utf8))
    }
    let inferred = try read(text)
    #expect(inferred.table.rowCount == strings.count)
  }

  @Test func presidents() throws {
    let loaded = try load("presidents/speeches_1950on.csv")
    #expect(loaded.table.rowCount == 431)
    #expect(loaded.schema == ["doc_id string", "date date", "president string", "title_slug string", "text text"])
    #expect(loaded.column("president").first == "Harry S. Truman")
  }

  @Test func icewsKeepsLeadingZeros() throws {
    let loaded = try load("icews/icews_sample.csv") { $0.types = ["source_sectors": .list] }
    #expect(loaded.table.rowCount == 4993)
    #expect(loaded.column("cameo_code").prefix(3) == ["040", "040", "014"])
    #expect(loaded.schema.contains("event_date date"))
    #expect(loaded.schema.contains("latitude number"))
    let tabs = try load("icews/events.2018.sample.tab") { $0.nulls = ["NA"] }
    #expect(tabs.table.rowCount == 3705)
    #expect(tabs.column("CAMEO Code").first == "040")
    #expect(tabs.column("District").first == .some(.null))
  }

  @Test func partialDatesAndUnknownsAreReported() throws {
    let loaded = try load("korea/nk_missile_tests.csv")
    #expect(loaded.table.rowCount == 339)
    #expect(loaded.schema.prefix(2) == ["date string", "time string"])
    #expect(loaded.column("date").contains("1984-09"))
    #expect(loaded.notes.contains { $0.hasPrefix("column date is a string:") && $0.contains("1984-09") })
    let withNulls = try load("korea/nk_missile_tests.csv") {
      $0.types = ["date": .date]
      $0.onError = .null
    }
    #expect(withNulls.schema[0] == "date date")
    #expect(withNulls.rejects.count == withNulls.table.columns[0].nullCount)
    #expect(withNulls.rejects.contains { $0.value == "1984-09" && $0.column == "date" })
  }

  @Test func bundestag() throws {
    let loaded = try load("bundestag/utterances_4sittings.csv")
    #expect(loaded.table.rowCount == 5681)
    #expect(loaded.schema.prefix(3) == ["term integer", "session integer", "date date"])
    // Minutes in Windows-1252, one line a value.
    let minutes = try load("bundestag/18001.txt") {
      $0.hasHeader = false
      $0.names = ["line"]
      $0.delimiter = 1
      $0.quote = nil
    }
    #expect(minutes.notes.contains { $0.contains("Windows-1252") })
    #expect(
      minutes.column("line").contains { if case .string(let line) = $0 { line.contains("Präsident") } else { false } })
  }

  @Test func koreanAddresses() throws {
    let loaded = try load("korea/nk_new_year_addresses.csv")
    #expect(loaded.table.rowCount == 73)
  }

  @Test func compressedSentences() throws {
    var outcomes: [[Int]] = []
    for threads in [1, 2, 8] {
      let loaded = try load("ungdc/sentences_1995on.csv.gz") { $0.threads = threads }
      #expect(loaded.table.rowCount == 492_532)
      #expect(
        loaded.schema == [
          "doc_id string", "sentence integer", "country string", "year integer", "speaker string", "text text",
        ])
      // The same codes in the same order, whatever the threads.
      let dictionary = loaded.table.columns[0].dictionary!
      outcomes.append([dictionary.count, Int(StringHashing.fold(dictionary.strings)), loaded.table.byteCount])
    }
    #expect(outcomes[0] == outcomes[1] && outcomes[0] == outcomes[2])
  }

  @Test func gdeltWithoutHeader() throws {
    let found = Outcome { () throws(ReadoutError) in
      try load("gdelt/events.csv") {
        $0.hasHeader = false
        $0.delimiter = 9
        $0.quote = nil
      }
    }
    #expect(found.error == nil || found.error!.contains("fields where"))
  }
}
