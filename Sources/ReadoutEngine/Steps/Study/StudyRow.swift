import ReadoutVectors

/// A row of the answer: a measure of one event or of a group of them.
struct StudyRow: Sendable {
  var events = 0
  var before: Double?
  var after: Double?
  var interval: (low: Double, high: Double)?
  var p: Double?
  var statements = (before: 0, after: 0)
  var placebos = 0
  var warning: String?

  var difference: Double? { if let before, let after { after - before } else { nil } }

  /// The row of a group whose events are `all` of which `studied` have a series.
  /// - Parameters:
  ///   - placebos: By series those of the measure: of the difference, and of the trend.
  ///   - group: The number that the group's draws go by.
  init(
    measure: Int, of studied: [StudiedEvent], among all: Int, placebos: [(difference: Placebos, trend: Placebos)],
    group: Int, _ study: Study.Settings, _ control: ExecutionControl
  ) throws(ReadoutError) {
    let used = studied.filter { !$0.windows[measure].difference.isNaN }
    let counted = used.isEmpty ? studied : used
    statements = (counted.reduce(0) { $0 + $1.before }, counted.reduce(0) { $0 + $1.after })
    events = used.count
    var warnings = StudyWarnings(events: all, studied: counted, used: used.count)
    defer { warning = warnings.text }
    guard !used.isEmpty else {
      // One side of a single event may have a value all the same.
      if studied.count == 1 {
        before = studied[0].windows[measure].before.unlessNaN
        after = studied[0].windows[measure].after.unlessNaN
      }
      return
    }
    let count = Double(used.count)
    before = used.reduce(0) { $0 + $1.windows[measure].before } / count
    after = used.reduce(0) { $0 + $1.windows[measure].after } / count
    interval =
      used.count == 1
      ? Self.interval(ofPeriods: used[0], measure, study)
      : try Self.interval(ofEvents: used, measure, group, study, control)
    let entries = used.map {
      PlaceboTest.Entry(
        value: $0.windows[measure].difference, placebos: placebos[$0.event.series].difference, event: $0.event.row)
    }
    p = try PlaceboTest.p(entries, study, purpose: .placebos, control)
    self.placebos = entries.reduce(0) { $0 + $1.placebos.room }
    warnings.placebos(entries.map(\.placebos.room))
    let trends = used.filter { !$0.windows[measure].trend.isNaN }.map {
      PlaceboTest.Entry(
        value: $0.windows[measure].trend, placebos: placebos[$0.event.series].trend, event: $0.event.row)
    }
    warnings.isMoving = try PlaceboTest.p(trends, study, purpose: .trends, control).map { $0 <= 0.05 } ?? false
  }

  private static func interval(
    ofPeriods event: StudiedEvent, _ measure: Int, _ study: Study.Settings
  ) -> (low: Double, high: Double)? {
    guard let resamples = event.resamples.isEmpty ? nil : event.resamples[measure],
      2 * resamples.count > study.resamples
    else { return nil }
    return ExpandedPercentile.interval(of: resamples, units: event.units, level: study.level)
  }

  /// Whole events are drawn, so that what hangs together within one stays together.
  private static func interval(
    ofEvents used: [StudiedEvent], _ measure: Int, _ group: Int, _ study: Study.Settings, _ control: ExecutionControl
  ) throws(ReadoutError) -> (low: Double, high: Double)? {
    let differences = used.map { $0.windows[measure].difference }
    var means: [Double] = []
    for resample in 0..<study.resamples {
      try control.checkResample(resample)
      let random = CounterRandom(
        seed: study.seed, StudyPurpose.events.rawValue, UInt64(truncatingIfNeeded: group),
        UInt64(truncatingIfNeeded: resample))
      var sum = 0.0
      for draw in differences.indices { sum += differences[random.below(differences.count, UInt64(draw))] }
      means.append(sum / Double(differences.count))
    }
    return ExpandedPercentile.interval(of: means, units: differences.count, level: study.level)
  }
}

extension Double {
  fileprivate var unlessNaN: Double? { isNaN ? nil : self }
}
