import Foundation
import ReadoutEngine

/// An event study by the letter of `Documentation/event-study.md`: every window and every resample goes through all rows.
struct NaiveStudy {
  struct Row {
    let key: Scalar
    let time: Int64?
    let values: [Scalar]
  }
  struct Event {
    let key: Scalar
    let time: Int64?
    let group: Int
  }

  let names: [String]
  let rows: [Row]
  let events: [Event]
  let measures: [(name: String, expression: Expression)]
  /// In units of time, whole numbers of periods.
  let every: Int64
  let before: Int
  let gap: Int
  let after: Int
  let blocks: (before: Int, after: Int)
  let settings: Study.Settings

  private var span: Int { before + gap + after }

  /// The rows of a key within a range of time, in order of time.
  private func rows(_ key: Scalar, _ times: Range<Int64>) -> [[Scalar]] {
    rows.indices.filter { rows[$0].key == key && rows[$0].time.map(times.contains) ?? false }
      .sorted { (rows[$0].time!, $0) < (rows[$1].time!, $1) }.map { rows[$0].values }
  }

  private func value(_ measure: Int, _ rows: [[Scalar]]) throws -> Double? {
    switch try NaiveAggregates(names: names, rows: rows).value(of: measures[measure].expression) {
    case .integer(let value): Double(value)
    case .number(let value): value.isFinite ? value : nil
    default: nil
    }
  }

  /// The period that begins `count` periods from a time.
  private func period(_ time: Int64, _ count: Int) -> Range<Int64> {
    time + Int64(count) * every..<time + Int64(count + 1) * every
  }

  private func side(_ time: Int64, _ periods: Range<Int>) -> Range<Int64> {
    time + Int64(periods.lowerBound) * every..<time + Int64(periods.upperBound) * every
  }

  private var sides: [Range<Int>] {
    [-before..<0, gap..<gap + after, -before..<before / 2 - before, -(before / 2)..<0]
  }

  /// What a measure is around a time: before, after, and the halves of before.
  private func window(_ measure: Int, _ key: Scalar, _ time: Int64) throws -> [Double?] {
    try sides.map { try value(measure, rows(key, side(time, $0))) }
  }

  private func difference(_ later: Double?, _ earlier: Double?) -> Double? {
    if let later, let earlier { later - earlier } else { nil }
  }

  /// The first and last time of a key.
  private func ends(_ key: Scalar) -> ClosedRange<Int64>? {
    let times = rows.filter { $0.key == key }.compactMap(\.time)
    return times.min().map { $0...times.max()! }
  }

  private struct Placebo {
    let time: Int64
    let difference: Double
    let trend: Double?
  }

  private func placebos(_ measure: Int, _ event: Event) throws -> [Placebo] {
    let others = events.filter { $0.key == event.key }.compactMap(\.time)
    let (from, to) = periods(event)!
    let (first, last) = (Int(from), Int(to))
    var times: [Int64] = []
    for period in first...last {
      let time = event.time! + Int64(period) * every
      guard period - before >= first, period + gap + after <= last + 1,
        !others.contains(where: { ($0 - time).magnitude < UInt64(Int64(span) * every) })
      else { continue }
      times.append(time)
    }
    if times.count > settings.resamples {
      times = (0..<settings.resamples).map { times[times.count * $0 / settings.resamples] }
    }
    return try times.compactMap { time in
      let values = try window(measure, event.key, time)
      return difference(values[1], values[0]).map {
        Placebo(time: time, difference: $0, trend: difference(values[3], values[2]))
      }
    }
  }

  private func room(_ placebos: [Placebo]) -> Int {
    var (count, free) = (0, Int64.min)
    for placebo in placebos where placebo.time >= free {
      count += 1
      free = placebo.time + Int64(span) * every
    }
    return count
  }

  private func p(_ entries: [(value: Double, placebos: [Double], room: Int, event: Int)], _ purpose: UInt64) -> Double?
  {
    guard entries.contains(where: { $0.room > 0 }) else { return nil }
    let observed = entries.map(\.value).reduce(0, +)
    let size = entries.map(\.value.magnitude).reduce(0, +)
    let hits = (0..<settings.resamples).count { resample in
      let drawn = entries.map { entry -> Double in
        let random = CounterRandom(seed: settings.seed, purpose, UInt64(entry.event), UInt64(resample))
        if entry.room == 0 || random.below(entry.room + 1, 0) == 0 { return entry.value }
        return entry.placebos[random.below(entry.placebos.count, 1)]
      }
      return drawn.reduce(0.0, +).magnitude >= observed.magnitude - 1e-12 * size
    }
    return Double(1 + hits) / Double(1 + settings.resamples)
  }

  /// The differences of a measure when the periods of one event are drawn.
  private func resamples(_ measure: Int, _ event: Event, _ number: Int) throws -> [Double] {
    try (0..<settings.resamples).compactMap { resample in
      let random = CounterRandom(seed: settings.seed, 1, UInt64(number), UInt64(resample))
      var values: [Double?] = []
      for (length, first, block, stream) in [
        (before, -before, blocks.before, UInt64(0)), (after, gap, blocks.after, UInt64(1) << 32),
      ] {
        var drawn: [Int] = []
        var index: UInt64 = 0
        while drawn.count < length {
          let begin = random.below(length, stream + index)
          for step in 0..<min(block, length - drawn.count) { drawn.append(first + (begin + step) % length) }
          index += 1
        }
        values.append(try value(measure, drawn.flatMap { rows(event.key, period(event.time!, $0)) }))
      }
      return difference(values[1], values[0])
    }
  }

