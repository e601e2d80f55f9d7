/// The proleptic Gregorian calendar by counting: years and months are walked one by one from 1970. (Foundation's calendars
/// turn Julian before 1582, so they cannot stand in for it.)
enum NaiveCalendar {
  static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    var (year, rest) = (Int64(1970), day)
    while rest < 0 {
      year -= 1
      rest += days(inYear: year)
    }
    while rest >= days(inYear: year) {
      rest -= days(inYear: year)
      year += 1
    }
    var month: Int64 = 1
    while rest >= days(inMonth: month, year) {
      rest -= days(inMonth: month, year)
      month += 1
    }
    return (year, month, rest + 1)
  }

  /// The first day of a month.
  static func day(year: Int64, month: Int64) -> Int64 {
    var day: Int64 = 0
    for past in stride(from: Int64(1970), to: year, by: 1) { day += days(inYear: past) }
    for coming in stride(from: year, to: 1970, by: 1) { day -= days(inYear: coming) }
    for past in stride(from: Int64(1), to: month, by: 1) { day += days(inMonth: past, year) }
    return day
  }

  /// 1 = Monday; 1970-01-01 was a Thursday.
  static func weekday(ofDay day: Int64) -> Int64 { ((day + 3) % 7 + 7) % 7 + 1 }

  /// ISO 8601: the week belongs to the year that has its Thursday.
  static func week(ofDay day: Int64) -> Int64 {
    let thursday = day - weekday(ofDay: day) + 4
    return (thursday - self.day(year: date(ofDay: thursday).year, month: 1)) / 7 + 1
  }

  private static func days(inYear year: Int64) -> Int64 { isLeap(year) ? 366 : 365 }
  private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }
  private static func days(inMonth month: Int64, _ year: Int64) -> Int64 {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month) - 1]
  }
}
