import ReadoutEngine
import Testing

@testable import ReadoutIngest

@Suite struct InferenceTests {
  /// A column of long strings is a text where more than half of them are distinct, whatever the sample made of it.
  @Test(arguments: [2, 4500, 4999, 5001, 9000]) func textOrString(distinct: Int) throws {
    let rows = (0..<10_000).map { "said number \($0 % distinct) at some length, in prose" }
    for order in [rows, rows.sorted(), rows.shuffled()] {
      let loaded = try read("i,s\n" + order.enumerated().map { "\($0.offset),\"\($0.element)\"\n" }.joined())
      #expect(loaded.table.fields[1].type == (distinct > 5000 ? .text : .string))
      #expect(loaded.column("s") == order.map { .string($0) })
    }
  }

  @Test func everyTypeIsFound() throws {
    let loaded = try read(
      """
      i,n,b,d,t,s
      1,1.5,true,2025-11-04,2025-11-04T09:30:00Z,x
      -2,-.5,False,1969-12-31,2025-11-04 09:30,"y, z"
      ,,,,,
      9223372036854775807,1e3,TRUE,0001-01-01,2025-11-04,""

      """)
    #expect(loaded.schema == ["i integer", "n number", "b boolean", "d date", "t timestamp", "s string"])
    #expect(loaded.column("i") == [1, -2, nil, .integer(.max)])
    #expect(loaded.column("n") == [1.5, -0.5, nil, 1000.0])
    #expect(loaded.column("b") == [true, false, nil, true])
    #expect(loaded.column("d") == [.date(20396), .date(-1), nil, .date(-719162)])
    #expect(loaded.column("s") == ["x", "y, z", nil, ""])
  }

  @Test(arguments: [
    ("040", DataType.string), ("-007", .string), ("+5", .string), ("0", .integer), ("-0", .integer), ("0.5", .number),
    (".5", .number), ("5.", .string), ("1e5", .number), ("1e999", .string), ("1e-999", .string), (" 5", .string),
    ("5 ", .string),
    ("NA", .string), ("NaN", .string), ("Inf", .string), ("-nan", .string), ("nan", .number), ("inf", .number),
    ("-inf", .number), ("9223372036854775808", .string),
    ("-9223372036854775808", .integer),
    ("true", .boolean), ("yes", .string), ("t", .string), ("2025-02-29", .string), ("2024-02-29", .date),
    ("1984-09", .string),
    ("20251104", .integer), ("2025-11-04T24:00", .string), ("2025-11-04T23:59:59.5+09:00", .timestamp), ("-", .string),
    ("1-2", .string),
    ("\"5\"", .integer), ("\"\"", .string), ("", .string), ("0x10", .string), ("1_000", .string), ("1,5", .string),
  ])
  func oneValue(text: String, type: DataType) throws {
    let field = text.contains(",") ? "\"\(text)\"" : text
    #expect(try read("x,y\n\(field),1\n").table.fields[0].type == type)
  }

  @Test func lateValuesWidenAndLoseNothing() throws {
    let loaded = try read("a,b,c,d\n1,1,2025-01-01,1\n2,2.5,2025-01-01T10:00,0.5\n1.50,x,1984-09,9007199254740993\n")
    #expect(loaded.schema == ["a number", "b string", "c string", "d string"])
    #expect(loaded.column("b") == ["1", "2.5", "x"])
    #expect(loaded.column("c") == ["2025-01-01", "2025-01-01T10:00", "1984-09"])
    #expect(loaded.column("d") == ["1", "0.5", "9007199254740993"])
    #expect(loaded.notes.contains { $0.contains("column c is a string: 2 of 3") && $0.contains("1984-09") })
  }
}
