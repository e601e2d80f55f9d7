import ReadoutVectors

/// A statistic on dates of a series on which no event is known.
struct Placebos: Sendable {
  /// The values there are.
  let values: Vector<Double>
  /// How many of their windows there is room for that do not overlap each other.
  let room: Int

  static let none = Placebos(values: Vector(), room: 0)

  private init(values: Vector<Double>, room: Int) {
    self.values = values
    self.room = room
  }

  /// - Parameters:
  ///   - values: One for each period, NaN for none.
  ///   - periods: Where the windows stand, ascending.
  ///   - span: How many periods a window has.
  init(_ values: Vector<Double>, at periods: [Int], span: Int) {
    var room = 0
    var free = Int.min
    for (value, period) in zip(values, periods) where !value.isNaN && period >= free {
      room += 1
      free = period + span
    }
    self.init(values: Vector(values.filter { !$0.isNaN }), room: room)
  }
}

extension StudySeries {
  /// The periods at which a placebo event may stand: its window lies within the series and touches that of no event; evenly
  /// spread where there are more than `most`.
  func placeboPeriods(_ windows: StudyWindows, events: [Int64], most: Int) -> [Int] {
    let (first, end) = (windows.before, periods - windows.gap - windows.after + 1)
    guard first < end else { return [] }
    var isFree = [Bool](repeating: true, count: end)
    for event in events {
      // The window of an event that stands within a period reaches into one more.
      let period = self.period(at: event)
      let last = period + windows.span - (startsPeriod(event) ? 1 : 0)
      for touched in max(first, period - windows.span + 1)..<max(first, period - windows.span + 1, min(end, last + 1)) {
        isFree[touched] = false
      }
    }
    let free = (first..<end).filter { isFree[$0] }
    if free.count <= most { return free }
    return (0..<most).map { free[free.count * $0 / most] }
  }
}

/// How often chance does as well as some events.
struct PlaceboTest {
  /// An event's value, what its series does on other dates, and the number that its draws go by.
  struct Entry {
    let value: Double
    let placebos: Placebos
    let event: Int
  }

  /// The share of resamples, this one counted as one, in which the mean of the values is as far from 0 as that of the
  /// events; nil where no event has a placebo date.
  ///
  /// In each, an event stands on its own date with the chance 1 / (room + 1), else on any placebo date.
  static func p(
    _ entries: [Entry], _ study: Study.Settings, purpose: StudyPurpose, _ control: ExecutionControl
  ) throws(ReadoutError) -> Double? {
    let (resamples, seed) = (study.resamples, study.seed)
    guard entries.contains(where: { $0.placebos.room > 0 }) else { return nil }
    let observed = entries.reduce(0) { $0 + $1.value }
    let size = entries.reduce(0) { $0 + $1.value.magnitude }
    // Sums that would be equal without rounding count as equal.
    let enough = observed.magnitude - 1e-12 * size
    var sums = MutableVector<Double>(repeating: 0, count: resamples)
    for entry in entries {
      try control.checkpoint()
      let (values, room) = (entry.placebos.values, entry.placebos.room)
      for resample in 0..<resamples {
        let random = CounterRandom(
          seed: seed, purpose.rawValue, UInt64(truncatingIfNeeded: entry.event), UInt64(truncatingIfNeeded: resample))
        let isOwn = room == 0 || random.below(room + 1, 0) == 0
        sums[resample] += isOwn ? entry.value : values[random.below(values.count, 1)]
      }
    }
    let hits = sums.freeze().count { $0.magnitude >= enough }
    return Double(1 + hits) / Double(1 + resamples)
  }
}

/// What random numbers are drawn for: each purpose has streams of its own.
enum StudyPurpose: UInt64 {
  case periods = 1, events, placebos, trends
}
