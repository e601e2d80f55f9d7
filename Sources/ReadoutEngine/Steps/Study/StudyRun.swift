import ReadoutVectors

/// Runs a study over statements and events that are put together.
struct StudyRun: Sendable {
  let bound: BoundStudy
  let measured: MeasuredRows
  let events: StudyEvents
  /// The groups of the events' rows.
  let groups: RowGroups
  let options: ExecutionOptions

  private var study: Study.Settings { bound.step.settings }
  private var measures: Int { bound.measure.results.count }

  // MARK: Before and after

  func effects(_ leading: [Values]) throws(ReadoutError) -> Table {
    let placebos = try self.placebos()
    let (members, sizes) = membership()
    let studied = try studied(members)
    let rows = Gathered<[StudyRow]>(count: groups.count)
    try WorkerPool.run(threads: options.threads, pieces: groups.count) { _, group throws(ReadoutError) in
      try options.control.checkpoint()
      let own = members[group].map { studied[$0] }
      var rowsOfGroup: [StudyRow] = []
      for measure in 0..<measures {
        rowsOfGroup.append(
          try StudyRow(
            measure: measure, of: own, among: sizes[group], placebos: placebos[measure], group: group, study,
            options.control))
      }
      rows[group] = rowsOfGroup
    }
    return table(rows.all.flatMap(\.self), leading)
  }

  /// By measure and series what happens where no event is known.
  private func placebos() throws(ReadoutError) -> [[(difference: Placebos, trend: Placebos)]] {
    let workers = WorkerList(options)
    let made = Gathered<[(difference: Placebos, trend: Placebos)]>(count: events.series.count)
    try WorkerPool.run(threads: options.threads, pieces: events.series.count) { worker, index throws(ReadoutError) in
      try options.control.checkpoint()
      let periods = events.placebos[index]
      let values = try measured.values(
        ofWindowsAt: periods, in: events.series[index], bound.windows, bySums: true, worker: workers[worker])
      made[index] = StudiedEvent.Window.all(values).map { windows in
        let differences = Vector(windows.map(\.difference))
        // A date on which the measure has no difference is none, for the trend either.
        let trends = Vector(windows.map { $0.difference.isNaN ? .nan : $0.trend })
        return (
          Placebos(differences, at: periods, span: bound.windows.span),
          Placebos(trends, at: periods, span: bound.windows.span)
        )
      }
    }
    let all = made.all
    return (0..<measures).map { measure in all.map { $0[measure] } }
  }

  /// By group which of the studied events are its own, and how many events it has in all.
  private func membership() -> (members: [[Int]], sizes: [Int]) {
    var members = [[Int]](repeating: [], count: groups.count)
    var sizes = [Int](repeating: 0, count: groups.count)
    for group in groups.numbers { sizes[Int(group)] += 1 }
    for (index, event) in events.events.enumerated() { members[Int(groups.numbers[event.row])].append(index) }
    return (members, sizes)
  }

  private func studied(_ members: [[Int]]) throws(ReadoutError) -> [StudiedEvent] {
    let workers = WorkerList(options)
    let made = Gathered<StudiedEvent>(count: events.events.count)
    // In a group of several, events are resampled rather than their periods.
    let alone = members.map { $0.count == 1 }
    try MemoryAccount.check(adding: alone.count { $0 } * measures, of: 8 * study.resamples)
    try WorkerPool.run(threads: options.threads, pieces: events.events.count) { worker, index throws(ReadoutError) in
      try options.control.checkpoint()
      let event = events.events[index]
      made[index] = try StudiedEvent(
        event, of: events, measured, bound.windows, resampled: alone[Int(groups.numbers[event.row])], study,
        worker: workers[worker])
    }
    return made.all
  }

