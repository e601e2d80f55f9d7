import ReadoutVectors

/// A study whose names and types are known.
struct BoundStudy: BoundTableStep {
  let step: Study
  let sides: EventSides
  let windows: StudyWindows
  let measure: BoundMeasure
  /// The keys of `by`, over the events' columns.
  let keys: [(name: String, expression: BoundExpression)]
  /// The events' columns.
  let events: [Table.Field]

  /// What stands before the measure: the event's own columns, or the keys of its group.
  var leading: [Table.Field] {
    let taken = Set((step.path ? Self.pathFields(.integer) : Self.fields(isGrouped: true)).map(\.name))
    let fields = isByEvent ? events : keys.map { Table.Field($0.name, $0.expression.type) }
    return fields.map { Table.Field(taken.contains($0.name) ? "event_" + $0.name : $0.name, $0.type) }
  }

  /// Whether each event has rows of its own.
  var isByEvent: Bool { if case .event = step.grouping { !step.path } else { false } }

  var fields: [Table.Field]? {
    leading + (step.path ? Self.pathFields(offsetType) : Self.fields(isGrouped: !isByEvent))
  }

  private var offsetType: DataType { sides.scale == .date ? .integer : .number }

  private static func fields(isGrouped: Bool) -> [Table.Field] {
    (isGrouped ? [.init("events", .integer)] : [])
      + [.init("measure", .string)] + ["before", "after", "difference", "low", "high", "p"].map { .init($0, .number) }
      + ["n_before", "n_after", "placebos", "seed"].map { .init($0, .integer) } + [.init("warning", .string)]
  }

  private static func pathFields(_ offset: DataType) -> [Table.Field] {
    [
      .init("offset", offset), .init("measure", .string), .init("value", .number), .init("low", .number),
      .init("high", .number), .init("events", .integer), .init("n", .integer), .init("seed", .integer),
    ]
  }

  var explanation: [String] {
    let groups =
      switch step.grouping {
      case .event: step.path ? "overall" : "each event"
      case .by(let list): "by \(list.text)"
      case .overall: "overall"
      }
    let way = measure.additive == nil ? "rows" : "sums"
    return [
      "study \(step.other.sourceName)\(step.pairing.keysText), \(step.settings.before) before, \(step.settings.after) after, \(groups)"
        + (step.path ? ", path" : "") + ": \(measure.results.map(\.name).joined(separator: ", "))",
      "  \(step.settings.resamples) resamples by \(way), seed \(step.settings.seed)",
    ] + step.otherPlan
  }

  func columnsRead(for needed: Set<Int>) -> Set<Int>? { sides.leftColumns.union(measure.columns) }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let right = try Executor.run(step.other, options: options)
    let groups: RowGroups
    if isByEvent {
      groups = RowGroups(Vector(count: right.rowCount) { UInt32(truncatingIfNeeded: $0) }, count: right.rowCount)
    } else {
      groups = try RowGroups(by: keys, over: right, options: options)
    }
    let space = try KeySpace(sides.keys, left: input, right: right, options: options)
    let counts = input.chunkCounts
    let numbers = Vector<UInt32>.concatenating(counts.indices.map { space.numbers(ofChunk: $0, of: input) })
    let statements = TimedRows(
      numbers, count: space.count, times: try input.values(sides.leftTime), scale: sides.scale, searches: 0)
    try options.control.checkpoint()
    let measured = try MeasuredRows(measure, of: input, rows: statements.rows, options)
    let events = try StudyEvents(
      statements, space, times: try right.values(sides.rightTime), scale: sides.scale, windows: windows,
      measured: measured, mostPlacebos: step.path ? 0 : step.settings.resamples, options)
    let run = StudyRun(bound: self, measured: measured, events: events, groups: groups, options: options)
    let leading = isByEvent ? try right.values(right.columns.indices) : groups.keys.map(\.values)
    return step.path ? try run.path(leading) : try run.effects(leading)
  }

  /// The table of rows: those before `leading`'s measure repeated as `places` says.
  func table(
    _ leading: [Values], places: Vector<UInt32>, _ columns: [Values]
  ) -> Table {
    let values = leading.map { $0.gather(places) } + columns
    return Table(
      fields: fields!, columns: values.map { Column(encoding: $0) }, rowCount: places.count)
  }
}
