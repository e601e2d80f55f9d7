import ReadoutEngine
import Testing

@testable import ReadoutIngest

@Suite struct GrammarTests {
  @Test func quotesLineBreaksAndDoubledQuotes() throws {
    let loaded = try read("a,b\r\n\"one\r\ntwo, \"\"three\"\"\",\"\"\r\n\"\"\"\",x\r\n")
    #expect(loaded.column("a") == ["one\r\ntwo, \"three\"", "\""])
    #expect(loaded.column("b") == ["", "x"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(newline: String) throws {
    for last in ["", newline] {
      let loaded = try read(["a,b", "1,x", "2,y"].joined(separator: newline) + last)
      #expect(loaded.schema == ["a integer", "b string"])
      #expect(loaded.column("b") == ["x", "y"])
    }
  }

  @Test func quotesInTheMiddleOfAFieldAreBytes() throws {
    #expect(try read("a,b\n5\" pipe,a\"b\"c\n1,\"q\"\n").column("a") == ["5\" pipe", "1"])
    #expect(try read("a,b\n5\" pipe,a\"b\"c\n1,\"q\"\n").column("b") == ["a\"b\"c", "q"])
  }

  @Test func textAfterAClosingQuoteIsAnError() {
    let found = Outcome { () throws(ReadoutError) in try read("a,b\n1,2\n\"x\"y,3\n") }
    #expect(
      found.error?.hasPrefix("readout: text after a closing quote\n  at test.csv:3, byte 11\n  hint: double the quotes")
        == true)
  }

  @Test func aFaultyFieldKeepsItsBytes() throws {
    let loaded = try read("a,b\n\"x\"é\"\"\",1\n") { $0.onError = .null }
    #expect(loaded.column("a") == ["x\"é\""])
    #expect(loaded.rejects.map(\.value) == ["\"x\"é\"\"\",1"])
  }

  @Test func aQuoteThatIsNeverClosedIsAnErrorWhereItOpens() {
    let found = Outcome { () throws(ReadoutError) in try read("a,b\n1,2\n3,\"x\n4,5\n") }
    #expect(found.error?.hasPrefix("readout: a quote is opened and never closed\n  at test.csv:3, byte 10\n") == true)
  }

  @Test func withoutQuotingAQuoteIsAByte() throws {
    let loaded = try read("a\tb\n\"x\ty\n") { $0.quote = nil }
    #expect(loaded.column("a") == ["\"x"])
  }

  @Test func raggedRecords() throws {
    let text = "a,b,c\n1,2,3\n4,5\n6,7,8,9\n"
    let found = Outcome { () throws(ReadoutError) in try read(text) }
    #expect(
      found.error?.hasPrefix("readout: a record has 2 fields where 3 are expected\n  at test.csv:3, byte 12\n") == true)
    let mended = try read(text) { $0.onError = .null }
    #expect(mended.column("c") == [3, nil, 8])
    #expect(mended.rejects.map(\.action) == [.mended, .mended])
    let skipped = try read(text) { $0.onError = .skip }
    #expect(skipped.column("c") == [3])
    #expect(skipped.table.rowCount == 1)
    #expect(skipped.skippedRecords == 2)
    #expect(
      RejectsWriter.csv(skipped.rejects) == """
        file,line,byte,column,value,reason,action
        test.csv,3,12,,"4,5",a record has 2 fields where 3 are expected,skipped
        test.csv,4,16,,"6,7,8,9",a record has 4 fields where 3 are expected,skipped

        """)
  }

  @Test(arguments: [",", ";", "\t", "|"]) func delimiterIsFound(delimiter: String) throws {
    let other = delimiter == "," ? ";" : ","
    let text = "a\(delimiter)b\n\"x\(delimiter)y\"\(delimiter)1\(other)5\nz\(delimiter)2\(other)5\n"
    let loaded = try read(text)
    #expect(loaded.table.names == ["a", "b"])
    #expect(loaded.column("a") == [.string("x\(delimiter)y"), "z"])
    #expect(
      try read("a\(delimiter)b\n1\(delimiter)2\n") { $0.delimiter = UInt8(ascii: "#") }.table.names == [
        "a\(delimiter)b"
      ])
  }

  @Test func oneColumnNeedsNoDelimiter() throws {
    let loaded = try read("text\nhello, world\n\nbye; now\n")
    #expect(loaded.column("text") == ["hello, world", nil, "bye; now"])
  }

  @Test func emptyLinesBetweenRecordsArePassedOver() throws {
    #expect(try read("a,b\n\n1,2\n\n\n3,4\n\n").column("b") == [2, 4])
    #expect(try read("a,b\r\n\r\n1,2\r\n\r\n").column("b") == [2])
  }

  @Test func headers() throws {
    #expect(try read(" a , b\n1,2\n").table.names == ["a", "b"])
    let unnamed = try read(",b\n1,2\n")
    #expect(unnamed.table.names == ["column1", "b"])
    #expect(unnamed.notes == ["test.csv: column 1 has no name and is called column1"])
    #expect(
      Outcome { () throws(ReadoutError) in try read("x,y,x\n1,2,3\n") }.error?.hasPrefix(
        "readout: two columns have one name: x\n  at test.csv:1, columns 1 and 3") == true)
    #expect(try read("1,2\n3,4\n") { $0.hasHeader = false }.column("column2") == [2, 4])
    let named = try read("1,2\n") {
      $0.hasHeader = false
      $0.names = ["x", "y"]
    }
    #expect(named.column("y") == [2])
    #expect(try read("a,b\n1,2\n") { $0.names = ["x", "y"] }.column("y") == [2])
  }

  @Test func emptyFiles() throws {
    for text in ["", "\n", "\r\n\r\n"] {
      let found = Outcome { () throws(ReadoutError) in try read(text) }
      #expect(found.error?.hasPrefix("readout: the file is empty\n  at test.csv\n") == true)
    }
    for text in ["a,b", "a,b\n", "a,b\r\n\r\n"] {
      let loaded = try read(text)
      #expect(loaded.schema == ["a string", "b string"])
      #expect(loaded.table.rowCount == 0)
    }
  }

  @Test func nulBytesAreAnError() {
    let found = Outcome { () throws(ReadoutError) in try read([0x61, 0x2C, 0x62, 0x0A, 0x31, 0x2C, 0x00, 0x0A]) }
    #expect(found.error?.hasPrefix("readout: a NUL byte in the text\n  at test.csv:2, byte 6\n") == true)
  }
}
