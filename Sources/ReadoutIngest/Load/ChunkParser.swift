import ReadoutEngine
import ReadoutVectors

/// One worker: parses chunks one after the other, in ascending order, with its own index, buffers and interners.
final class ChunkParser: @unchecked Sendable {
  // Sound: made by one thread and used by one at a time; the pool gives each worker number to one thread.
  let plan: LoadPlan
  private let control: ExecutionControl
  private var index = FieldIndex()
  private var window = TextWindow()
  /// The columns that are parsed, by their number in the table.
  let sinks: [(column: Int, sink: ColumnSink)]

  /// `firstInterner` is the number of the first of as many interners as there are columns.
  init(
    _ plan: LoadPlan, columns: [Int], hypotheses: [ColumnHypothesis], firstInterner: Int, control: ExecutionControl
  ) {
    self.plan = plan
    self.control = control
    let nulls = NullWords(plan.nulls.words, quotedEmpty: plan.nulls.quotedEmpty)
    sinks = columns.map { column in
      (
        column,
        ColumnSink(hypotheses[column], nulls: nulls, interner: firstInterner + column)
      )
    }
  }

  /// The distinct strings of each column parsed so far; the interners start anew.
  func takeStrings() -> [StringVector] { sinks.map { $0.sink.takeStrings() } }

  /// Parses the columns of one chunk. With `findsFaults`, broken records are reported; a second parse has them known already.
  func parse(_ chunk: ChunkPlan, findsFaults: Bool) throws(ReadoutError) -> ParsedChunk {
    for (_, sink) in sinks { sink.begin(rows: chunk.rows) }
    var faults: [Fault] = []
    var row = chunk.firstRow
    for stretch in chunk.stretches {
      let source = plan.sources[stretch.source]
      guard stretch.range.count < plan.options.mostChunkBytes else {
        throw ReadoutError(
          .data, "a record of more than 4 GiB", place: source.place(stretch.range.lowerBound),
          hint: "a quote may be opened and never closed; say quote = false if the file does not use quotes")
      }
      let isWhole = stretch.isExact || !source.bytes.isFile
      var room = plan.options.windowBytes
      var at = stretch.range.lowerBound
      while at < stretch.range.upperBound {
        let end = isWhole ? stretch.range.upperBound : min(at + room, stretch.range.upperBound)
        let view = window.load(source.bytes, at..<end)
        let next = try parse(
          view, at..<end, stretch, row: &row, before: chunk.firstRow + chunk.rows, findsFaults ? { faults += $0 } : nil)
        // A record that is longer than the window wants a larger one.
        room = next == at ? room * 2 : plan.options.windowBytes
        at = next
      }
    }
    guard row == chunk.firstRow + chunk.rows else { throw .bug("a chunk holds other records than were counted") }
    return ParsedChunk(columns: sinks.map { $0.sink.finish() }, faults: faults)
  }

  /// Parses the records of a stretch that lie in `range`, which starts with one, and is in view; where the first that does not begins.
  private func parse(
    _ view: TextWindow.View, _ range: Range<Int>, _ stretch: ChunkPlan.Stretch, row: inout Int, before end: Int,
    _ tell: (([Fault]) -> Void)?
  ) throws(ReadoutError) -> Int {
    let isCut = range.upperBound < stretch.range.upperBound
    let source = plan.sources[stretch.source]
    var at = range.lowerBound
    // The last records before a cut come with the next window, together with what follows them.
    while isCut ? at == range.lowerBound || range.upperBound - at > plan.options.batchBytes : at < range.upperBound {
      try control.check()
      let next =
        view.origin
        + index.fill(
          view.bytes, from: at - view.origin, to: range.upperBound - view.origin, target: plan.options.batchBytes,
          columns: plan.columns.count, source.dialect, exact: stretch.isExact, isCut: isCut)
      if next == at { break }
      at = next
      // Of a file that was changed meanwhile; the loader tells.
      guard row + index.rows <= end else { throw .bug("a chunk holds more records than were counted") }
      var found = index.problems.isEmpty ? [] : problems(stretch.source, view.origin, firstRow: row)
      if index.rows > 0 { try take(stretch.source, view, firstRow: row, &found) }
      if plan.options.onError == .fail, let first = found.min(by: Fault.precedes) { throw first.error(plan) }
      if !found.isEmpty { tell?(found) }
      row += index.rows
    }
    return at
  }

  /// Columns of a wide table that are parsed between two looks at the time and the memory.
  static let columnsBetweenChecks = 256

  /// Records that do not have the table's form; where they are skipped every field counts as null.
  private func problems(_ source: Int, _ origin: Int, firstRow: Int) -> [Fault] {
    let columns = plan.columns.count
    let lacking = columns - (plan.options.layout?.optionalColumns ?? 0)..<columns
    return index.problems.compactMap { problem in
      // The format says that records may lack their last columns.
      if case .fields(let found) = problem.kind, lacking.contains(found) { return nil }
      var fault = Fault(
        source: source, row: firstRow + problem.row, offset: origin + problem.range.lowerBound,
        length: problem.range.count, reason: .unterminated)
      switch problem.kind {
      case .fields(let found): fault.reason = .fields(found)
      case .quoting(let quoting):
        if case .textAfterQuote = quoting { fault.reason = .textAfterQuote }
        if plan.options.onError == .fail { fault.offset = origin + quoting.offset }
      }
      if plan.options.onError == .skip { index.blank(row: problem.row) }
      return fault
    }
  }

  private func take(_ source: Int, _ view: TextWindow.View, firstRow: Int, _ faults: inout [Fault])
    throws(ReadoutError)
  {
    let opened = plan.sources[source]
    for (column, sink) in sinks {
      if column % ChunkParser.columnsBetweenChecks == 0 { try control.check() }
      let field = opened.order[column]
      sink.take(index, view.bytes, column: field, quote: opened.dialect.quote) { row in
        let range = index.range(column: field, row: row)
        faults.append(
          Fault(
            source: source, row: firstRow + row, offset: view.origin + range.lowerBound, length: range.count,
            column: column,
            reason: .value(plan.columns[column].given ?? .string)))
      }
      try sink.checkRoom(plan.columns[column].name)
    }
  }
}