  /// By group, in the order of their numbers, and measure: events, before, after, difference, low, high, p, n_before, n_after,
  /// placebos, and the warning.
  func answer() throws -> [[Scalar]] {
    var answer: [[Scalar]] = []
    for group in 0..<((events.map(\.group).max() ?? -1) + 1) {
      let all = events.indices.filter { events[$0].group == group }
      let studied = all.filter { isWithin(events[$0]) }
      for measure in measures.indices {
        answer.append([.string(measures[measure].name)] + (try row(measure, group, all.count, studied)))
      }
    }
    return answer
  }

  private func row(_ measure: Int, _ group: Int, _ all: Int, _ studied: [Int]) throws -> [Scalar] {
    func scalar(_ value: Double?) -> Scalar { value.map { .number($0) } ?? .null }
    let windows = try studied.map { try window(measure, events[$0].key, events[$0].time!) }
    let used = studied.indices.filter { windows[$0][0] != nil && windows[$0][1] != nil }
    let counted = used.isEmpty ? Array(studied.indices) : used
    func counts(_ side: Int, _ index: Int) -> Int {
      rows(events[studied[index]].key, self.side(events[studied[index]].time!, sides[side])).count
    }
    let sizes = [0, 1].map { side in counted.map { counts(side, $0) }.reduce(0, +) }
    var warnings: [String] = []
    if counted.isEmpty {
      warnings.append("outside the series")
    } else {
      if all > 1, used.count < all { warnings.append("\(all - used.count) of \(all) events left out") }
      if all > 1, used.count < 8 { warnings.append("few events") }
      if sizes.contains(where: { $0 < 10 }) { warnings.append("few statements") }
      if counted.contains(where: { overlaps(studied[$0]) }) { warnings.append("windows overlap") }
      if counted.contains(where: { exceeds(events[studied[$0]]) }) { warnings.append("window beyond the series") }
    }
    func finish(_ values: [Scalar], _ placebos: Int) -> [Scalar] {
      values + sizes.map { .integer(Int64($0)) }
        + [.integer(Int64(placebos)), warnings.isEmpty ? .null : .string(warnings.joined(separator: "; "))]
    }
    guard !used.isEmpty else {
      let alone = windows.count == 1 ? [scalar(windows[0][0]), scalar(windows[0][1])] : [.null, .null]
      return finish([.integer(0)] + alone + [.null, .null, .null, .null], 0)
    }
    let means = [0, 1].map { side -> Double in
      let values = used.map { windows[$0][side]! }
      return values.reduce(0.0, +) / Double(used.count)
    }
    let differences = used.map { windows[$0][1]! - windows[$0][0]! }
    var interval: (low: Double, high: Double)?
    if used.count == 1, studied.count == 1 {
      let event = events[studied[0]]
      let found = try resamples(measure, event, studied[0])
      let units = [(0, blocks.before), (1, blocks.after)].map { side, block in
        sides[side].count { !rows(event.key, period(event.time!, $0)).isEmpty } / block
      }
      if 2 * found.count > settings.resamples {
        interval = ExpandedPercentile.interval(of: found, units: units.min()!, level: settings.level)
      }
    } else if used.count > 1 {
      let found = (0..<settings.resamples).map { resample in
        let random = CounterRandom(seed: settings.seed, 2, UInt64(group), UInt64(resample))
        let drawn = used.indices.map { differences[random.below(used.count, UInt64($0))] }
        return drawn.reduce(0.0, +) / Double(used.count)
      }
      interval = ExpandedPercentile.interval(of: found, units: used.count, level: settings.level)
    }
    let placebos = try used.map { index in
      try self.placebos(measure, events[studied[index]])
    }
    let entries = zip(used, placebos).enumerated().map { place, pair in
      (value: differences[place], placebos: pair.1.map(\.difference), room: room(pair.1), event: studied[pair.0])
    }
    let ways = entries.map { Double($0.room + 1) }.reduce(1, *)
    if ways < 20 { warnings.append(ways == 1 ? "no placebo dates" : "few placebo dates") }
    var trends: [(value: Double, placebos: [Double], room: Int, event: Int)] = []
    for (index, placebos) in zip(used, placebos) {
      guard let trend = difference(windows[index][3], windows[index][2]) else { continue }
      let moving = placebos.filter { $0.trend != nil }
      trends.append((trend, moving.map { $0.trend! }, room(moving), studied[index]))
    }
    if let chance = p(trends, 4), chance <= 0.05 { warnings.append("already moving before") }
    return finish(
      [
        .integer(Int64(used.count)), .number(means[0]), .number(means[1]), .number(means[1] - means[0]),
        scalar(interval?.low), scalar(interval?.high), scalar(p(entries, 3)),
      ], entries.map(\.room).reduce(0, +))
  }

  private func overlaps(_ number: Int) -> Bool {
    events.indices.contains { other in
      other != number && events[other].key == events[number].key
        && events[other].time.map { ($0 - events[number].time!).magnitude < UInt64(Int64(span) * every) } ?? false
    }
  }

  /// Whether the event's window touches the series of its key.
  private func isWithin(_ event: Event) -> Bool {
    guard !event.key.isNull, event.time != nil, let (first, last) = periods(event) else { return false }
    return Double(-before) <= last && Double(gap + after) > first
  }

  /// The periods that hold the first and the last statement of its key, counted from an event.
  private func periods(_ event: Event) -> (first: Double, last: Double)? {
    guard let ends = ends(event.key) else { return nil }
    func period(_ time: Int64) -> Double { ((Double(time) - Double(event.time!)) / Double(every)).rounded(.down) }
    return (period(ends.lowerBound), period(ends.upperBound))
  }

  private func exceeds(_ event: Event) -> Bool {
    let (first, last) = periods(event)!
    return Double(-before) < first || Double(gap + after) > last + 1
  }
}