  private func table(_ rows: [StudyRow], _ leading: [Values]) -> Table {
    func numbers(_ value: (StudyRow) -> Double?) -> Values {
      Values(rows.map { row in value(row).map { .number($0) } ?? .null }, type: .number)
    }
    func integers(_ value: (StudyRow) -> Int) -> Values {
      Values(rows.map { .integer(Int64(value($0))) }, type: .integer)
    }
    return bound.table(
      leading, places: Vector(count: rows.count) { UInt32(truncatingIfNeeded: $0 / measures) },
      (bound.isByEvent ? [] : [integers(\.events)])
        + [
          names(rows.count) { $0 % measures }, numbers(\.before), numbers(\.after), numbers(\.difference),
          numbers { $0.interval?.low }, numbers { $0.interval?.high }, numbers(\.p), integers(\.statements.before),
          integers(\.statements.after), integers(\.placebos), integers { _ in Int(truncatingIfNeeded: study.seed) },
          Values(rows.map { row in row.warning.map { .string($0) } ?? .null }, type: .string),
        ])
  }

  private func names(_ count: Int, _ measure: (Int) -> Int) -> Values {
    let names = bound.measure.results.map(\.name)
    return Values((0..<count).map { .string(names[measure($0)]) }, type: .string)
  }

  // MARK: The path

  /// The measure by period relative to the event: the mean over the events that have a value in that period.
  func path(_ leading: [Values]) throws(ReadoutError) -> Table {
    let windows = bound.windows
    let offsets = Array(-windows.before..<0) + Array(windows.gap..<windows.gap + windows.after)
    let workers = WorkerList(options)
    let made = Gathered<StudyPath.Event>(count: events.events.count)
    try WorkerPool.run(threads: options.threads, pieces: events.events.count) { worker, index throws(ReadoutError) in
      try options.control.checkpoint()
      let event = events.events[index]
      made[index] = try StudyPath.Event(
        measured, events.series[event.series], periods: offsets.map { event.period + $0 }, worker: workers[worker])
    }
    let (members, all) = (membership().members, made.all)
    let points = Gathered<[StudyPath.Point]>(count: groups.count)
    try WorkerPool.run(threads: options.threads, pieces: groups.count) { _, group throws(ReadoutError) in
      try options.control.checkpoint()
      points[group] = try StudyPath.points(
        of: members[group].map { all[$0] }, periods: offsets.count, measures: measures, group: group, study,
        options.control)
    }
    let rows = points.all.flatMap(\.self)
    let perGroup = offsets.count * measures
    let day = bound.sides.scale == .date ? 1 : Double(Calendar.microsecondsPerDay)
    func offset(_ row: Int) -> Int64 { Int64(offsets[row % perGroup / measures]) * windows.every }
    func numbers(_ value: (StudyPath.Point) -> Double?) -> Values {
      Values(rows.map { row in value(row).map { .number($0) } ?? .null }, type: .number)
    }
    func integers(_ value: (StudyPath.Point) -> Int) -> Values {
      Values(rows.map { .integer(Int64(value($0))) }, type: .integer)
    }
    return bound.table(
      leading, places: Vector(count: rows.count) { UInt32(truncatingIfNeeded: $0 / perGroup) },
      [
        bound.sides.scale == .date
          ? Values(integers: Vector(rows.indices.map(offset)))
          : Values(numbers: Vector(rows.indices.map { Double(offset($0)) / day })),
        names(rows.count) { $0 % measures }, numbers(\.value), numbers { $0.interval?.low },
        numbers { $0.interval?.high }, integers(\.events), integers(\.statements),
        integers { _ in Int(truncatingIfNeeded: study.seed) },
      ])
  }
}

/// A worker for each thread.
final class WorkerList: @unchecked Sendable {
  // Sound: each index is used by one thread at a time (`WorkerPool` gives every thread its own).
  private let workers: [Worker]

  init(_ options: ExecutionOptions) { workers = (0..<options.threads).map { Worker(index: $0, options) } }

  subscript(index: Int) -> Worker { workers[index] }
}
