/// ISO 8601, written and read.
extension Calendar {
  /// `2025-11-04`; years beyond 0000 to 9999 with a sign and at least six digits, as ISO 8601 expands them.
  public static func text(ofDay days: Int64) -> String {
    let date = date(ofDay: days)
    return "\(text(ofYear: date.year))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  /// `2025-11-04T09:30:00Z`, with a fraction of three or six digits only where there is one.
  public static func text(ofMoment microseconds: Int64) -> String {
    let days = day(ofMoment: microseconds)
    let inDay = microseconds &- days &* microsecondsPerDay
    let seconds = inDay / microsecondsPerSecond
    let fraction = inDay % microsecondsPerSecond
    var text =
      "\(text(ofDay: days))T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    if fraction % 1000 != 0 {
      text += ".\(padded(fraction, 6))"
    } else if fraction != 0 {
      text += ".\(padded(fraction / 1000, 3))"
    }
    return text + "Z"
  }

  private static func text(ofYear year: Int64) -> String {
    if (0...9999).contains(year) { return padded(year, 4) }
    return (year < 0 ? "-" : "+") + padded(abs(year), 6)
  }

  static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
  }

  /// The day number of `2025-11-04`, or nil: exactly this form, and a day that exists.
  public static func parseDay(_ bytes: Span<UInt8>) -> Int64? {
    guard bytes.count == 10 else { return nil }
    return day(in: bytes, at: 0)
  }

  /// Microseconds of `2025-11-04T09:30[:00[.123456]][Z|+09:00|+0900|+09]`, or with a blank for the `T`, or nil.
  ///
  /// Without an offset the moment is UTC. Digits of the fraction beyond the sixth are cut. Hour 24 and second 60 are refused.
  public static func parseMoment(_ bytes: Span<UInt8>) -> Int64? {
    guard bytes.count >= 16, let days = day(in: bytes, at: 0), bytes[10] == 0x54 || bytes[10] == 0x20,
      let hour = digits(bytes, 11, 2), hour < 24, bytes[13] == 0x3A, let minute = digits(bytes, 14, 2), minute < 60
    else { return nil }
    var at = 16
    var moment = days &* microsecondsPerDay &+ (hour &* 60 &+ minute) &* 60 &* microsecondsPerSecond
    if at < bytes.count, bytes[at] == 0x3A {
      guard let second = digits(bytes, at + 1, 2), second < 60 else { return nil }
      moment &+= second &* microsecondsPerSecond
      at += 3
      if at < bytes.count, bytes[at] == 0x2E || bytes[at] == 0x2C {
        at += 1
        var scale: Int64 = 100_000
        let start = at
        while at < bytes.count, bytes[at] &- 0x30 < 10 {
          moment &+= Int64(bytes[at] &- 0x30) &* scale
          scale /= 10
          at += 1
        }
        if at == start { return nil }
      }
    }
    if at == bytes.count { return moment }
    if bytes[at] == 0x5A { return at + 1 == bytes.count ? moment : nil }
    guard bytes[at] == 0x2B || bytes[at] == 0x2D else { return nil }
    let sign: Int64 = bytes[at] == 0x2B ? 1 : -1
    guard let hours = digits(bytes, at + 1, 2), hours < 24 else { return nil }
    at += 3
    var minutes: Int64 = 0
    if at < bytes.count {
      if bytes[at] == 0x3A { at += 1 }
      guard let value = digits(bytes, at, 2), value < 60 else { return nil }
      minutes = value
      at += 2
    }
    guard at == bytes.count else { return nil }
    let inUTC = moment &- sign &* (hours &* 60 &+ minutes) &* 60 &* microsecondsPerSecond
    // The first and the last day may lie outside of the years that four digits write.
    return writtenDays.contains(floorDivide(inUTC, microsecondsPerDay)) ? inUTC : nil
  }

  private static func day(in bytes: Span<UInt8>, at start: Int) -> Int64? {
    guard let year = digits(bytes, start, 4), bytes[start + 4] == 0x2D, let month = digits(bytes, start + 5, 2),
      bytes[start + 7] == 0x2D, let day = digits(bytes, start + 8, 2), (1...12).contains(month), day >= 1,
      day <= daysInMonth(month, of: year)
    else { return nil }
    return self.day(of: Day(year: year, month: month, day: day))
  }

  private static func digits(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int64? {
    guard start + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for i in start..<start + count {
      let digit = bytes[i] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return value
  }

  /// `parseDay` of a string.
  public static func day(in text: String) -> Int64? { parseDay(Array(text.utf8).span) }
  /// `parseMoment` of a string; a bare date is its midnight.
  public static func moment(in text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return parseMoment(bytes.span) ?? parseDay(bytes.span).map { $0 &* microsecondsPerDay }
  }
}
