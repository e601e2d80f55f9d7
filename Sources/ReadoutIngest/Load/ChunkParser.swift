import ReadoutEngine
import ReadoutVectors

/// One worker: parses chunks one after the other, in ascending order, with its own index, buffers and interners.
final class ChunkParser: @unchecked Sendable {
  // Sound: made by one thread and used by one at a time; the pool gives each worker number to one thread.
  let plan: LoadPlan
  private var index = FieldIndex()
  /// The columns that are parsed, by their number in the table.
  let sinks: [(column: Int, sink: ColumnSink)]

  /// Chunks have at most `rows` rows; `firstInterner` is the number of the first of as many interners as there are columns.
  init(_ plan: LoadPlan, columns: [Int], hypotheses: [ColumnHypothesis], rows: Int, firstInterner: Int) {
    self.plan = plan
    let nulls = NullWords(plan.nulls.words, quotedEmpty: plan.nulls.quotedEmpty)
    sinks = columns.map { column in
      (
        column,
        ColumnSink(hypotheses[column], rows: rows, nulls: nulls, interner: firstInterner + column)
      )
    }
  }

  /// Parses the columns of one chunk. With `findsFaults`, broken records are reported; a second parse has them known already.
  func parse(_ chunk: ChunkPlan, findsFaults: Bool) throws(ReadoutError) -> ParsedChunk {
    for (_, sink) in sinks { sink.begin() }
    var faults: [Fault] = []
    var row = chunk.firstRow
    for stretch in chunk.stretches {
      let source = plan.sources[stretch.source]
      guard stretch.range.count < Int(UInt32.max) else {
        throw ReadoutError(
          .data, "records of more than 4 GiB", place: source.place(stretch.range.lowerBound),
          hint: "a quote may be opened and never closed; say quote = false if the file does not use quotes")
      }
      var at = stretch.range.lowerBound
      while at < stretch.range.upperBound {
        at = index.fill(
          source.bytes, from: at, to: stretch.range.upperBound, target: plan.options.batchBytes,
          columns: plan.columns.count, source.dialect, exact: stretch.isExact)
        var found = index.problems.isEmpty ? [] : problems(stretch.source, firstRow: row)
        if index.rows > 0 { take(stretch.source, firstRow: row, &found) }
        if plan.options.onError == .fail, let first = found.min(by: Fault.precedes) { throw first.error(plan) }
        if findsFaults { faults += found }
        row += index.rows
      }
      source.bytes.release(stretch.range)
    }
    guard row == chunk.firstRow + chunk.rows else { throw .bug("a chunk holds other records than were counted") }
    return ParsedChunk(columns: sinks.map { $0.sink.finish() }, faults: faults)
  }

  /// Records that do not have the table's form; where they are skipped every field counts as null.
  private func problems(_ source: Int, firstRow: Int) -> [Fault] {
    index.problems.map { problem in
      var fault = Fault(
        source: source, row: firstRow + problem.row, offset: problem.range.lowerBound, length: problem.range.count,
        reason: .unterminated)
      switch problem.kind {
      case .fields(let found): fault.reason = .fields(found)
      case .quoting(let quoting):
        if case .textAfterQuote = quoting { fault.reason = .textAfterQuote }
        if plan.options.onError == .fail { fault.offset = quoting.offset }
      }
      if plan.options.onError == .skip { index.blank(row: problem.row) }
      return fault
    }
  }

  private func take(_ source: Int, firstRow: Int, _ faults: inout [Fault]) {
    let opened = plan.sources[source]
    for (column, sink) in sinks {
      let field = opened.order[column]
      sink.take(index, opened.bytes, column: field, quote: opened.dialect.quote) { row in
        let range = index.range(column: field, row: row)
        faults.append(
          Fault(
            source: source, row: firstRow + row, offset: range.lowerBound, length: range.count, column: column,
            reason: .value(plan.columns[column].given ?? .string)))
      }
    }
  }
}
