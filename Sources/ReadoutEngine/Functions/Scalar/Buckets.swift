import ReadoutVectors

/// `bucket`: the start of the interval of time that a date or timestamp lies in, in UTC.
///
/// Seconds, minutes, hours and days are counted from 1970-01-01, so that `7 days` starts on Thursdays; weeks are
/// counted from a Monday; months, quarters and years from January of the year 0, so that `10 years` are decades. A
/// date stays a date, a timestamp a timestamp.
enum Buckets {
  static let bucket = BuiltInScalar(
    "bucket", [Parameter("t", .times), Parameter("width", .strings, constant: true)], result: "the type of t",
    "Gives the start of the day, week, month, quarter or year, or of the N units, that a time lies in.",
    examples: [
      ("bucket(date('2025-11-04'), 'month')", "date('2025-11-01')"),
      ("bucket(date('2025-11-04'), 'week')", "date('2025-11-03')"),
      ("bucket(timestamp('2025-11-04T09:44:00Z'), '15 minutes')", "timestamp('2025-11-04T09:30:00Z')"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let text = arguments[1].constantString ?? ""
    guard let width = BucketWidth(text) else {
      throw ReadoutError(
        .request, "bucket: unknown width", value: text, hint: hint(for: text), range: arguments[1].range)
    }
    return arguments[0].type == .date ? try kernel(days: width, arguments[1]) : kernel(moments: width)
  }

  private static func kernel(days width: BucketWidth, _ argument: Argument) throws(ReadoutError) -> ScalarKernel {
    guard let start = width.startOfDay else {
      throw ReadoutError(
        .request, "bucket: a date has no hours", value: argument.constantString,
        hint: "use a day or more, or timestamp(t)", range: argument.range)
    }
    return ScalarKernel(.date) { a, _ in
      Values(integers: PerDay.integers(a[0].integers) { inCalendar(start($0)) }, type: .date)
    }
  }

  private static func kernel(moments width: BucketWidth) -> ScalarKernel {
    let first = Calendar.writtenDays.lowerBound &* Calendar.microsecondsPerDay
    if case .microseconds(let count) = width.step {
      return ScalarKernel(.timestamp) { a, _ in
        Values(integers: a[0].integers.map { max($0 &- Calendar.floorModulo($0, count), first) }, type: .timestamp)
      }
    }
    let start = width.startOfDay ?? { $0 }
    return ScalarKernel(.timestamp) { a, _ in
      let starts = PerDay.integers(TimeValues.days(a[0])) { inCalendar(start($0)) }
      return Values(integers: starts.map { $0 &* Calendar.microsecondsPerDay }, type: .timestamp)
    }
  }

  /// The first interval begins where the calendar does, at 0000-01-01.
  private static func inCalendar(_ day: Int64) -> Int64 { max(day, Calendar.writtenDays.lowerBound) }

  private static func hint(for text: String) -> String {
    let names = BucketWidth.Unit.allCases.map(\.rawValue)
    if let near = Suggestion.nearest(to: text, among: names) { return "did you mean \(near)?" }
    return "\(names.joined(separator: ", ")), or a number of them: 7 days, 15 minutes"
  }
}
