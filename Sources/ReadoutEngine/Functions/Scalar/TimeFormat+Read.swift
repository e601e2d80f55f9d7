extension TimeFormat {
  /// Microseconds since 1970 of a time written in this format, or nil; the whole string must fit, and the day must
  /// exist.
  ///
  /// Numbers have up to as many digits as they are written with (a year four); a year of two digits lies in 1969 to
  /// 2068; names are read in any case; what the format does not give is that of 1970-01-01T00:00:00.
  func read(_ bytes: Span<UInt8>) -> Int64? {
    var reader = Reader(at: 0)
    for piece in pieces {
      switch piece {
      case .text(let text):
        guard bytes.holds(text.span, at: reader.at) else { return nil }
        reader.at += text.count
      case .directive(let directive): guard reader.read(directive, bytes) else { return nil }
      }
    }
    return reader.at == bytes.count ? reader.moment : nil
  }

  /// What has been read so far.
  private struct Reader {
    var at: Int
    var year: Int64 = 1970
    var month: Int64 = 1
    var day: Int64 = 1
    var dayOfYear: Int64?
    var microseconds: Int64 = 0

    init(at: Int) { self.at = at }

    var moment: Int64? {
      var days: Int64
      if let dayOfYear {
        guard dayOfYear <= (Calendar.isLeap(year) ? 366 : 365) else { return nil }
        days = Calendar.day(of: .init(year: year, month: 1, day: 1)) + dayOfYear - 1
      } else {
        guard day <= Calendar.daysInMonth(month, of: year) else { return nil }
        days = Calendar.day(of: .init(year: year, month: month, day: day))
      }
      return days * Calendar.microsecondsPerDay + microseconds
    }

    mutating func read(_ directive: Directive, _ bytes: Span<UInt8>) -> Bool {
      let second = Calendar.microsecondsPerSecond
      switch directive {
      case .year: return number(bytes, 4, 0...9999) { $0.year = $1 }
      case .yearOfCentury: return number(bytes, 2, 0...99) { $0.year = $1 + ($1 < 69 ? 2000 : 1900) }
      case .month: return number(bytes, 2, 1...12) { $0.month = $1 }
      case .monthName, .monthAbbreviation: return name(bytes, among: TimeFormat.months) { $0.month = $1 }
      case .day: return number(bytes, 2, 1...31) { $0.day = $1 }
      case .blankPaddedDay:
        if at < bytes.count, bytes[at] == 0x20 { at += 1 }
        return number(bytes, 2, 1...31) { $0.day = $1 }
      case .dayOfYear: return number(bytes, 3, 1...366) { $0.dayOfYear = $1 }
      case .weekdayName, .weekdayAbbreviation: return name(bytes, among: TimeFormat.weekdays) { _, _ in }
      case .hour: return number(bytes, 2, 0...23) { $0.microseconds += $1 * 3600 * second }
      case .minute: return number(bytes, 2, 0...59) { $0.microseconds += $1 * 60 * second }
      case .second: return number(bytes, 2, 0...59) { $0.microseconds += $1 * second }
      case .microsecond: return fraction(bytes)
      case .weekday, .week, .weekYear, .quarter: return false
      }
    }

    private mutating func number(
      _ bytes: Span<UInt8>, _ width: Int, _ allowed: ClosedRange<Int64>, _ store: (inout Reader, Int64) -> Void
    ) -> Bool {
      let start = at
      var value: Int64 = 0
      while at < bytes.count, at - start < width, bytes[at] &- 0x30 < 10 {
        value = value * 10 + Int64(bytes[at] &- 0x30)
        at += 1
      }
      guard at > start, allowed.contains(value) else { return false }
      store(&self, value)
      return true
    }

    /// One to six digits after the point.
    private mutating func fraction(_ bytes: Span<UInt8>) -> Bool {
      let start = at
      var unit: Int64 = 100_000
      while at < bytes.count, at - start < 6, bytes[at] &- 0x30 < 10 {
        microseconds += Int64(bytes[at] &- 0x30) * unit
        unit /= 10
        at += 1
      }
      return at > start
    }

    /// A full name, or its first three letters.
    private mutating func name(
      _ bytes: Span<UInt8>, among names: [String], _ store: (inout Reader, Int64) -> Void
    ) -> Bool {
      for (index, name) in names.enumerated() {
        var length = 0
        for byte in name.utf8 {
          guard at + length < bytes.count, bytes[at + length] | 0x20 == byte | 0x20 else { break }
          length += 1
        }
        if length >= 3 {
          at += length == name.utf8.count ? length : 3
          store(&self, Int64(index) + 1)
          return true
        }
      }
      return false
    }
  }
}
