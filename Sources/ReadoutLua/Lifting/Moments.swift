import ReadoutEngine
import ReadoutVectors

/// Dates and timestamps that a script gave as ISO 8601.
enum Moments {
  /// The days, or microseconds, that strings say; nil where one of a row that counts says none.
  static func read(_ texts: Values, isDate: Bool, where counted: Bitmap?) -> Vector<Int64>? {
    let strings = texts.strings
    var isRead = true
    let moments = Vector<Int64>(count: texts.count) { row in
      if !isRead || counted?[row] == false { return 0 }
      let moment = strings.withBytes(row) { bytes in
        isDate
          ? Calendar.parseDay(bytes)
          : Calendar.parseMoment(bytes) ?? Calendar.parseDay(bytes).map { $0 &* Calendar.microsecondsPerDay }
      }
      if moment == nil { isRead = false }
      return moment ?? 0
    }
    return isRead ? moments : nil
  }
}
