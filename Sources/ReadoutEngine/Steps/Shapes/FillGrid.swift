/// The moments that a series should have: the starts of buckets, one after the other.
struct FillGrid: Sendable {
  private let width: BucketWidth
  private let type: DataType

  /// - Parameter text: A width as `bucket` takes it: `month`, `7 days`, `15 minutes`.
  init(_ text: String, type: DataType) throws(ReadoutError) {
    guard let width = BucketWidth(text) else {
      throw ReadoutError(
        .request, "fill: unknown width", value: text, hint: "day, week, month, quarter, year, or '7 days', '15 minutes'"
      )
    }
    guard type == .timestamp || width.startOfDay != nil else {
      throw ReadoutError(
        .request, "fill: a date has no hours", value: text, hint: "use a day or more, or timestamps")
    }
    self.width = width
    self.type = type
  }

  /// The start of the bucket that a moment lies in, in days or microseconds.
  func start(of moment: Int64) -> Int64 {
    if case .microseconds(let count) = width.step { return moment &- Calendar.floorModulo(moment, count) }
    let start = width.startOfDay!
    return type == .date
      ? start(moment) : start(Calendar.day(ofMoment: moment)) &* Calendar.microsecondsPerDay
  }

  /// The start of the next bucket; `start` is one.
  func next(after start: Int64) -> Int64 {
    let day = type == .date ? 1 : Calendar.microsecondsPerDay
    switch width.step {
    case .microseconds(let count): return start &+ count
    case .days(let count): return start &+ count &* day
    case .weeks(let count): return start &+ 7 &* count &* day
    case .months(let count):
      let date = Calendar.date(ofDay: type == .date ? start : Calendar.day(ofMoment: start))
      let month = date.year &* 12 &+ date.month &- 1 &+ count
      let next = Calendar.day(
        of: Calendar.Day(
          year: Calendar.floorDivide(month, 12), month: Calendar.floorModulo(month, 12) &+ 1, day: 1))
      return next &* day
    }
  }
}
