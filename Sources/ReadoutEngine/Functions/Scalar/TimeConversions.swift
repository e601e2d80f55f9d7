import ReadoutVectors

/// `date timestamp` and their `try_` twins.
enum TimeConversions {
  static let date = Conversion(
    type: .date, name: "date", parameters: parameters,
    summary: "Reads a date (ISO 8601, or by a format such as '%d.%m.%Y'), or takes the UTC day of a timestamp",
    examples: [
      ("date('2025-11-04')", "date('2025-11-04')"), ("date('4.11.2025', '%d.%m.%Y')", "date('2025-11-04')"),
      ("date(timestamp('2025-11-04T23:30:00Z'))", "date('2025-11-04')"),
    ], tryExamples: [("try_date('2025-02-30')", "nil"), ("try_date('2025-02-28')", "date('2025-02-28')")],
    hint: "a date such as 2025-11-04, or one that fits the format, is read"
  ) { (arguments) throws(ReadoutError) in
    if arguments[0].type == .date { return nil }
    if arguments[0].type == .timestamp {
      return { values in Values(integers: values.integers.map { Calendar.day(ofMoment: $0) }, type: .date) }
    }
    let read = try reader(arguments)
    return { values in
      .readingIntegers(values.strings, type: .date) { read($0).map { Calendar.day(ofMoment: $0) } }
    }
  }

  static let timestamp = Conversion(
    type: .timestamp, name: "timestamp", parameters: parameters,
    summary:
      "Reads a timestamp (ISO 8601, UTC where no offset is given, or by a format), or takes the midnight of a date",
    examples: [
      ("timestamp('2025-11-04T09:30:00+09:00')", "timestamp('2025-11-04T00:30:00Z')"),
      ("timestamp('4/11/2025 9:05', '%d/%m/%Y %H:%M')", "timestamp('2025-11-04T09:05:00Z')"),
      ("timestamp(date('2025-11-04'))", "timestamp('2025-11-04T00:00:00Z')"),
    ],
    tryExamples: [
      ("try_timestamp('soon')", "nil"), ("try_timestamp('2025-11-04 09:30')", "timestamp('2025-11-04T09:30:00Z')"),
    ], hint: "a timestamp such as 2025-11-04T09:30:00Z, or one that fits the format, is read"
  ) { (arguments) throws(ReadoutError) in
    if arguments[0].type == .timestamp { return nil }
    if arguments[0].type == .date {
      return { values in
        let days = values.integers
        return .reading(count: days.count, default: 0, { .integers($0) }, type: .timestamp) { row in
          let (moment, overflows) = days[row].multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
          return overflows ? nil : moment
        }
      }
    }
    let read = try reader(arguments)
    return { values in .readingIntegers(values.strings, type: .timestamp) { read($0) } }
  }

  private static let parameters = [
    Parameter("x", .strings + .times), Parameter("format", .strings, .optional, constant: true),
  ]

  /// Reads a moment by the format that is given, else ISO 8601, a bare date being its midnight.
  private static func reader(_ arguments: [Argument]) throws(ReadoutError) -> @Sendable (Span<UInt8>) -> Int64? {
    guard arguments.count > 1 else {
      return { bytes in
        Calendar.parseDay(bytes).map { $0 &* Calendar.microsecondsPerDay } ?? Calendar.parseMoment(bytes)
      }
    }
    let format = try TimeFormat(arguments[1], reading: true)
    return { bytes in format.read(bytes) }
  }
}
