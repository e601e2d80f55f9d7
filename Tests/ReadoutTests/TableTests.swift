import Readout
import ReadoutEngine
import Testing

@Suite struct TableTests {
  @Test func columnsFindTheirTypes() throws {
    let table = try Table(columns: [
      "i": [1, nil], "n": [1, 2.5], "b": [true, nil], "s": ["a", nil], "l": [["a", "b"], []], "nothing": [nil, nil],
    ])
    #expect(table.fields.map(\.type) == [.integer, .number, .boolean, .string, .list, .string])
    #expect(table.names == ["i", "n", "b", "s", "l", "nothing"])
    #expect(table.columns.map(\.nullCount) == [1, 0, 1, 1, 0, 2])
  }

  @Test func columnsThatCannotBe() {
    let mixed = #expect(throws: ReadoutError.self) { try Table(columns: ["a": [1, "x"]]) }
    #expect(mixed?.place.detail == "column a, row 2")
    #expect(throws: ReadoutError.self) { try Table(columns: ["a": [1], "a": [2]]) }
    #expect(throws: ReadoutError.self) { try Table(columns: ["a": [1], "b": [1, 2]]) }
  }

  @Test func typedColumns() throws {
    let table = try Table([
      TableColumn("d", [Calendar.Day(year: 2025, month: 11, day: 4), nil]), TableColumn("x", [1.5, nil]),
      TableColumn("t", [Moment(microseconds: 0), nil]),
    ])
    #expect(table.fields.map(\.type) == [.date, .number, .timestamp])
    #expect(Report(table).rows[0].description == "d: 2025-11-04, x: 1.5, t: 1970-01-01T00:00:00Z")
  }

  @Test func appendingSharesTheChunks() throws {
    let rows = Table.chunkRows + 10
    let first = try Table([TableColumn("i", Array(0..<rows)), TableColumn("s", (0..<rows).map { "w\($0 % 3)" })])
    let both = try first.appending([["i": 7, "s": "new"], ["s": "w1"]])
    #expect(both.rowCount == rows + 2)
    #expect(both.columns[0].chunks.count == 3)
    #expect(first.rowCount == rows)
    let tail = Report(both).rows.suffix(3)
    #expect(tail.map { $0["s"].description } == ["w\((rows - 1) % 3)", "new", "w1"])
    #expect(tail.map { $0["i"] } == [.integer(Int64(rows - 1)), 7, nil])
    // The old chunks are the new table's too: the same bytes, not a copy of them.
    #expect(both.byteCount - first.byteCount < 4096)
    let grouped = try Dataset(tables: ["t": both])["t"].by("s").measure("n = count()").collect()
    #expect(grouped.rows.map { $0["s"].description } == ["new", "w0", "w1", "w2"])
  }

  @Test func appendingEveryType() throws {
    let all: KeyValuePairs<String, [Scalar]> = [
      "i": [1, nil], "n": [1.5, nil], "b": [true, nil], "s": ["a", nil], "l": [["a", "b"], nil],
      "d": [.date(3), nil], "t": [.timestamp(5), nil],
    ]
    let table = try Table(columns: all)
    let twice = try table.appending(table)
    let other = try Table(columns: [
      "l": [["b", "c"]], "i": [9], "n": [2], "b": [false], "s": ["z"], "d": [.date(4)], "t": [.timestamp(6)],
    ])
    let rows = Report(try twice.appending(other)).rows
    #expect(rows.count == 5)
    #expect(rows[2].values == rows[0].values)
    #expect(rows[3].values == rows[1].values)
    #expect(rows[4].values == [9, 2.0, false, "z", ["b", "c"], .date(4), .timestamp(6)])
  }

  @Test func appendingWhatDoesNotFit() throws {
    let table = try Table(columns: ["i": [1], "s": ["a"]])
    let unknown = #expect(throws: ReadoutError.self) { try table.appending([["j": 1]]) }
    #expect(unknown?.value == "j")
    #expect(throws: ReadoutError.self) { try table.appending([["i": "text"]]) }
    #expect(throws: ReadoutError.self) { try table.appending(Table(columns: ["i": [1]])) }
    #expect(throws: ReadoutError.self) { try table.appending(Table(columns: ["i": [1.5], "s": ["a"]])) }
  }
}
