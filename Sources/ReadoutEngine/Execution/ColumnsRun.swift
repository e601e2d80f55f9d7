import ReadoutVectors
import Synchronization

/// Runs a row-wise stage: the expressions over the rows that survive the filters, in row order.
struct ColumnsRun {
  let run: StageRun
  let items: [(name: String, expression: BoundExpression)]
  let limit: (count: Int, skip: Int)?

  func table() throws(ReadoutError) -> Table {
    let fields = run.stage.fields
    if run.stage.filters.isEmpty, limit == nil, let columns = sharedColumns() {
      return Table(fields: fields, columns: columns, rowCount: run.input.rowCount)
    }
    let parts = try evaluated()
    var rows = 0..<parts.reduce(0) { $0 + ($1.first?.count ?? 0) }
    if let limit {
      let start = min(rows.count, limit.skip)
      rows = start..<start + min(limit.count, rows.count - start)
    }
    var columns: [Column] = []
    for (index, field) in fields.enumerated() {
      try run.checkpoint()
      columns.append(Column(encoding: Values.concatenating(parts.map { $0[index] }, type: field.type)[rows]))
    }
    return Table(fields: fields, columns: columns, rowCount: rows.count)
  }

  /// The input's own columns, where the stage only picks and renames.
  private func sharedColumns() -> [Column]? {
    var columns: [Column] = []
    for item in items {
      guard case .column(let index) = item.expression.node else { return nil }
      columns.append(run.input.columns[index])
    }
    return columns
  }

  /// Each batch's values of all items. Where only the first rows are wanted, batches are taken in waves until there are enough.
  private func evaluated() throws(ReadoutError) -> [[Values]] {
    let wanted = limit.map { $0.count.addingReportingOverflow($0.skip) }.map { $0.overflow ? Int.max : $0.partialValue }
    var parts: [[Values]] = []
    var rows = 0
    var next = 0
    while next < run.batches.count {
      let wave = wanted == nil ? run.batches.count : max(run.options.threads, next)
      let range = next..<min(next + wave, run.batches.count)
      for part in try evaluate(range) {
        rows += part.first?.count ?? 0
        parts.append(part)
      }
      next = range.upperBound
      if let wanted, rows >= wanted { break }
    }
    return parts
  }

  private func evaluate(_ range: Range<Int>) throws(ReadoutError) -> [[Values]] {
    let results = Gathered<[Values]>(count: range.count)
    let (run, items) = (run, items)
    try run.forEach(range.count) { piece, evaluator throws(ReadoutError) in
      let whole = run.batches[range.lowerBound + piece]
      if let batch = try run.filtered(whole, evaluator) {
        var values: [Values] = []
        for item in items { values.append(try evaluator.evaluate(item.expression, in: batch)) }
        results[piece] = values
      }
      run.options.progress?(whole.firstRow + whole.range.count, run.input.rowCount)
    }
    return results.all
  }
}

/// Results of numbered pieces of work, put in from any thread and read in order.
final class Gathered<Result: Sendable>: Sendable {
  private let results: Mutex<[Result?]>

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  subscript(piece: Int) -> Result? {
    get { results.withLock { $0[piece] } }
    set { results.withLock { $0[piece] = newValue } }
  }

  /// The results there are, in the order of their pieces.
  var all: [Result] { results.withLock { $0.compactMap(\.self) } }
}
