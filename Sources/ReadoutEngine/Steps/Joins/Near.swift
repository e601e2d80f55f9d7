import ReadoutVectors

/// Pairs each row with every event of the same key whose time lies within a window around it:
/// `near(events, { on = "country = actor", before = 7, after = 7 })`.
///
/// The offset is the days from the event to the row; it runs from -`before` to `after`, both ends included. Left rows come
/// in their order, the events of each by time, those of one moment as they stand. A null key or time meets nothing.
public struct Near: EventPairingStep {
  var pairing: EventPairing
  let before: TimeDistance.Given
  let after: TimeDistance.Given

  public var name: String { "near" }

  /// - Parameters:
  ///   - before: How long before the event a row may lie; negative, how long after it it must.
  ///   - after: How long after the event a row may lie.
  public init(_ pairing: EventPairing, before: TimeDistance.Given, after: TimeDistance.Given) {
    self.pairing = pairing
    self.before = before
    self.after = after
  }

  func bind(
    _ left: [Table.Field], _ right: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep {
    let bound = try pairing.bind(left, right, step: name)
    let before = try TimeDistance.length(self.before, option: "before", scale: bound.scale)
    let after = try TimeDistance.length(self.after, option: "after", scale: bound.scale)
    guard -before <= after else {
      throw ReadoutError(
        .request, "the window is empty: it would end before it begins",
        value: "before = \(self.before), after = \(self.after)",
        hint: "before = -1, after = 7 is the week that begins a day after the event")
    }
    let kind = bound.kind
    return BoundEventPairs(self, bound, "from \(self.before) before to \(self.after) after") {
      (input, ready, options) throws(ReadoutError) in
      let ranges = try RowPairs.forEachChunk(of: input, options) { chunk in
        let rows = ready.leftRows(ofChunk: chunk)
        // A row at t meets the events from t - after to t + before.
        let first = rows.times.map { $0.subtractingClamped(after) }
        let last = rows.times.map { $0.addingClamped(before) }
        let times = ready.rows.times
        return RowRanges(
          starts: times.firstNotBelow(first, runs: rows.keys), ends: times.firstAbove(last, runs: rows.keys))
      }
      return try RowPairs.writing(ranges, rows: ready.rows.rows, keepsAll: kind == .left, options)
    }
  }
}

extension Int64 {
  /// The sum, or the nearest integer there is.
  func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, or the nearest integer there is.
  func subtractingClamped(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
