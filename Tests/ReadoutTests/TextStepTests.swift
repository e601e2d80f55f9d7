import Readout
import ReadoutEngine
import Testing

/// The steps over text from Swift: the same as from Lua, with errors that say where.
@Suite struct TextStepTests {
  private func statements() throws -> Query {
    let table = try Table([
      TableColumn("who", ["KOR", "KOR", "USA", nil]),
      TableColumn(
        "text",
        [
          "The transfer of command", "Command transfer: the transfer!", "the alliance, and the command", nil,
        ]),
    ])
    var query = Query(table, named: "statements")
    query.roles = ["text": "text"]
    return query
  }

  @Test func everyStepRuns() throws {
    let all = try statements()
    #expect(try all.kwic(["transfer"], width: 1).collect().rows.map { $0["left"] } == ["The", "Command", "the"])
    #expect(try all.terms(["command", "allian*"]).collect().rows.map { $0["mentions"] } == [1, 1, 1, 1])
    let common = try all.frequencies(by: "who", top: 1, stop: StopWords(language: "en")!).collect()
    #expect(common.rows.map { $0["term"] } == ["transfer", "alliance"])
    let key = try all.keyness(target: "who == 'USA'", correction: .none, top: 1).collect()
    #expect(key.rows.map { $0["term"] } == ["alliance"])
    #expect(try all.collocations(minimum: 1, top: 1).collect().rowCount == 1)
    #expect(try all.tfidf(by: "who", top: 1).collect().rows.map { $0["term"] } == ["transfer", "alliance"])
    #expect(try all.similar(threshold: 0.1, words: 1).collect().rows.map { $0["cluster"] } == [1, 1, 1, nil])
    #expect(try all.similarPairs(threshold: 0.5, words: 1).collect().rows.map { $0["other"] } == [2])
  }

  @Test func errorsSayWhere() throws {
    let all = try statements()
    let unread = #expect(throws: ReadoutError.self) { try all.keyness(target: "who ==") }
    #expect(unread?.description.contains("in keyness, target, character 7") == true)
    let unknown = #expect(throws: ReadoutError.self) { try all.frequencies(by: "whom").collect() }
    #expect(unknown?.description.contains("in frequencies, by, character 1") == true)
    #expect(unknown?.hint == "did you mean who?")
    let lexicon = #expect(throws: ReadoutError.self) { try all.terms(lexicon: "afinn").collect() }
    #expect(lexicon?.message == "unknown lexicon")
  }
}
