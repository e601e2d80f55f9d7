import Foundation
import Readout
import Testing

/// Analyses over real statements; the numbers come from Python's `csv` module and regular expressions
/// (`(?<!\w)korea(?!\w)`, case ignored), or from a naive pass here.
@Suite(.enabled(if: SharedData.isThere, SharedData.missing)) struct SpeechTests {
  /// 492,532 sentences of the UN General Debate, compressed.
  @Test func whoSpeaksOfKorea() throws {
    let sentences = try SharedData.table("ungdc/sentences_1995on.csv.gz")
    let countries = try sentences.by("country").measure("n = count(), korea = sum(mentions(text, 'Korea'))")
    #expect(
      try countries.sort("-korea, country").limit(10).answer() == [
        ["KOR", "2751", "697"], ["PRK", "2217", "633"], ["JPN", "3014", "150"], ["USA", "5067", "30"],
        ["AUS", "3416", "26"], ["LAO", "1642", "22"], ["CHN", "3224", "19"], ["FJI", "3185", "15"],
        ["KHM", "1853", "15"], ["ISR", "4459", "13"],
      ])
    let whole = try sentences.measure("n = count(), countries = distinct(country), nameless = count_if(speaker == '')")
    #expect(try whole.answer() == [["492532", "197", "870"]])
  }

  /// Long texts with line breaks inside quotes.
  @Test func presidents() throws {
    let speeches = try SharedData.table("presidents/speeches_1950on.csv")
    let totals = try speeches.measure(
      "n = count(), first = min(date), last = max(date), presidents = distinct(president), letters = sum(length(text)),"
        + "longest = max(length(text)), lines = sum(length(text) - length(replace(text, '\\n', '')))")
    #expect(
      try totals.answer() == [["431", "1951-04-11", "2020-07-04", "13", "9267869", "147943", "50941"]])
    let korea = try speeches.by("president").measure("korea = sum(mentions(text, 'Korea'))").sort("-korea, president")
    #expect(
      try korea.limit(3).answer() == [
        ["Donald Trump", "44"], ["Lyndon B. Johnson", "42"], ["Harry S. Truman", "41"],
      ])
  }

  /// German, with a non-breaking space in some names of one party: two names, as the file has them.
  @Test func bundestag() throws {
    let utterances = try SharedData.table("bundestag/utterances_4sittings.csv")
    #expect(
      try utterances.by("kind").measure("n = count()").answer() == [["interjection", "2607"], ["speech", "3074"]])
    let greens = try utterances.where("contains(party_or_role, 'GRÜNEN')").by("party_or_role").measure("n = count()")
    #expect(
      try greens.answer() == [
        ["BÜNDNIS 90/DIE -GRÜNEN", "2"], ["BÜNDNIS 90/DIE GRÜNEN", "401"], ["BÜNDNIS\u{A0}90/DIE GRÜNEN", "335"],
      ])
    #expect(try utterances.measure("n = sum(length(text))").answer() == [["4134501"]])
    #expect(
      try utterances.by("date").measure("n = count()").answer() == [
        ["2009-10-27", "160"], ["2013-06-27", "3322"], ["2013-10-22", "277"], ["2015-04-23", "1922"],
      ])
  }
}
