import ReadoutEngine
import ReadoutIngest
import ReadoutReport
import Testing

/// A CSV or TSV report read back gives the same table, for every type, nulls and empty values included.
@Suite struct RoundTripTests {
  private func reread(_ table: Table, as format: ReportFormat, types: [String: DataType] = [:]) throws -> Table {
    var options = ReadingOptions()
    options.types = types
    return try CSVReader.read([.bytes(Report(table).bytes(as: format), named: "report")], options: options).table
  }

  private func expectSame(
    _ table: Table, types: [String: DataType] = [:], _ location: SourceLocation = #_sourceLocation
  ) throws {
    for format in [ReportFormat.csv, .tsv] {
      let again = try reread(table, as: format, types: types)
      #expect(again.fields == table.fields, sourceLocation: location)
      #expect(again.rowCount == table.rowCount, sourceLocation: location)
      for column in table.fields.indices where column < again.fields.count {
        let (a, b) = (try table.values(column), try again.values(column))
        for row in 0..<min(table.rowCount, again.rowCount) {
          #expect(a[row] == b[row], "\(table.names[column]), row \(row + 1)", sourceLocation: location)
        }
      }
    }
  }

  @Test func typesThatAreInferred() throws {
    try expectSame(
      Table(
        ("i", .integer, [1, nil, .integer(.min), .integer(.max), 0]),
        ("n", .number, [0.1, 5.0, nil, 1e300, .number(-.leastNonzeroMagnitude)]),
        ("b", .boolean, [true, nil, false, true, false]),
        ("d", .date, [.date(20_396), .date(0), nil, .date(-25_000), .date(-719_528)]),
        (
          "t", .timestamp,
          [.timestamp(1_762_248_600_123_456), .timestamp(0), .timestamp(-1), nil, .timestamp(60_000_000)]
        ),
        ("s", .string, ["", nil, " lead", "tail ", "a,b\t;\"c\"\r\nd"])))
  }

  @Test func typesThatAreGiven() throws {
    let long = String(repeating: "word ", count: 60)
    try expectSame(
      Table(
        ("x", .text, [.string(long), nil, "", "040", "naïve 한국어 👍"]),
        ("l", .list, [["a", "b c"], nil, [], ["x,y", "\"q\""], ["one"]]),
        ("code", .string, ["040", "12", "true", "2025-01-01", "1e5"])),
      types: ["x": .text, "l": .list, "code": .string])
  }

  @Test func oneColumnWithNulls() throws {
    try expectSame(Table(("i", .integer, [nil, 1, nil, nil, 2, nil])))
    try expectSame(Table(("s", .string, ["a", nil, "", "b", nil])))
  }

  @Test func headersThatNeedQuotes() throws {
    try expectSame(
      Table(
        ("a,b", .integer, [1]), ("say \"so\"", .integer, [2]), ("Stance %", .integer, [3]),
        ("line\nbreak", .integer, [4])))
  }

  @Test(arguments: [";", "|", "a^", "~b", "sep=;", "SEP=:", "a,b"]) func namesThatMayBeDelimiters(name: String) throws {
    try expectSame(Table((name, .string, ["a", "b"])))
    try expectSame(Table((name, .string, []), ("x", .string, [])))
  }
}
