import Foundation
import Readout
import Testing

/// Analyses over real events; the numbers come from Python's `csv` module.
@Suite(.enabled(if: SharedData.isThere, SharedData.missing)) struct EventTests {
  /// Codes with leading zeros stay strings; a list in a cell is split where it is needed.
  @Test func icews() throws {
    let events = try SharedData.table("icews/icews_sample.csv")
    #expect(
      try events.by("cameo_code").measure("n = count()").sort("-n").limit(5).answer() == [
        ["010", "700"], ["040", "628"], ["036", "371"], ["173", "339"], ["020", "238"],
      ])
    let totals = try events.measure(
      "n = count(), verbal = count_if(starts_with(cameo_code, '0')), intensity = round(sum(intensity) * 10),"
        + "no_sector = count_if(source_sectors == nil), no_city = count_if(city == nil),"
        + "sectors = sum(#split(source_sectors, ','))")
    let sectors = try NaiveCSV.records(SharedData.path("icews/icews_sample.csv")).dropFirst()
      .map { $0[3].isEmpty ? 0 : $0[3].split(separator: ",", omittingEmptySubsequences: false).count }.reduce(0, +)
    #expect(try totals.answer() == [["4993", "3458", "-1549", "1147", "1464", "\(sectors)"]])
  }

  /// Partial dates and `unknown` make a column a string, with a note that says so: nothing is lost.
  @Test func missileTests() throws {
    let dataset = try Dataset(opening: SharedData.path("korea/nk_missile_tests.csv"))
    let tests = try dataset["nk_missile_tests"]
    #expect(
      try tests.by("outcome").measure("n = count()").answer() == [
        ["failure", "38"], ["success", "229"], ["unknown", "72"],
      ])
    #expect(
      try tests.where("length(date) < 10").select("date").answer().map { $0[0] } == [
        "1984-09", "1984-09", "1984-09", "1986-05", "1990-05", "1990-06", "1991-07", "1992-06",
      ])
    #expect(try tests.measure("n = count_if(apogee == 'unknown')").answer() == [["99"]])
    let read = try tests.derive("day = try_date(date), height = try_number(apogee)")
      .measure("days = count(day), heights = count(height)")
    #expect(try read.answer() == [["331", "230"]])
    let notes = dataset.loadedTables.flatMap(\.notes)
    for column in ["date", "apogee", "distance"] {
      #expect(notes.contains { $0.contains("column \(column) is a string") }, "a note on \(column)")
    }
  }

  /// With a type given, the same values are rejected, each with its place.
  @Test func brokenValuesAreCounted() throws {
    var options = ReadingOptions()
    options.types = ["date": .date]
    #expect(throws: ReadoutError.self) { try SharedData.table("korea/nk_missile_tests.csv", reading: options) }
    options.onError = .null
    let dataset = try Dataset(opening: SharedData.path("korea/nk_missile_tests.csv"), reading: options)
    let loaded = try dataset.load("nk_missile_tests")
    #expect(loaded.table.rowCount == 339)
    #expect(try dataset["nk_missile_tests"].where("date == nil").measure("n = count()").answer() == [["8"]])
    #expect(loaded.rejects.count == 8)
  }
}
