import ReadoutVectors

/// The measure by period relative to the event, averaged over events.
enum StudyPath {
  /// One event's values, NaN for null.
  struct Event: Sendable {
    /// By measure, a value for each period.
    let values: [Vector<Double>]
    /// Statements of each period.
    let statements: [Int]

    init(
      _ measured: MeasuredRows, _ series: StudySeries, periods: [Int], worker: Worker
    ) throws(ReadoutError) {
      var groups = try MeasuredRows.Groups(measured, count: periods.count, worker: worker)
      for (group, period) in periods.enumerated() {
        try groups.add(series.places(of: period..<period + 1), to: group)
      }
      values = try groups.values()
      statements = periods.map { series.places(of: $0..<$0 + 1).count }
    }
  }

  struct Point: Sendable {
    let value: Double?
    let interval: (low: Double, high: Double)?
    /// Events with a value in the period.
    let events: Int
    let statements: Int
  }

  /// The points of a group: by period, then measure. Every resample draws the same events for all of them.
  static func points(
    of events: [Event], periods: Int, measures: Int, group: Int, _ study: Study.Settings
  ) -> [Point] {
    let draws = (0..<study.resamples).map { resample in
      let random = CounterRandom(
        seed: study.seed, StudyPurpose.events.rawValue, UInt64(truncatingIfNeeded: group),
        UInt64(truncatingIfNeeded: resample))
      return events.indices.map { random.below(events.count, UInt64($0)) }
    }
    var points: [Point] = []
    for period in 0..<periods {
      for measure in 0..<measures {
        let values = events.map { $0.values[measure][period] }
        let present = values.filter { !$0.isNaN }
        var means: [Double] = []
        for draw in present.count < 2 ? [] : draws {
          var (sum, count) = (0.0, 0.0)
          for event in draw where !values[event].isNaN {
            sum += values[event]
            count += 1
          }
          if count > 0 { means.append(sum / count) }
        }
        points.append(
          Point(
            value: present.isEmpty ? nil : present.reduce(0, +) / Double(present.count),
            interval: ExpandedPercentile.interval(of: means, units: present.count, level: study.level),
            events: present.count, statements: events.reduce(0) { $0 + $1.statements[period] }))
      }
    }
    return points
  }
}
