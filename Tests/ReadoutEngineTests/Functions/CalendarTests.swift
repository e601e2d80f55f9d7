import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Every day from 1600 to 2400 against a calendar that counts one day at a time.
struct CalendarTests {
  struct NaiveDay {
    var number: Int64
    var year: Int64
    var month: Int64
    var day: Int64
    var dayOfYear: Int64
    var weekday: Int64
  }

  static let days: [NaiveDay] = {
    // 1600-01-01 was a Saturday, 135,140 days before 1970-01-01.
    var today = NaiveDay(number: -135_140, year: 1600, month: 1, day: 1, dayOfYear: 1, weekday: 6)
    var days: [NaiveDay] = []
    while today.year <= 2400 {
      days.append(today)
      let isLeap = today.year % 4 == 0 && (today.year % 100 != 0 || today.year % 400 == 0)
      let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      today.number += 1
      today.day += 1
      today.dayOfYear += 1
      today.weekday = today.weekday % 7 + 1
      if today.day > lengths[Int(today.month) - 1] {
        today.day = 1
        today.month += 1
      }
      if today.month > 12 {
        today.month = 1
        today.year += 1
        today.dayOfYear = 1
      }
    }
    return days
  }()

  static func run(_ name: String, _ values: Values, _ settings: Scalar...) throws -> Values {
    let function = try #require(BuiltInFunctions.scalars.first { $0.signature.name == name })
    let kernel = try function.bind(
      [Argument(type: values.type)] + settings.map { Argument(type: $0.type!, constant: $0) })
    return try kernel.body(
      [values] + settings.map { Values(repeating: $0, type: $0.type!, count: values.count) },
      Evaluation(worker: Worker(index: 0), count: values.count))
  }

  static let dates = Values(integers: Vector(days.map(\.number)), type: .date)
  /// 12:34:56.789012 of each day.
  static let inDay: Int64 = 45_296_789_012
  static let moments = Values(
    integers: Vector(days.map { $0.number * Calendar.microsecondsPerDay + inDay }), type: .timestamp)

  /// One day in 29: on all weekdays and days of all months.
  static let someDates = Values(
    integers: Vector(stride(from: 0, to: days.count, by: 29).map { days[$0].number }), type: .date)
  static let someMoments = Values(
    integers: someDates.integers.map { $0 * Calendar.microsecondsPerDay + inDay }, type: .timestamp)

  @Test(arguments: [false, true])
  func parts(ofMoments: Bool) throws {
    let values = ofMoments ? Self.moments : Self.dates
    let laws: [(String, (NaiveDay) -> Int64)] = [
      ("year", \.year), ("month", \.month), ("day", \.day), ("weekday", \.weekday), ("quarter", { ($0.month + 2) / 3 }),
      ("hour", { _ in ofMoments ? 12 : 0 }),
    ]
    for (name, law) in laws {
      #expect(try Self.run(name, values).integers == Vector(Self.days.map(law)), "\(name)")
      // One row at a time, where no table of days is made.
      let single = values[100..<101]
      #expect(try Self.run(name, single)[0] == .integer(law(Self.days[100])))
    }
  }

  /// ISO 8601: the week of a day is the week of its Thursday, counted in the Thursday's year.
  @Test func weeks() throws {
    let weeks = try Self.run("week", Self.dates).integers
    for index in 3..<Self.days.count - 6 {
      let thursday = Self.days[index + 4 - Int(Self.days[index].weekday)]
      if weeks[index] != (thursday.dayOfYear + 6) / 7 {
        Issue.record("week of \(Calendar.text(ofDay: Self.days[index].number))")
      }
    }
  }

