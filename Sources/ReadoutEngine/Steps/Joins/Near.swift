import ReadoutVectors

/// Pairs each row with every event of the same key whose time lies within a window around it:
/// `near(events, { on = "country = actor", before = 7, after = 7 })`.
///
/// The offset is the days from the event to the row; it runs from -`before` to `after`, both ends included. Left rows come
/// in their order, the events of each by time, those of one moment as they stand. A null key or time meets nothing.
public struct Near: PairingStep {
  var pairing: EventPairing
  let before: TimeDistance.Given
  let after: TimeDistance.Given

  public var name: String { "near" }
  var other: Query {
    get { pairing.other }
    set { pairing.other = newValue }
  }

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
    return BoundNear(step: self, bound: bound, before: before, after: after)
  }
}

private struct BoundNear: BoundTableStep {
  let step: Near
  let bound: BoundEventPairing
  /// In days or microseconds, as the pairing's scale says.
  let before: Int64
  let after: Int64

  var fields: [Table.Field]? { bound.paired.fields }

  var explanation: [String] {
    [
      "near \(step.other.sourceName)\(step.pairing.keysText), from \(step.before) before to \(step.after) after, "
        + bound.kind.rawValue
    ] + step.otherPlan
  }

  func columnsRead(for needed: Set<Int>) -> Set<Int>? { bound.columnsRead(for: needed) }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    try run(over: input, needing: nil, options: options)
  }

  func run(over input: Table, needing needed: Set<Int>?, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let (before, after) = (before, after)
    return try bound.run(over: input, needing: needed, options) { (ready) throws(ReadoutError) in
      let ranges = try RowPairs.forEachChunk(of: input, options) { chunk in
        let rows = ready.leftRows(ofChunk: chunk)
        // A row at t meets the events from t - after to t + before.
        let first = rows.times.map { $0.subtractingClamped(after) }
        let last = rows.times.map { $0.addingClamped(before) }
        let times = ready.rows.times
        return RowRanges(
          starts: times.firstNotBelow(first, runs: rows.keys), ends: times.firstAbove(last, runs: rows.keys))
      }
      return try RowPairs.writing(ranges, rows: ready.rows.rows, keepsAll: bound.kind == .left, options)
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
