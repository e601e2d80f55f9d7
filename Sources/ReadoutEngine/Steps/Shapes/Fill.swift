import ReadoutVectors

/// Adds the missing dates of a series: `fill("month", { by = "country", every = "month", with = "n = 0" })`.
///
/// A series runs from its first date to its last, or `from` and `to` where they are given. Every row stays; the rows come by
/// series and date, in ascending order. An added row has the keys of its series and the date, the values of `with`, and null
/// in all other columns. A date that is no start of a bucket is an error.
public struct Fill: TableStep {
  let column: String
  let by: OptionText<[ListItem]>?
  let every: String
  let with: OptionText<[ListItem]>?
  let from: String?
  let to: String?

  /// Rows that a fill adds at most: a date far off would fill the memory.
  static let mostRows = 100_000_000

  public var name: String { "fill" }
  public var carriesColumns: Bool { true }

  public init(
    _ column: String, by: OptionText<[ListItem]>? = nil, every: String, with: OptionText<[ListItem]>? = nil,
    from: String? = nil, to: String? = nil
  ) {
    self.column = column
    self.by = by
    self.every = every
    self.with = with
    self.from = from
    self.to = to
  }

  public var expressions: [Expression] { with?.content.map(\.expression) ?? [] }

  public func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep {
    let time = try fields.index(of: column)
    let type = fields[time].type
    guard type.isTime else {
      throw ReadoutError(
        .request, "fill wants a date or timestamp, not \(type.withArticle)", value: column,
        hint: "derive it: date(\(Expression.text(ofColumn: column)))")
    }
    var keys: [Int] = []
    try by?.placing { (items) throws(ReadoutError) in
      for item in items {
        guard case .column(let key) = item.expression.node, item.name == nil else {
          throw ReadoutError(
            .request, "a series is told by columns", value: item.expression.description,
            hint: "derive it first, then name it", range: item.expression.range)
        }
        keys.append(try fields.index(of: key, range: item.expression.range))
      }
    }
    return BoundFill(
      step: self, time: time, keys: keys, grid: try FillGrid(every, type: type),
      values: try boundValues(fields, fixed: keys + [time], functions), from: try bound(from, "from", type),
      to: try bound(to, "to", type), input: fields)
  }

  /// The values of `with`, by column, as wide as that.
  private func boundValues(
    _ fields: [Table.Field], fixed: [Int], _ functions: FunctionRegistry
  ) throws(ReadoutError) -> [Int: BoundExpression] {
    var values: [Int: BoundExpression] = [:]
    try with?.placing { (items) throws(ReadoutError) in
      for item in items {
        let index = try fields.index(of: try ItemName.of(item), range: item.expression.range)
        guard !fixed.contains(index) else {
          throw ReadoutError(
            .request, "with fills the other columns, not the date or a key", value: fields[index].name,
            range: item.expression.range)
        }
        let bound = try Binder(functions: functions, scope: Scope(fields: fields)).bind(item.expression)
        guard bound.constant == .null || Binder.common(bound.type, fields[index].type) == fields[index].type else {
          throw ReadoutError(
            .request, "with puts \(bound.type.withArticle) into a column of type \(fields[index].type.rawValue)",
            value: item.expression.description, range: item.expression.range)
        }
        values[index] = bound
      }
    }
    return values
  }

  private func bound(_ text: String?, _ option: String, _ type: DataType) throws(ReadoutError) -> Int64? {
    guard let text else { return nil }
    let moment = type == .date ? Calendar.day(in: text) : Calendar.moment(in: text)
    guard let moment else {
      throw ReadoutError(
        .request, "\(option) of fill is no \(type.rawValue)", value: text, hint: "write it as '2025-10-01'")
    }
    return moment
  }
}

private struct BoundFill: BoundTableStep {
  let step: Fill
  let time: Int
  let keys: [Int]
  let grid: FillGrid
  let values: [Int: BoundExpression]
  let from: Int64?
  let to: Int64?
  let input: [Table.Field]

  var fields: [Table.Field]? { input }
  var explanation: [String] {
    ["fill \(step.column), every \(step.every)\(step.by.map { ", by \($0.text)" } ?? "")"]
  }

