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
    of events: [Event], periods: Int, measures: Int, group: Int, _ study: Study.Settings, _ control: ExecutionControl
  ) throws(ReadoutError) -> [Point] {
    try MemoryAccount.check(adding: periods * measures, of: 8 * study.resamples)
    // By period and measure the events' values, and the means of the resamples.
    let values = (0..<periods * measures).map { place in events.map { $0.values[place % measures][place / measures] } }
    let present = values.map { own in own.count { !$0.isNaN } }
    var means = [[Double]](repeating: [], count: values.count)
    for resample in 0..<study.resamples {
      try control.checkResample(resample)
      let random = CounterRandom(
        seed: study.seed, StudyPurpose.events.rawValue, UInt64(truncatingIfNeeded: group),
        UInt64(truncatingIfNeeded: resample))
      let draw = events.indices.map { random.below(events.count, UInt64($0)) }
      for place in values.indices where present[place] >= 2 {
        var (sum, count) = (0.0, 0.0)
        for event in draw where !values[place][event].isNaN {
          sum += values[place][event]
          count += 1
        }
        if count > 0 { means[place].append(sum / count) }
      }
    }
    return values.indices.map { place in
      let sum = values[place].reduce(0) { $1.isNaN ? $0 : $0 + $1 }
      return Point(
        value: present[place] == 0 ? nil : sum / Double(present[place]),
        interval: ExpandedPercentile.interval(of: means[place], units: present[place], level: study.level),
        events: present[place], statements: events.reduce(0) { $0 + $1.statements[place / measures] })
    }
  }
}

extension ExecutionControl {
  /// Looks at the time and the memory now and then while resamples are drawn.
  func checkResample(_ number: Int) throws(ReadoutError) { if number % 64 == 0 { try checkpoint() } }
}
