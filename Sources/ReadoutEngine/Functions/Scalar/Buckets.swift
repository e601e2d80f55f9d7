import ReadoutVectors

/// `bucket`: the start of the interval of time that a date or timestamp lies in, in UTC.
///
/// Seconds, minutes, hours and days are counted from 1970-01-01, so that `7 days` starts on Thursdays; weeks are counted from a
/// Monday; months, quarters and years from January of the year 0, so that `10 years` are decades. A date stays a date, a
/// timestamp a timestamp.
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
        .request, "unknown width of a bucket", value: text, hint: hint(for: text), range: arguments[1].range)
    }
    return arguments[0].type == .date ? try kernel(days: width, arguments[1]) : kernel(moments: width)
  }

  private static func kernel(days width: BucketWidth, _ argument: Argument) throws(ReadoutError) -> ScalarKernel {
    switch width.step {
    case .microseconds:
      throw ReadoutError(
        .request, "a date has no hours to make buckets of", value: argument.constantString,
        hint: "use a day or more, or timestamp(t)", range: argument.range)
    case .days(1): return days { $0 }
    case .days(let count): return days { BucketWidth.start(ofDay: $0, days: count, from: 0) }
    case .weeks(let count): return days { BucketWidth.start(ofDay: $0, days: 7 &* count, from: BucketWidth.firstMonday) }
    case .months(let count): return days { BucketWidth.start(ofDay: $0, months: count) }
    }
  }

  private static func kernel(moments width: BucketWidth) -> ScalarKernel {
    switch width.step {
    case .microseconds(let count): moments { $0 &- Calendar.floorModulo($0, count) }
    case .days(let count): moments { start($0) { BucketWidth.start(ofDay: $0, days: count, from: 0) } }
    case .weeks(let count):
      moments { start($0) { BucketWidth.start(ofDay: $0, days: 7 &* count, from: BucketWidth.firstMonday) } }
    case .months(let count): moments { start($0) { BucketWidth.start(ofDay: $0, months: count) } }
    }
  }

  /// The midnight that starts the bucket of a moment, from the day that starts it.
  @inline(__always)
  private static func start(_ moment: Int64, _ day: (Int64) -> Int64) -> Int64 {
    day(Calendar.day(ofMoment: moment)) &* Calendar.microsecondsPerDay
  }

  @inline(__always)
  private static func days(_ body: @escaping @Sendable (Int64) -> Int64) -> ScalarKernel {
    ScalarKernel(.date) { a, _ in Values(integers: a[0].integers.map { body($0) }, type: .date) }
  }

  @inline(__always)
  private static func moments(_ body: @escaping @Sendable (Int64) -> Int64) -> ScalarKernel {
    ScalarKernel(.timestamp) { a, _ in Values(integers: a[0].integers.map { body($0) }, type: .timestamp) }
  }

  private static func hint(for text: String) -> String {
    let names = BucketWidth.Unit.allCases.map(\.rawValue)
    if let near = Suggestion.nearest(to: text, among: names) { return "did you mean \(near)?" }
    return "\(names.joined(separator: ", ")), or a number of them: 7 days, 15 minutes"
  }
}
