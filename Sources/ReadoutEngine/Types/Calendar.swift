/// Dates and moments as integers: days and microseconds since 1970-01-01 UTC, in the proleptic Gregorian calendar.
///
/// Day and civil conversions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain).
public enum Calendar {
  public static let microsecondsPerSecond: Int64 = 1_000_000
  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The days of the years 0000 to 9999: those that four digits write.
  static let writtenDays: ClosedRange<Int64> = -719_528...2_932_896

  public struct Day: Equatable, Sendable {
    public var year: Int64
    /// 1 to 12.
    public var month: Int64
    /// 1 to 31.
    public var day: Int64

    public init(year: Int64, month: Int64, day: Int64) {
      self.year = year
      self.month = month
      self.day = day
    }
  }

  /// Days since 1970-01-01 of a civil date; the date must exist.
  public static func day(of date: Day) -> Int64 {
    let year = date.month <= 2 ? date.year &- 1 : date.year
    let era = floorDivide(year, 400)
    let yearOfEra = year &- era &* 400
    let monthFromMarch = (date.month &+ 9) % 12
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ date.day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// The civil date of a day number.
  public static func date(ofDay days: Int64) -> Day {
    let shifted = days &+ 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
    let day = dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1
    let month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
    return Day(year: yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0), month: month, day: day)
  }

  /// The day that a moment lies in.
  public static func day(ofMoment microseconds: Int64) -> Int64 { floorDivide(microseconds, microsecondsPerDay) }

  public static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 1 = Monday to 7 = Sunday (ISO 8601).
  public static func weekday(ofDay days: Int64) -> Int64 { floorModulo(days &+ 3, 7) &+ 1 }

  /// ISO 8601 week number, 1 to 53.
  public static func week(ofDay days: Int64) -> Int64 {
    let thursday = days &- weekday(ofDay: days) &+ 4
    let firstOfYear = day(of: Day(year: date(ofDay: thursday).year, month: 1, day: 1))
    return (thursday &- firstOfYear) / 7 &+ 1
  }

  @inlinable public static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    let quotient = a / b
    return (a % b != 0) && ((a < 0) != (b < 0)) ? quotient &- 1 : quotient
  }

  @inlinable public static func floorModulo(_ a: Int64, _ b: Int64) -> Int64 {
    let remainder = a % b
    return remainder != 0 && ((remainder < 0) != (b < 0)) ? remainder &+ b : remainder
  }
}
