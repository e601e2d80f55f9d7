import ReadoutEngine
import ReadoutReport
import Testing

/// What each format writes for each type, character by character.
@Suite struct FormatTests {
  static let all = Report(
    Table(
      ("i", .integer, [-7, nil, .integer(.min)]), ("n", .number, [5.0, 0.1, nil]),
      ("b", .boolean, [true, false, nil]), ("d", .date, [.date(20_396), nil, .date(-719_528)]),
      ("t", .timestamp, [.timestamp(1_762_248_600_000_000), .timestamp(1), nil]),
      ("s", .string, ["", nil, "a,\"b\"\nc"]), ("x", .text, ["naïve | *x*", "", nil]),
      ("l", .list, [["a", "b;c"], [], nil])))

  @Test func csv() {
    #expect(
      Self.all.text(as: .csv) == """
        i,n,b,d,t,s,x,l
        -7,5.0,true,2025-11-04,2025-11-04T09:30:00Z,"",naïve | *x*,a;b;c
        ,0.1,false,,1970-01-01T00:00:00.000001Z,,"",""
        -9223372036854775808,,,0000-01-01,,"a,""b""
        c",,

        """)
  }

  @Test func tsv() {
    let report = Report(Table(("a\tb", .string, ["x,y", "p\tq"]), ("n", .number, [1, nil])))
    #expect(report.text(as: .tsv) == "\"a\tb\"\tn\nx,y\t1.0\n\"p\tq\"\t\n")
  }

  @Test func json() {
    #expect(
      Self.all.text(as: .json) == """
        [
        {"i":-7,"n":5.0,"b":true,"d":"2025-11-04","t":"2025-11-04T09:30:00Z","s":"","x":"naïve | *x*","l":["a","b;c"]},
        {"i":null,"n":0.1,"b":false,"d":null,"t":"1970-01-01T00:00:00.000001Z","s":null,"x":"","l":[]},
        {"i":-9223372036854775808,"n":null,"b":null,"d":"0000-01-01","t":null,"s":"a,\\"b\\"\\nc","x":null,"l":null}
        ]

        """)
  }

  @Test func jsonEscapesControlCharacters() {
    let report = Report(Table(("s", .string, ["\u{1}\u{1F}\\\t\r/"])))
    #expect(report.text(as: .jsonl) == "{\"s\":\"\\u0001\\u001f\\\\\\t\\r/\"}\n")
  }

  @Test func markdown() {
    #expect(
      Self.all.text(as: .markdown) == """
        | i | n | b | d | t | s | x | l |
        | ---: | ---: | --- | --- | --- | --- | --- | --- |
        | -7 | 5.0 | true | 2025-11-04 | 2025-11-04T09:30:00Z |  | naïve \\| \\*x\\* | a; b;c |
        |  | 0.1 | false |  | 1970-01-01T00:00:00.000001Z |  |  |  |
        | -9223372036854775808 |  |  | 0000-01-01 |  | a,"b"<br>c |  |  |

        """)
  }

  @Test func emptyTables() {
    let report = Report(Table(("a", .string, []), ("b", .number, [])))
    #expect(report.text(as: .csv) == "a,b\n")
    #expect(report.text(as: .json) == "[]\n")
    #expect(report.text(as: .jsonl) == "")
    #expect(report.text(as: .markdown) == "| a | b |\n| --- | ---: |\n")
  }

  @Test func nonFiniteNumbers() {
    let report = Report(Table(("n", .number, [.number(.nan), .number(.infinity), .number(-.infinity)])))
    #expect(report.text(as: .csv) == "n\nnan\ninf\n-inf\n")
    #expect(report.text(as: .jsonl) == "{\"n\":null}\n{\"n\":null}\n{\"n\":null}\n")
  }

  @Test func disarming() {
    let report = Report(
      Table(
        ("=h", .string, ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "x=", ""]),
        ("n", .integer, [-1, -2, -3, -4, -5, -6, -7, -8])))
    #expect(
      report.text(as: .csv, options: ReportOptions(disarm: true))
        == "'=h,n\n'=1+1,-1\n'+1,-2\n'-1,-3\n'@x,-4\n'\tx,-5\n\"'\rx\",-6\nx=,-7\n\"\",-8\n")
  }

  @Test func byteOrderMark() {
    let report = Report(Table(("a", .integer, [1])))
    #expect(
      report.bytes(as: .csv, options: ReportOptions(byteOrderMark: true)) == [0xEF, 0xBB, 0xBF] + Array("a\n1\n".utf8))
    // A header that begins with the mark is quoted: it belongs to the name.
    #expect(Report(Table(("\u{FEFF}a", .integer, [1]))).text(as: .csv) == "\"\u{FEFF}a\"\n1\n")
  }

  @Test(arguments: [0, 1, 2047, 2048, 2049, 65_535, 65_536, 65_537, 140_000])
  func rowsAcrossBlocksAndChunks(count: Int) {
    let numbers = (0..<count).map { Scalar.integer(Int64($0)) }
    let words = (0..<count).map { Scalar.string("w\($0 % 7)") }
    let report = Report(Table(("i", .integer, numbers), ("w", .string, words)))
    let expected = (0..<count).map { "\($0),w\($0 % 7)\n" }.joined()
    #expect(report.text(as: .csv) == "i,w\n" + expected)
  }
}
