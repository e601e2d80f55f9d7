import ReadoutEngine
import ReadoutReport
import Testing

@Suite struct AlignedTableTests {
  private func text(_ table: Table, rows: Int = 20, width: Int? = 120) -> String {
    Report(table).text(as: .table, options: ReportOptions(tableRows: rows, tableWidth: width))
  }

  @Test func typesNullsAndAlignment() {
    #expect(
      text(Table(("country", .string, ["KOR", nil]), ("n", .integer, [12, 1234]), ("support", .number, [0.25, nil])))
        == """
        country        n  support
        string   integer   number
        -------  -------  -------
        KOR           12     0.25
        null        1234     null
        2 rows

        """)
  }

  @Test func rowsThatAreNotShownAreCounted() {
    let table = Table(("n", .integer, (0..<1235).map { .integer($0) }))
    #expect(text(table, rows: 1).hasSuffix("      0\n… 1,234 more rows (1 of 1,235 shown)\n"))
    #expect(text(Table(("n", .integer, [1]))).hasSuffix("      1\n1 row\n"))
    #expect(text(Table(("n", .integer, []))) == "      n\ninteger\n-------\n0 rows\n")
  }

  @Test func eastAsianTextTakesTwoColumns() {
    #expect(
      text(Table(("나라", .string, ["대한민국", "ｋｒ", "e\u{301}é"]), ("n", .integer, [1, 2, 3])))
        == """
        나라            n
        string    integer
        --------  -------
        대한민국        1
        ｋｒ            2
        e\u{301}é              3
        3 rows

        """)
  }

  @Test func wideTextIsCutToTheWidth() {
    let table = Table(("id", .integer, [1]), ("text", .text, [.string(String(repeating: "word ", count: 50))]))
    for width in 24...200 {
      for line in text(table, width: width).split(separator: "\n") { #expect(line.unicodeScalars.count <= width) }
    }
    #expect(text(table, width: 30).contains("      1  word word word word …\n"))
  }

  @Test func wideCharactersAreNeverCutInHalf() {
    let table = Table(("text", .text, [.string(String(repeating: "한", count: 40))]))
    #expect(text(table, width: 12).contains("한한한한한…\n"))
    #expect(text(table, width: 13).contains("한한한한한한…\n"))
  }

  @Test func columnsThatDoNotFitAreNamed() {
    let table = Table(
      ("first", .integer, [1]), ("second", .integer, [2]), ("third", .integer, [3]), ("fourth", .integer, [4]))
    #expect(
      text(table, width: 16) == """
          first   second
        integer  integer
        -------  -------
              1        2
        1 row
        … 2 more column…

        """)
  }

  @Test func controlCharactersAreShown() {
    #expect(text(Table(("s", .string, ["a\nb\u{1B}[31m\u{9B}"]))).contains("a\\nb\\x1B[31m\\x9B\n"))
  }

  @Test func numbersForPeople() {
    let numbers: [Double] = [
      1 / 3, 123_456.7891234, 0.00012345678, 2, .nan, 1e20, 6.4750799e-273, -2.00000001e-7, 9.99999999e-5,
      .leastNonzeroMagnitude,
    ]
    let shown = text(Table(("n", .number, numbers.map { .number($0) })))
    for number in [
      "0.333333", "123456.789123", "0.000123457", "2.0", "nan", "1e+20", "6.47508e-273", "-2e-07", "0.0001", "5e-324",
    ] {
      #expect(shown.contains(" \(number)\n") || shown.contains("\n\(number)\n"), "\(number) in\n\(shown)")
    }
  }
}
