import ReadoutEngine
import ReadoutVectors

/// Finds the one format that every value of a string column has, where it is a date or a moment but not in ISO 8601.
struct DateFormatFinder {
  /// What is tried, each also with `%H:%M` and `%H:%M:%S` behind it. `YYYYMMDD` is not among them: it is an integer.
  /// Where a form has a blank, so do its values.
  static let candidates: [DatePattern] = {
    let days = [
      "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y.%m.%d", "%d-%m-%Y", "%m-%d-%Y", "%d-%b-%Y", "%d %b %Y",
      "%b %d, %Y",
      "%b %d %Y",
    ]
    return days.flatMap { day in
      ["", " %H:%M", " %H:%M:%S"].compactMap { time in (try? DatePattern(day + time))?.withBlanks }
    }
  }()

  /// Every candidate starts with a digit or a letter and has at least eight bytes: most strings end here.
  static let lengths = 8...40

  private var alive = DateFormatFinder.candidates
  private var seen = false

  /// Whether any format is left; takes the value's fit into account.
  mutating func take(_ value: Span<UInt8>) -> Bool {
    seen = true
    guard Self.lengths.contains(value.count) else {
      alive = []
      return false
    }
    if alive.count == 1 {
      if alive[0].moment(value) == nil { alive = [] }
    } else {
      var left: [DatePattern] = []
      for candidate in alive where candidate.moment(value) != nil { left.append(candidate) }
      alive = left
    }
    return !alive.isEmpty
  }

  /// The formats that one value has.
  static func formats(of value: String) -> [DatePattern] {
    var finder = DateFormatFinder()
    _ = finder.take(Array(value.utf8).span)
    return finder.fitting
  }

  /// The formats that every value has.
  var fitting: [DatePattern] { seen ? alive : [] }
}
