import ReadoutVectors

/// Pairs each row with one event of the same key: the latest at or before it, the nearest, or the first at or after it.
///
/// `asof(events, { on = "country = actor", within = 30 })`. Of several events at one moment the last in their table counts;
/// of two equally near ones the earlier. Rows come in their order; a null key or time meets nothing.
public struct Asof: EventPairingStep {
  public enum Direction: String, Sendable, CaseIterable {
    case backward, nearest, forward
  }

  var pairing: EventPairing
  let direction: Direction
  /// How far away the event may be; nil is any distance.
  let within: TimeDistance.Given?

  public var name: String { "asof" }

  public init(_ pairing: EventPairing, direction: Direction = .backward, within: TimeDistance.Given? = nil) {
    self.pairing = pairing
    self.direction = direction
    self.within = within
  }

  func bind(
    _ left: [Table.Field], _ right: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep {
    let bound = try pairing.bind(left, right, step: name)
    var most = Int64.max
    if let within {
      most = try TimeDistance.length(within, option: "within", scale: bound.scale)
      guard most >= 0 else {
        throw ReadoutError(
          .request, "within is a length of time from 0 on", value: "\(within)",
          hint: "within = 30, or within = '12 hours'")
      }
    }
    let (direction, within, keepsAll) = (direction, most, bound.kind == .left)
    let text = direction.rawValue + (self.within.map { " within \($0)" } ?? "")
    return BoundEventPairs(self, bound, text) { (input, ready, options) throws(ReadoutError) in
      RowPairs(
        try RowPairs.forEachChunk(of: input, options) { chunk in
          .single(Self.partners(ready.leftRows(ofChunk: chunk), ready.rows, direction, within), keepsAll: keepsAll)
        })
    }
  }

  /// The event of each row, `KeyedRows.none` for none.
  private static func partners(
    _ left: TimedChunk, _ events: TimedRows, _ direction: Asof.Direction, _ within: Int64
  ) -> Vector<UInt32> {
    let (times, rows) = (events.times.elements, events.rows)
    let (keys, targets) = (left.keys, left.times)
    let starts = events.times.starts
    // The first event after each row: the one before it is the last at or before the row.
    let next = events.times.firstAbove(targets, runs: keys)
    if direction == .backward {
      return Vector(count: targets.count) { row in
        let place = next[row]
        guard place > starts[Int(keys[row])], targets[row].subtractingClamped(times[Int(place) - 1]) <= within else {
          return KeyedRows.none
        }
        return rows[Int(place) - 1]
      }
    }
    // The last event at the moment of the first one after each row.
    let following = next.zip(targets) { $0 < UInt32(times.count) ? times[Int($0)] : $1 }
    let behind = events.times.firstAbove(following, runs: keys)
    return Vector(count: targets.count) { row in
      let (place, target, key) = (Int(next[row]), targets[row], Int(keys[row]))
      var found = KeyedRows.none
      var distance = Int64.max
      if place > Int(starts[key]) {
        let length = target.subtractingClamped(times[place - 1])
        if length <= within, direction == .nearest || length == 0 { (found, distance) = (rows[place - 1], length) }
      }
      if place < Int(starts[key + 1]) {
        let length = times[place].subtractingClamped(target)
        if length <= within, found == KeyedRows.none || length < distance { found = rows[Int(behind[row]) - 1] }
      }
      return found
    }
  }
}

extension TimeDistance.Given: CustomStringConvertible {
  /// `7 days`, `12 hours`.
  public var description: String {
    switch self {
    case .days(let days): "\(days == days.rounded() ? String(Int64(days)) : String(days)) \(days == 1 ? "day" : "days")"
    case .text(let text): text
    }
  }
}
