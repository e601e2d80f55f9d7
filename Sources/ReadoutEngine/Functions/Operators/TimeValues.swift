import ReadoutVectors

/// Dates and timestamps on one scale.
enum TimeValues {
  /// Microseconds; a date is its midnight, clamped to the moments that 64 bits hold.
  static func moments(_ values: Values) -> Values {
    guard values.type == .date else { return values }
    if let days = values.constantInteger {
      return Values(repeating: .timestamp(moment(ofDay: days)), type: .timestamp, count: values.count)
    }
    return Values(
      integers: values.integers.map { moment(ofDay: $0) }, type: .timestamp, validity: values.validity)
  }

  /// Days since 1970-01-01, in UTC.
  static func days(_ values: Values) -> Vector<Int64> {
    values.type == .date ? values.integers : values.integers.map { Calendar.day(ofMoment: $0) }
  }

  @inline(__always)
  static func moment(ofDay days: Int64) -> Int64 {
    let (product, overflows) = days.multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
    return overflows ? (days < 0 ? .min : .max) : product
  }
}
