import ReadoutVectors

/// What the study knows of one event: its measures, and where it is asked for, their resamples.
struct StudiedEvent: Sendable {
  /// The values of a window, NaN for null.
  struct Window: Sendable {
    let before: Double
    let after: Double
    /// The halves of the side before.
    let early: Double
    let late: Double

    var difference: Double { after - before }
    /// What was moving before the event already.
    var trend: Double { late - early }
  }

  let event: StudyEvents.Event
  /// By measure.
  let windows: [Window]
  /// Statements on each side.
  let before: Int
  let after: Int
  /// Independent pieces of the side that has fewer: its periods with a statement over the length of a block.
  let units: Int
  /// Whether the window reaches beyond the first or last statement of its key.
  let exceeds: Bool
  /// By measure the differences of the resamples; empty where events are resampled.
  let resamples: [[Double]]

  init(
    _ event: StudyEvents.Event, of events: StudyEvents, _ measured: MeasuredRows, _ windows: StudyWindows,
    resampled: Bool, _ study: Study.Settings, worker: Worker
  ) throws(ReadoutError) {
    let series = events.series[event.series]
    let sides = windows.segments(at: event.period)
    self.event = event
    self.windows = StudiedEvent.Window.all(
      try measured.values(ofWindowsAt: [event.period], in: series, windows, bySums: false, worker: worker)
    ).map { $0[0] }
    before = series.places(of: sides[0]).count
    after = series.places(of: sides[1]).count
    units = min(
      series.occupied(of: sides[0]) / windows.blocks.before, series.occupied(of: sides[1]) / windows.blocks.after)
    exceeds = sides[0].lowerBound < 0 || sides[1].upperBound > series.periods
    resamples =
      resampled
      ? try measured.resampledDifferences(
        at: event.period, in: series, windows, event: event.row, study, worker: worker) : []
  }
}

extension StudiedEvent.Window {
  /// By measure and window, from four values a window.
  static func all(_ values: [Vector<Double>]) -> [[StudiedEvent.Window]] {
    values.map { values in
      stride(from: 0, to: values.count, by: 4).map {
        StudiedEvent.Window(before: values[$0], after: values[$0 + 1], early: values[$0 + 2], late: values[$0 + 3])
      }
    }
  }
}
