import ReadoutVectors

/// `year quarter month week day weekday hour`: parts of a date or timestamp, as integers, in UTC.
enum TimeParts {
  static let year = part(
    "year", "Gives the year.", [("year(date('2025-11-04'))", "2025"), ("year(date('1999-12-31'))", "1999")]
  ) {
    Calendar.date(ofDay: $0).year
  }
  static let quarter = part(
    "quarter", "Gives the quarter, 1 to 4.",
    [("quarter(date('2025-11-04'))", "4"), ("quarter(date('2025-03-31'))", "1")]
  ) { (Calendar.date(ofDay: $0).month &+ 2) / 3 }
  static let month = part(
    "month", "Gives the month, 1 to 12.", [("month(date('2025-11-04'))", "11"), ("month(date('2025-01-01'))", "1")]
  ) { Calendar.date(ofDay: $0).month }
  static let week = part(
    "week", "Gives the ISO 8601 week, 1 to 53.",
    [("week(date('2025-11-04'))", "45"), ("week(date('2024-12-30'))", "1"), ("week(date('2021-01-01'))", "53")]
  ) { Calendar.week(ofDay: $0) }
  static let day = part(
    "day", "Gives the day of the month, 1 to 31.",
    [("day(date('2025-11-04'))", "4"), ("day(date('2024-02-29'))", "29")]
  ) { Calendar.date(ofDay: $0).day }
  static let weekday = part(
    "weekday", "Gives the day of the week, 1 for Monday to 7 for Sunday.",
    [("weekday(date('2025-11-04'))", "2"), ("weekday(date('2025-11-09'))", "7")]
  ) { Calendar.weekday(ofDay: $0) }

  static let hour = BuiltInScalar(
    "hour", parameters, result: "integer", "Gives the hour, 0 to 23; that of a date is 0.",
    examples: [("hour(timestamp('2025-11-04T09:30:00Z'))", "9"), ("hour(date('2025-11-04'))", "0")]
  ) { arguments in
    ScalarKernel(.integer) { a, rows in
      if a[0].type == .date { return Values(repeating: .integer(0), type: .integer, count: rows.count) }
      return Values(
        integers: a[0].integers.map {
          Calendar.floorModulo($0, Calendar.microsecondsPerDay) / (3600 * Calendar.microsecondsPerSecond)
        })
    }
  }

  private static let parameters = [Parameter("t", .times)]

  @inline(__always)
  private static func part(
    _ name: String, _ summary: String, _ examples: [(String, String)], _ ofDay: @escaping @Sendable (Int64) -> Int64
  ) -> BuiltInScalar {
    BuiltInScalar(name, parameters, result: "integer", summary, examples: examples) { _ in
      ScalarKernel(.integer) { a, _ in
        Values(integers: PerDay.integers(TimeValues.days(a[0])) { ofDay($0) })
      }
    }
  }
}
