import ReadoutVectors

/// Work per day, not per row: the days of a batch mostly lie close together, so a function of the day is computed
/// once for each day between the first and the last and looked up for the rows.
enum PerDay {
  /// `body` of each day.
  @inline(__always)
  static func integers(_ days: Vector<Int64>, _ body: (Int64) -> Int64) -> Vector<Int64> {
    guard let table = DayTable(days) else { return days.map { body($0) } }
    return Vector(count: table.count) { body(table.day($0)) }.gather(table.places)
  }
}

/// The days of a batch as places in the range from the first to the last.
struct DayTable {
  let first: Int64
  let count: Int
  let places: Vector<UInt32>

  /// nil where the range is not shorter than the batch.
  init?(_ days: Vector<Int64>) {
    guard days.count > 0 else { return nil }
    var (least, greatest) = (Int64.max, Int64.min)
    let span = days.span
    for i in span.indices {
      least = min(least, span[i])
      greatest = max(greatest, span[i])
    }
    let (range, overflows) = greatest.subtractingReportingOverflow(least)
    guard !overflows, range < Int64(days.count) else { return nil }
    let first = least
    self.first = first
    self.count = Int(range) + 1
    self.places = days.map { UInt32(truncatingIfNeeded: $0 &- first) }
  }

  @inline(__always)
  func day(_ place: Int) -> Int64 { first &+ Int64(place) }
}