  /// The rows of the result: where each comes from, whose keys it has, and when it is.
  private struct Layout: ~Copyable {
    var sources = MutableVector<UInt32>()
    var series = MutableVector<UInt32>()
    var times = MutableVector<Int64>()
    var added = 0
    let control: ExecutionControl
  }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let times = try input.values(time)
    let rows = try PartitionedRows(
      by: try input.values(keys), sort: [(times, false)], count: input.rowCount, options)
    var layout = Layout(control: options.control)
    for partition in rows.partitions {
      try fill(rows.range(of: partition), rows, &layout)
      if partition & 0xFFF == 0 { try options.control.checkpoint() }
    }
    let (sources, series) = (layout.sources.take(), layout.series.take())
    let moments = layout.times.take()
    let partners = PartnerRows(sources)
    let originals = times.presentRows
    let isTimed = partners.rows.zip(sources) { $1 == KeyedRows.none || originals[Int($0)] ? UInt8(1) : 0 }
    var columns: [Column] = []
    for index in input.columns.indices {
      if index == time {
        columns.append(
          Column(
            encoding: Values(
              integers: moments, type: self.input[time].type, validity: Bitmap(bytes: isTimed).unlessAllSet)))
      } else if keys.contains(index) {
        columns.append(Column(encoding: try input.values(index).gather(series)))
      } else {
        columns.append(Column(encoding: try input.values(index).gather(partners: partners)))
      }
      try options.control.checkpoint()
    }
    let filled = Table(fields: self.input, columns: columns, rowCount: sources.count)
    return try layout.added == 0 ? filled : withValues(filled, sources, options)
  }

  /// One series: its rows, and between them the buckets that none of them starts.
  private func fill(
    _ range: Range<Int>, _ rows: PartitionedRows, _ layout: inout Layout
  ) throws(ReadoutError) {
    let sorted = rows.sorted[0]
    let moments = sorted.integers
    guard let first = range.first, !sorted.isNull(first) else {
      for place in range { put(rows.order[place], rows.order[place], 0, &layout) }
      return
    }
    let series = rows.order[first]
    var next = grid.start(of: from ?? moments[first])
    if let from, next < from { next = grid.next(after: next) }
    let end = to.map { $0.addingClamped(1) }
    for place in range {
      let row = rows.order[place]
      guard !sorted.isNull(place) else {
        try advance(&next, to: end ?? next, series, &layout)
        put(row, row, 0, &layout)
        continue
      }
      let moment = moments[place]
      guard grid.start(of: moment) == moment else {
        throw ReadoutError(
          .data, "a date is not the start of a \(step.every)",
          value: Values(integers: Vector([moment]), type: sorted.type)[0].text,
          hint: "derive it first: \(Expression.text(ofKey: step.column)) = "
            + "bucket(\(Expression.text(ofColumn: step.column)), '\(step.every)')"
        ).about(row: Int(row) + 1)
      }
      try advance(&next, to: min(moment, end ?? moment), series, &layout)
      if next == moment { next = grid.next(after: next) }
      put(row, row, moment, &layout)
    }
    if let end { try advance(&next, to: end, series, &layout) }
  }

  private func put(_ source: UInt32, _ series: UInt32, _ moment: Int64, _ layout: inout Layout) {
    layout.sources.append(source)
    layout.series.append(series)
    layout.times.append(moment)
  }

  /// Adds the buckets from `next` up to `end`, that one left out.
  private func advance(
    _ next: inout Int64, to end: Int64, _ series: UInt32, _ layout: inout Layout
  ) throws(ReadoutError) {
    while next < end {
      put(KeyedRows.none, series, next, &layout)
      layout.added += 1
      if layout.added & 0xFFFFF == 0 { try layout.control.checkpoint() }
      guard layout.added <= Fill.mostRows else {
        throw ReadoutError(
          .request, "fill would add more than \(Fill.mostRows) rows", value: "every \(step.every)",
          hint: "use a wider bucket, or look for a date far off")
      }
      next = grid.next(after: next)
    }
  }

  /// The added rows with the values of `with`.
  private func withValues(
    _ table: Table, _ sources: Vector<UInt32>, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    var table = table
    let kept = sources.map { $0 == KeyedRows.none ? UInt8(0) : 1 }.selected()
    let added = sources.map { $0 == KeyedRows.none ? UInt8(1) : 0 }.selected()
    let rows = try table.gather(added)
    for (index, expression) in values.sorted(by: { $0.key < $1.key }) {
      let type = input[index].type
      let old = try table.values(index)
      let new = Widening.convert(try rows.evaluating([expression], options)[0], to: type)
      table = table.replacing(
        input[index].name,
        with: try Evaluator.interleave(
          count: table.rowCount, type: type, [(kept, { old.gather($0) }), (added, { _ in new })]))
    }
    return table
  }
}
