/// What speaks against trusting a row of a study, in words.
struct StudyWarnings {
  /// Fewer statements than this on a side, or events in a group, are few.
  static let leastStatements = 10
  static let leastEvents = 8

  private var reasons: [String] = []
  private var rooms: [Int] = []
  var isMoving = false

  /// - Parameters:
  ///   - events: How many there are in the group.
  ///   - studied: Those that the row is about.
  ///   - used: How many have a value on both sides.
  init(events: Int, studied: [StudiedEvent], used: Int) {
    if studied.isEmpty {
      reasons.append(events == 0 ? "no events" : "outside the series")
      return
    }
    if events > 1, used < events { reasons.append("\(events - used) of \(events) events left out") }
    if events > 1, used < Self.leastEvents { reasons.append("few events") }
    let sides = [studied.reduce(0) { $0 + $1.before }, studied.reduce(0) { $0 + $1.after }]
    if sides.contains(where: { $0 < Self.leastStatements }) { reasons.append("few statements") }
    if studied.contains(where: \.event.overlaps) { reasons.append("windows overlap") }
    if studied.contains(where: \.exceeds) { reasons.append("window beyond the series") }
  }

  /// How many separate placebo windows each event has room for.
  mutating func placebos(_ rooms: [Int]) { self.rooms = rooms }

  /// All reasons; nil without any.
  var text: String? {
    var reasons = reasons
    if !rooms.isEmpty {
      // As many different outcomes as there are ways to place the events: below 20, p cannot reach 0.05.
      let ways = rooms.reduce(1.0) { $0 * Double($1 + 1) }
      if ways == 1 { reasons.append("no placebo dates") } else if ways < 20 { reasons.append("few placebo dates") }
    }
    if isMoving { reasons.append("already moving before") }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }
}
