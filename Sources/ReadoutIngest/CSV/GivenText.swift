import ReadoutEngine
import ReadoutVectors

/// Values of a type that was asked for: read more generously than inference would, for the user has said what they are.
enum GivenText {
  /// Days, microseconds or the integer itself; blanks around it are allowed, and `+5` and `040` are integers.
  static func integer(_ text: Span<UInt8>, type: DataType, pattern: DatePattern?) -> Int64? {
    let text = trimmed(text)
    switch type {
    case .date: return pattern.map { $0.day(text) } ?? Calendar.parseDay(text)
    case .timestamp:
      if let pattern { return pattern.moment(text) }
      return Calendar.parseMoment(text) ?? Calendar.parseDay(text).map { $0 * Calendar.microsecondsPerDay }
    default: return DecimalText.integer(text) ?? Int64(String(copying: text))
    }
  }

  /// Also `inf`, `nan`, `+5`, `5.` and leading zeros. Digits that no double holds, such as `1e400`, are no number.
  static func number(_ text: Span<UInt8>) -> Double? {
    let text = trimmed(text)
    let (form, value) = DecimalText.read(text)
    if form != .none { return value }
    let string = String(copying: text)
    if string.contains(where: { $0 == "x" || $0 == "X" || $0 == "(" }) { return nil }
    guard let read = Double(string) else { return nil }
    return read.isInfinite && string.utf8.contains { $0 &- 0x30 < 10 } ? nil : read
  }

  /// `true`, `false`, `1` and `0`, in any case.
  static func boolean(_ text: Span<UInt8>) -> Bool? {
    switch String(copying: trimmed(text)).lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  /// What helps against a value that is none of the type: the format it may have, or that it may mean null.
  static func hint(_ type: DataType, _ value: String, _ column: LoadPlan.PlannedColumn?) -> String {
    let other =
      "give the column another type than \(type.rawValue), or go on past such values with on_error = \"null\" or \"skip\""
    if value.isEmpty { return "say null = { \"\" } if empty values mean null; or \(other)" }
    guard type.isTime, let column, column.pattern == nil else { return other }
    let formats = DateFormatFinder.formats(of: value).map { "\"\($0.text)\"" }
    guard let first = formats.first else { return other }
    let more = formats.dropFirst().map { " or \($0)" }.joined()
    let key = Expression.text(ofKey: column.name, quote: "\"")
    return "name its format: formats = { \(key) = \(first) }\(more); or \(other)"
  }

  @_lifetime(copy text)
  static func trimmed(_ text: Span<UInt8>) -> Span<UInt8> {
    var start = 0
    var end = text.count
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
    return text.extracting(start..<end)
  }
}
