import ReadoutEngine
import Testing

@testable import ReadoutIngest

@Suite struct DateTests {
  @Test(arguments: [
    ("31/12/2025", "2025-12-31"), ("12/31/2025", "2025-12-31"), ("31.12.2025", "2025-12-31"),
    ("1.2.2025", "2025-02-01"),
    ("2025/12/31", "2025-12-31"), ("31-Dec-2025", "2025-12-31"), ("December 31, 2025", "2025-12-31"),
    ("Dec 31, 2025", "2025-12-31"),
    ("31 December 2025", "2025-12-31"), ("31-12-2025", "2025-12-31"),
  ])
  func oneFormat(text: String, day: String) throws {
    let loaded = try read("d;n\n\(text);1\n;2\n\(text);3\n")
    #expect(loaded.schema[0] == "d date")
    let days = Calendar.day(in: day).map { Scalar.date($0) }!
    #expect(loaded.column("d") == [days, .null, days])
  }

  @Test(arguments: ["SEP123456", "MAR310042", "12Sep2025", "1Jan2025"]) func codesAreNoDates(code: String) throws {
    #expect(try read("code,n\n\(code),1\n").schema[0] == "code string")
  }

  @Test func timesOfDayMakeTimestamps() throws {
    #expect(try read("t,n\n31/12/2025 23:05,1\n").column("t") == [.timestamp(Calendar.moment(in: "2025-12-31T23:05")!)])
  }

  @Test func aDateThatReadsTwoWaysIsNeverGuessed() {
    let found = Outcome { () throws(ReadoutError) in try read("d,n\n04/04/2025,1\n03/04/2025,2\n") }
    #expect(
      found.error == """
        readout: a date that can be read in two ways: 03/04/2025
          at test.csv:3, byte 17, column d
          hint: name its format in dataset.lua: formats = { d = "%d/%m/%Y" } or "%m/%d/%Y"; or types = { d = "string" }
        """)
  }

  @Test func aNamedFormatDecides() throws {
    let text = "d,n\n03/04/2025,1\n"
    #expect(
      try read(text) { $0.dateFormats = ["d": "%d/%m/%Y"] }.column("d") == [.date(Calendar.day(in: "2025-04-03")!)])
    #expect(
      try read(text) { $0.dateFormats = ["d": "%m/%d/%Y"] }.column("d") == [.date(Calendar.day(in: "2025-03-04")!)])
    #expect(try read(text) { $0.types = ["d": .string] }.column("d") == ["03/04/2025"])
    let wrong = Outcome { () throws(ReadoutError) in try read("d,n\n3 March,1\n") { $0.dateFormats = ["d": "%d/%m/%Y"] }
    }
    #expect(wrong.error?.hasPrefix("readout: the value is no date of the form %d/%m/%Y: 3 March\n") == true)
  }

  @Test func mixedFormatsStayStrings() throws {
    #expect(try read("d,n\n31/12/2025,1\n12/31/2025,2\n").schema[0] == "d string")
    #expect(try read("d,n\n2025-12-31,1\n31.12.2025,2\n").schema[0] == "d string")
    #expect(try read("d,n\n30/02/2025,1\n").schema[0] == "d string")
  }

  @Test(arguments: [
    ("%Y%m%d%H%M%S", "20251104093000", "2025-11-04T09:30:00Z"),
    ("%d.%m.%y %H:%M", "4.11.25 9:30", "2025-11-04T09:30:00Z"),
    ("%b %e, %Y %I:%M %p", "nov  4, 2025 09:30 PM", "2025-11-04T21:30:00Z"),
    ("%Y-%j", "2025-308", "2025-11-04T00:00:00Z"),
    ("%A, %d %B %Y", "Tuesday, 04 NOVEMBER 2025", "2025-11-04T00:00:00Z"),
    ("%Y-%m-%dT%H:%M:%S.%f%z", "2025-11-04T09:30:00.250+09:00", "2025-11-04T00:30:00.250Z"),
    ("%D %T", "11/04/25 09:30:01", "2025-11-04T09:30:01Z"),
    ("%d/%m/%Y", "04/11/2025 ", "none"), ("%d/%m/%Y", "04/13/2025", "none"), ("%H:%M %F", "24:00 2025-11-04", "none"),
  ])
  func patterns(format: String, text: String, expected: String) throws {
    let moment = try DatePattern(format).moment(Array(text.utf8).span)
    #expect((moment.map { Calendar.text(ofMoment: $0) } ?? "none") == expected)
  }

  @Test(arguments: ["%Q", "%d/%m", "%", "%H:%M"]) func badPatternsAreRefused(format: String) {
    #expect(throws: ReadoutError.self) { try DatePattern(format) }
  }

  @Test func everyISODayReadsAsTheCalendarHasIt() throws {
    var text = "d,n\n"
    let days = stride(from: Calendar.day(in: "0001-01-01")!, through: Calendar.day(in: "9999-12-31")!, by: 97)
    for day in days { text += Calendar.text(ofDay: day) + ",1\n" }
    #expect(try read(text).column("d") == days.map { .date($0) })
  }

  @Test(arguments: [
    "2025-00-10", "2025-13-10", "2025-04-31", "1900-02-29", "2025-1-010", "2025/01-10", "2O25-01-10", "2025-01-1x",
  ])
  func whatIsNoDay(text: String) throws {
    #expect(try read("d,n\n2025-01-01,1\n\(text),2\n").column("d") == ["2025-01-01", .string(text)])
  }
}
