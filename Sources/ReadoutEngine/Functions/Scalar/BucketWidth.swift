/// The width of a time bucket: a number of units.
struct BucketWidth: Equatable, Sendable {
  enum Unit: String, CaseIterable, Sendable {
    case second, minute, hour, day, week, month, quarter, year
  }

  /// What a bucket is a multiple of, and how many.
  enum Step: Equatable, Sendable {
    case microseconds(Int64)
    case days(Int64)
    /// Weeks are counted in days from a Monday.
    case weeks(Int64)
    case months(Int64)
  }

  let step: Step

  /// Reads `month`, `months`, `15 minutes`; nil where that is no width.
  init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true)
    guard (1...2).contains(parts.count), let word = parts.last else { return nil }
    let singular = word.hasSuffix("s") ? word.dropLast() : word[...]
    guard let unit = Unit(rawValue: String(singular)) else { return nil }
    var number: Int64 = 1
    if parts.count == 2 {
      guard let written = Int64(parts[0]), (1...1_000_000).contains(written) else { return nil }
      number = written
    }
    step =
      switch unit {
      case .second: .microseconds(number * Calendar.microsecondsPerSecond)
      case .minute: .microseconds(number * 60 * Calendar.microsecondsPerSecond)
      case .hour: .microseconds(number * 3600 * Calendar.microsecondsPerSecond)
      case .day: .days(number)
      case .week: .weeks(number)
      case .month: .months(number)
      case .quarter: .months(3 * number)
      case .year: .months(12 * number)
      }
  }

  /// The first day of the bucket that a day lies in; nil for widths below a day.
  var startOfDay: (@Sendable (_ day: Int64) -> Int64)? {
    switch step {
    case .microseconds: nil
    case .days(let count): { Self.start(ofDay: $0, days: count, from: 0) }
    case .weeks(let count): { Self.start(ofDay: $0, days: 7 &* count, from: Self.firstMonday) }
    case .months(let count): { Self.start(ofDay: $0, months: count) }
    }
  }

  /// 1969-12-29, the Monday of the week of 1970-01-01.
  private static let firstMonday: Int64 = -3

  /// The first day of the bucket of `days` days that holds `day`.
  private static func start(ofDay day: Int64, days: Int64, from origin: Int64) -> Int64 {
    day &- Calendar.floorModulo(day &- origin, days)
  }

  /// The first day of the bucket of `months` months that holds `day`, counted from January of the year 0.
  private static func start(ofDay day: Int64, months: Int64) -> Int64 {
    let date = Calendar.date(ofDay: day)
    let month = date.year &* 12 &+ date.month &- 1
    let first = month &- Calendar.floorModulo(month, months)
    let year = Calendar.floorDivide(first, 12)
    return Calendar.day(of: Calendar.Day(year: year, month: first &- year &* 12 &+ 1, day: 1))
  }
}
