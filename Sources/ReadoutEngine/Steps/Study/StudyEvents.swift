import ReadoutVectors

/// Statements and events put together: which series each event belongs to, and where in it.
struct StudyEvents: Sendable {
  /// An event with a series.
  struct Event: Sendable {
    /// Its row among the events.
    let row: Int
    let series: Int
    /// The period of the series that it begins.
    let period: Int
    /// Whether the window of another event of its key touches its own.
    let overlaps: Bool
  }

  let series: [StudySeries]
  /// By series where placebo events stand.
  let placebos: [[Int]]
  /// In the order of the events' table; those without a series are not there, nor those whose window lies outside it.
  let events: [Event]

  init(
    _ statements: TimedRows, _ space: KeySpace, times: Values, scale: DataType, windows: StudyWindows,
    measured: MeasuredRows, mostPlacebos: Int, _ options: ExecutionOptions
  ) throws(ReadoutError) {
    let moments = TimeDistance.times(times, scale: scale)
    let starts = statements.times.starts
    var ofKey: [UInt32: [Int64]] = [:]
    var known: [Place: Int] = [:]
    var places: [Place] = []
    var found: [(row: Int, series: Int)] = []
    for row in 0..<times.count where !times.isNull(row) {
      let key = space.rightNumbers[row]
      guard Int(key) < space.count else { continue }
      ofKey[key, default: []].append(moments[row])
      guard starts[Int(key)] < starts[Int(key) + 1] else { continue }
      let phase = moments[row] % windows.every
      let place = Place(key: key, phase: phase < 0 ? phase + windows.every : phase)
      if known[place] == nil {
        known[place] = places.count
        places.append(place)
      }
      found.append((row, known[place]!))
    }
    let sorted = ofKey.mapValues { $0.sorted() }
    let ready = (places, sorted)
    let made = Gathered<(StudySeries, [Int])>(count: places.count)
    try WorkerPool.run(threads: options.threads, pieces: places.count) { _, index throws(ReadoutError) in
      try options.control.checkpoint()
      let (places, sorted) = ready
      let (key, phase) = (places[index].key, places[index].phase)
      let series = try StudySeries(
        Int(starts[Int(key)])..<Int(starts[Int(key) + 1]), times: statements.times.elements, event: phase,
        every: windows.every, terms: measured.terms)
      made[index] = (series, series.placeboPeriods(windows, events: sorted[key] ?? [], most: mostPlacebos))
    }
    let all = made.all
    series = all.map(\.0)
    placebos = all.map(\.1)
    events = found.compactMap { row, index in
      let (series, period) = (all[index].0, all[index].0.period(at: moments[row]))
      guard period - windows.before < series.periods, period + windows.gap + windows.after > 0 else { return nil }
      return Event(
        row: row, series: index, period: period,
        overlaps: Self.overlaps(moments[row], sorted[space.rightNumbers[row]] ?? [], windows.length))
    }
  }

  /// Events of one key whose periods begin at the same time of a period have one series.
  private struct Place: Hashable, Sendable {
    let key: UInt32
    let phase: Int64
  }

  /// Whether another of the ascending times is nearer than the length of a window.
  private static func overlaps(_ time: Int64, _ times: [Int64], _ length: Int64) -> Bool {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] < time { low = middle + 1 } else { high = middle }
    }
    // `low` is this one, or another of the same moment.
    for other in [low - 1, low + 1] where times.indices.contains(other) {
      if (times[other] &- time).magnitude < UInt64(length) { return true }
    }
    return false
  }
}
