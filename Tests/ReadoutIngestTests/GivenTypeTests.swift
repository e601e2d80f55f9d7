import ReadoutEngine
import Testing

@testable import ReadoutIngest

@Suite struct GivenTypeTests {
  @Test func aValueThatBreaksAGivenTypeIsAnError() {
    let found = Outcome { () throws(ReadoutError) in
      try read("a,n\nx,1\n\"y\nz\",n/a\n") { $0.types = ["n": .integer] }
    }
    #expect(
      found.error == """
        readout: the value is no integer: n/a
          at test.csv:4, byte 14, column n
          hint: give the column another type than integer, or go on past such values with on_error = "null" or "skip"
        """)
  }

  @Test func nullAndSkipGoOnAndTell() throws {
    let text = "a,n,d\n1,2,2025-01-01\n3,four,2025-01-02\n5,6,soon\n7,8,\n"
    let nulled = try read(text) {
      $0.types = ["n": .integer, "d": .date]
      $0.onError = .null
    }
    #expect(nulled.column("n") == [2, nil, 6, 8])
    #expect(nulled.nulledValues == 2)
    #expect(
      RejectsWriter.csv(nulled.rejects) == """
        file,line,byte,column,value,reason,action
        test.csv,3,23,n,four,the value is no integer,null
        test.csv,4,43,d,soon,the value is no date,null

        """)
    let skipped = try read(text) {
      $0.types = ["n": .integer, "d": .date]
      $0.onError = .skip
    }
    #expect(skipped.column("a") == [1, 7])
    #expect(skipped.skippedRecords == 2)
  }

  @Test func givenTypesAreReadGenerously() throws {
    let loaded = try read(
      "i,n,b,t,s,x,l\n040,+1.,1,2025-01-02,7,8,a;;b\n 5 ,inf,True,2025-01-02T10:00,08,,\"\"\n,,,,,,\n"
    ) {
      $0.types = ["i": .integer, "n": .number, "b": .boolean, "t": .timestamp, "s": .string, "x": .text, "l": .list]
    }
    #expect(loaded.schema == ["i integer", "n number", "b boolean", "t timestamp", "s string", "x text", "l list"])
    #expect(loaded.column("i") == [40, 5, nil])
    #expect(loaded.column("n") == [1.0, .number(.infinity), nil])
    #expect(loaded.column("b") == [true, true, nil])
    #expect(loaded.column("s") == ["7", "08", nil])
    #expect(loaded.column("x") == ["8", nil, nil])
    #expect(loaded.column("l") == [["a", "", "b"], .list([]), nil])
  }

  @Test func namedNulls() throws {
    let text = "a,b\nNA,1\nx,-99\n\"NA\",\"\"\n"
    let loaded = try read(text) { $0.nulls = ["NA", "-99", ""] }
    #expect(loaded.schema == ["a string", "b integer"])
    #expect(loaded.column("a") == [nil, "x", nil])
    #expect(loaded.column("b") == [1, nil, nil])
    #expect(try read(text).column("a") == ["NA", "x", "NA"])
  }

  @Test func unknownColumnsAreErrors() {
    let found = Outcome { () throws(ReadoutError) in try read("country,n\nx,1\n") { $0.types = ["contry": .string] } }
    #expect(found.error?.contains("unknown column in types or formats: contry") == true)
    #expect(found.error?.contains("did you mean country?") == true)
  }

  @Test func longStringsBecomeText() throws {
    let long = String(repeating: "word ", count: 60)
    #expect(try read("s\n\(long)\n").schema == ["s text"])
    #expect(try read("s\n\(long)\n") { $0.types = ["s": .string] }.schema == ["s string"])
    let sentences = (0..<10).map { "This is sentence number \($0) of a few." }.joined(separator: "\n")
    #expect(try read("s\n\(sentences)\n").schema == ["s text"])
    let repeated = (0..<10).map { "This is sentence number \($0 / 5) of a few." }.joined(separator: "\n")
    #expect(try read("s\n\(repeated)\n").schema == ["s string"])
    let addresses = (0..<10).map { "https://example.org/a/rather/long/path/\($0)" }.joined(separator: "\n")
    #expect(try read("s\n\(addresses)\n").schema == ["s string"])
  }
}