  @Test(arguments: [
    "day", "week", "month", "quarter", "year", "7 days", "10 days", "2 weeks", "5 months", "2 quarters",
    "10 years", "100 years",
  ])
  func bucketsAgainstTheNaiveCalendar(width: String) throws {
    /// A bucket's number: days of one bucket have the same, later buckets a larger one.
    let laws: [String: (NaiveDay) -> Int64] = [
      "day": { $0.number },
      "week": { ($0.number + 3 + 700_000) / 7 }, "7 days": { ($0.number + 700_000) / 7 },
      "10 days": { ($0.number + 1_000_000) / 10 }, "2 weeks": { ($0.number + 3 + 1_400_000) / 14 },
      "month": { $0.year * 12 + $0.month - 1 }, "quarter": { $0.year * 4 + ($0.month - 1) / 3 }, "year": { $0.year },
      "5 months": { ($0.year * 12 + $0.month - 1) / 5 }, "2 quarters": { ($0.year * 12 + $0.month - 1) / 6 },
      "10 years": { $0.year / 10 }, "100 years": { $0.year / 100 },
    ]
    let law = try #require(laws[width])
    let buckets = try Self.run("bucket", Self.dates, .string(width)).integers
    let inMoments = try Self.run("bucket", Self.moments, .string(width)).integers
    var isCertain = false
    var first: Int64 = 0
    for (index, day) in Self.days.enumerated() {
      if index == 0 || law(day) != law(Self.days[index - 1]) {
        // The first bucket may have begun before the calendar does.
        isCertain = isCertain || index > 0
        first = day.number
      }
      // An expectation for each of 300,000 days takes seconds; only failures are recorded.
      if isCertain && buckets[index] != first || inMoments[index] != buckets[index] * Calendar.microsecondsPerDay {
        Issue.record("\(Calendar.text(ofDay: day.number)) by \(width): \(Calendar.text(ofDay: buckets[index]))")
      }
    }
  }

  @Test(arguments: [("15 minutes", 900), ("hour", 3600), ("second", 1), ("90 seconds", 90), ("6 hours", 21_600)])
  func bucketsWithinADay(width: String, seconds: Int64) throws {
    let buckets = try Self.run("bucket", Self.moments, .string(width)).integers
    let unit = seconds * 1_000_000
    for index in buckets.indices {
      let moment = Self.moments.integers[index]
      if buckets[index] > moment || moment - buckets[index] >= unit || buckets[index] % unit != 0 {
        Issue.record("\(Calendar.text(ofMoment: moment)) by \(width)")
      }
    }
  }

  @Test(arguments: ["", "fortnight", "0 days", "-1 days", "1.5 days", "days 7", "7", "s", "1000001 days"])
  func widthsThatAreNone(width: String) {
    #expect(throws: ReadoutError.self) { try Self.run("bucket", Self.moments, .string(width)) }
  }

  @Test func aDateHasNoHours() {
    #expect(throws: ReadoutError.self) { try Self.run("bucket", Self.dates, "hour") }
  }

  /// What `strftime` writes, `date` and `timestamp` read.
  @Test(arguments: ["%Y-%m-%d", "%d.%m.%Y", "%e %B %Y", "%Y/%j", "%a, %d %b %Y", "%Y%m%d", "%A %d %B %Y%%"])
  func formatsReadBack(format: String) throws {
    let written = try Self.run("strftime", Self.someDates, .string(format))
    #expect(try Self.run("date", written, .string(format)).integers == Self.someDates.integers)
  }

  @Test func timesReadBack() throws {
    let written = try Self.run("strftime", Self.someMoments, "%Y-%m-%d %H:%M:%S.%f")
    #expect(try Self.run("timestamp", written, "%Y-%m-%d %H:%M:%S.%f").integers == Self.someMoments.integers)
    let isoWritten = try Self.run("string", Self.someMoments)
    #expect(try Self.run("timestamp", isoWritten).integers == Self.someMoments.integers)
    #expect(try Self.run("date", try Self.run("string", Self.someDates)).integers == Self.someDates.integers)
  }

  @Test(arguments: [
    ("%j", "308"), ("%q", "4"), ("%G-W%V", "2025-W45"), ("%u", "2"), ("%y", "25"), ("%b %B", "Nov November"),
    ("%a %A", "Tue Tuesday"),
    ("%e", " 4"), ("100%%", "100%"), ("", ""), ("%H:%M:%S.%f", "00:00:00.000000"),
  ])
  func directives(format: String, text: String) throws {
    #expect(try Self.run("strftime", Values([.date(20_396)], type: .date), .string(format))[0] == .string(text))
  }

  @Test(arguments: ["%", "%Q", "%Y-%", "%é"])
  func unknownDirectives(format: String) {
    #expect(throws: ReadoutError.self) { try Self.run("strftime", Self.dates, .string(format)) }
  }

  @Test(arguments: ["", "2025-02-30", "2025-13-01", "4.11.2025", "2025-11-04x", "soon"])
  func datesThatCannotBeRead(text: String) throws {
    #expect(try Self.run("try_date", Values(strings: StringVector([text])))[0] == .null)
    #expect(throws: ReadoutError.self) { try Self.run("date", Values(strings: StringVector([text]))) }
  }
}
