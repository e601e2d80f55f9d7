import ReadoutEngine
import ReadoutVectors

/// ISO 8601, straight into the bytes; the same text as `Calendar.text(ofDay:)` and `Calendar.text(ofMoment:)`.
extension MutableVector where Element == UInt8 {
  mutating func append(day days: Int64) {
    let date = Calendar.date(ofDay: days)
    guard (0...9999).contains(date.year) else { return append(ascii: Calendar.text(ofDay: days)) }
    append(digits: UInt64(date.year), width: 4)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(date.month), width: 2)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(date.day), width: 2)
  }

  mutating func append(moment microseconds: Int64) {
    let days = Calendar.day(ofMoment: microseconds)
    let inDay = UInt64(microseconds &- days &* Calendar.microsecondsPerDay)
    let seconds = inDay / 1_000_000
    append(day: days)
    append(UInt8(ascii: "T"))
    append(digits: seconds / 3600, width: 2)
    append(UInt8(ascii: ":"))
    append(digits: seconds / 60 % 60, width: 2)
    append(UInt8(ascii: ":"))
    append(digits: seconds % 60, width: 2)
    let fraction = inDay % 1_000_000
    if fraction % 1000 != 0 {
      append(UInt8(ascii: "."))
      append(digits: fraction, width: 6)
    } else if fraction != 0 {
      append(UInt8(ascii: "."))
      append(digits: fraction / 1000, width: 3)
    }
    append(UInt8(ascii: "Z"))
  }
}
