import ReadoutEngine

extension DatePattern {
  /// Microseconds of the moment that `text` is in this form, the whole of it; nil where it is not, or where there is no such day.
  func moment(_ text: Span<UInt8>) -> Int64? {
    var reading = Reading(text: text)
    for part in parts where !reading.take(part) { return nil }
    return reading.at == text.count ? reading.moment : nil
  }

  /// The day number; nil also where the form has a time that is not midnight.
  func day(_ text: Span<UInt8>) -> Int64? {
    guard let moment = moment(text), moment % Calendar.microsecondsPerDay == 0 else { return nil }
    return Calendar.day(ofMoment: moment)
  }

  /// A value half read.
  private struct Reading: ~Escapable {
    let text: Span<UInt8>
    var at = 0
    var year: Int64 = 1970
    var month: Int64 = 1
    var day: Int64 = 1
    var dayOfYear: Int64?
    var hour: Int64 = 0
    var minute: Int64 = 0
    var second: Int64 = 0
    var microsecond: Int64 = 0
    var afternoon: Bool?
    var offset: Int64 = 0

    @_lifetime(copy text)
    init(text: Span<UInt8>) { self.text = text }

    mutating func take(_ part: Part) -> Bool {
      switch part {
      case .literal(let byte):
        guard at < text.count, text[at] == byte else { return false }
        at += 1
        return true
      case .blanks:
        while at < text.count, text[at] == 0x20 { at += 1 }
        return true
      case .field(let letter): return take(field: letter)
      }
    }

    private mutating func take(field letter: UInt8) -> Bool {
      switch UnicodeScalar(letter) {
      case "Y": return number(4, 4) { $0.year = $1 }
      case "y": return number(2, 2) { $0.year = $1 + ($1 < 69 ? 2000 : 1900) }
      case "m": return number(1, 2) { $0.month = $1 }
      case "d": return number(1, 2) { $0.day = $1 }
      case "j": return number(1, 3) { $0.dayOfYear = $1 }
      case "H", "I": return number(1, 2) { $0.hour = $1 }
      case "M": return number(1, 2) { $0.minute = $1 }
      case "S": return number(1, 2) { $0.second = $1 }
      case "f": return fraction()
      case "p":
        guard let half = word(among: ["am", "pm"]) else { return false }
        afternoon = half == 1
        return true
      case "b":
        guard let name = word(among: Self.months) else { return false }
        month = Int64(name % 12 + 1)
        return true
      case "a": return word(among: Self.weekdays) != nil
      default: return zone()
      }
    }

    /// nil where the parts make no moment.
    var moment: Int64? {
      var hour = hour
      if let afternoon {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (afternoon ? 12 : 0)
      }
      guard (1...12).contains(month), day >= 1, day <= Calendar.daysInMonth(month, of: year), hour < 24, minute < 60,
        second < 60
      else { return nil }
      var days = Calendar.day(of: .init(year: year, month: month, day: day))
      if let dayOfYear {
        guard dayOfYear >= 1, dayOfYear <= (Calendar.isLeap(year) ? 366 : 365) else { return nil }
        days = Calendar.day(of: .init(year: year, month: 1, day: 1)) + dayOfYear - 1
      }
      let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
      return seconds * Calendar.microsecondsPerSecond + microsecond
    }

    private mutating func number(_ least: Int, _ most: Int, _ set: (inout Reading, Int64) -> Void) -> Bool {
      let start = at
      var value: Int64 = 0
      while at < text.count, at - start < most, text[at] &- 0x30 < 10 {
        value = value * 10 + Int64(text[at] &- 0x30)
        at += 1
      }
      guard at - start >= least else { return false }
      set(&self, value)
      return true
    }

    private mutating func fraction() -> Bool {
      let start = at
      var scale: Int64 = 100_000
      while at < text.count, at - start < 9, text[at] &- 0x30 < 10 {
        microsecond += Int64(text[at] &- 0x30) * scale
        scale /= 10
        at += 1
      }
      return at > start
    }

    private mutating func zone() -> Bool {
      guard at < text.count else { return false }
      let sign = text[at]
      at += 1
      if sign == 0x5A { return true }
      guard sign == 0x2B || sign == 0x2D else { return false }
      var hours: Int64 = 0
      var minutes: Int64 = 0
      guard
        number(
          2, 2,
          {
            hours = $1; _ = $0
          })
      else { return false }
      if at < text.count, text[at] == 0x3A { at += 1 }
      if at < text.count, text[at] &- 0x30 < 10 {
        guard
          number(
            2, 2,
            {
              minutes = $1; _ = $0
            })
        else { return false }
      }
      guard hours < 24, minutes < 60 else { return false }
      offset = (hours * 3600 + minutes * 60) * (sign == 0x2B ? 1 : -1)
      return true
    }

    /// The number of the longest name that stands here, and is not followed by a letter.
    private mutating func word(among names: [[UInt8]]) -> Int? {
      var end = at
      while end < text.count, (text[end] | 0x20) &- 0x61 < 26 { end += 1 }
      for (number, name) in names.enumerated() where name.count == end - at {
        var same = true
        for i in name.indices where text[at + i] | 0x20 != name[i] { same = false }
        if same {
          at = end
          return number
        }
      }
      return nil
    }

    private mutating func word(among names: [String]) -> Int? { word(among: names.map { Array($0.utf8) }) }

    /// Long names first, then short; the number modulo 12 is the month.
    static let months: [[UInt8]] = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }
    static let weekdays: [[UInt8]] = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri",
      "sat", "sun",
    ].map { Array($0.utf8) }
  }
}
