import Foundation
import Readout
import Testing
import Transcripts

/// Event studies over real statements: the UN General Debate around North Korea's nuclear tests.
@Suite(.enabled(if: SharedData.isThere, SharedData.missing)) struct StudyTests {
  /// The rates before and after are those of a plain count over the debate's sentences: words and mentions by country and year.
  @Test func debatesAroundNuclearTests() throws {
    let said = try SharedData.table("ungdc/sentences_1995on.csv.gz")
      .where("country == 'KOR' or country == 'PRK' or country == 'USA'").derive("date = date(string(year) .. '-09-25')")
    let opcon = try Dataset(opening: Repository.root.appending(path: "datasets/opcon").path)
    let tests = try opcon["events"].where("type == 'nuclear test'").derive("country = split('KOR,PRK,USA', ',')")
      .unnest("country").select("date, name, country")
    var settings = Study.Settings()
    (settings.before, settings.after, settings.every) = (365, 365, 365)
    let rate = "rate = per_thousand(mentions(text, 'nuclear', 'missile*'), words(text)), n = count()"
    let study = try said.study(tests, measure: rate, on: "country", settings: settings)
    let rows = try study.select("country, date, measure, before, after, n_before, n_after").answer()
    #expect(rows.count == 36)

    let years = try said.by("country, year").measure(
      "mentions = sum(mentions(text, 'nuclear', 'missile*')), words = sum(words(text)), n = count()"
    ).answer()
    let known = Dictionary(uniqueKeysWithValues: years.map { ("\($0[0]) \($0[1])", $0[2...].map { Double($0)! }) })
    for row in rows {
      let (year, isLate) = (Int(row[1].prefix(4))!, row[1].dropFirst(5) > "09-25")
      let debates = [isLate ? year : year - 1, isLate ? year + 1 : year].map { known["\(row[0]) \($0)"]! }
      let values = debates.map { row[2] == "n" ? $0[2] : 1000 * $0[0] / $0[1] }
      for (value, cell) in zip(values, row[3...4]) { #expect((Double(cell)! - value).magnitude < 1e-9 * value + 1e-12) }
      #expect(row[5...6].map { Double($0)! } == debates.map { $0[2] }, "\(row)")
    }
    // Over the six tests the North speaks more of them, and nobody makes more sentences.
    let north = try said.study(tests, measure: rate, on: "country", by: "country", settings: settings)
      .where("country == 'PRK'").select("measure, events, small = p < 0.05, above = low > 0, warning").answer()
    #expect(
      north == [
        ["rate", "6", "true", "true", "few events; windows overlap"],
        ["n", "6", "false", "false", "few events; windows overlap"],
      ])
  }
}
