import ReadoutVectors
import Synchronization

/// Runs a row-wise stage: the expressions over the rows that survive the filters, in row order.
struct ColumnsRun {
  let run: StageRun
  let items: [(name: String, expression: BoundExpression)]
  let limit: (count: Int, skip: Int)?

  func table() throws(ReadoutError) -> Table {
    let fields = run.stage.fields
    if run.stage.filters.isEmpty, limit == nil, items.contains(where: { $0.expression.storedColumn != nil }) {
      return Table(fields: fields, columns: try derived(), rowCount: run.input.rowCount)
    }
    let parts = try evaluated(items.map(\.expression))
    var rows = 0..<parts.reduce(0) { $0 + $1.rows.count }
    if let limit {
      let start = min(rows.count, limit.skip)
      rows = start..<start + min(limit.count, rows.count - start)
    }
    var columns: [Column] = []
    let places = Vector<UInt32>.concatenating(parts.map(\.rows))[rows]
    for (index, field) in fields.enumerated() {
      try run.checkpoint()
      let column = Column(encoding: try Values.concatenating(parts.map { $0.values[index] }, type: field.type)[rows])
      let stored = items[index].expression.storedColumn
      columns.append(stored.map { column.carrying(run.input.columns[$0], rows: places) } ?? column)
    }
    return Table(fields: fields, columns: columns, rowCount: rows.count)
  }

  /// The input's own columns where the stage only picks and renames, and the others in chunks of the same lengths.
  private func derived() throws(ReadoutError) -> [Column] {
    let computed = items.indices.filter { items[$0].expression.storedColumn == nil }
    let parts = computed.isEmpty ? [] : try evaluated(computed.map { items[$0].expression })
    var columns = items.map { $0.expression.storedColumn.map { run.input.columns[$0] } }
    for (place, item) in computed.enumerated() {
      try run.checkpoint()
      let values = try Values.concatenating(parts.map { $0.values[place] }, type: run.stage.fields[item].type)
      columns[item] = Column(encoding: values, counts: run.input.chunkCounts)
    }
    return columns.compactMap(\.self)
  }

  /// What a batch gives: the numbers in the input of the rows that are left, and the expressions' values there.
  private struct Part: Sendable {
    let rows: Vector<UInt32>
    let values: [Values]
  }

  /// Each batch's values of the expressions. Where only the first rows are wanted, batches are taken in waves until there are
  /// enough; an error behind those is none, so that it does not depend on how many a wave takes.
  private func evaluated(_ expressions: [BoundExpression]) throws(ReadoutError) -> [Part] {
    let wanted = limit.map { $0.count.addingReportingOverflow($0.skip) }.map { $0.overflow ? Int.max : $0.partialValue }
    var parts: [Part] = []
    var rows = 0
    var next = 0
    while next < run.batches.count {
      let wave = wanted == nil ? run.batches.count : max(run.options.threads, next)
      let range = next..<min(next + wave, run.batches.count)
      for result in try evaluate(expressions, range) {
        let part = try result.get()
        rows += part.rows.count
        parts.append(part)
        if let wanted, rows >= wanted { return parts }
      }
      next = range.upperBound
    }
    return parts
  }

  private func evaluate(
    _ expressions: [BoundExpression], _ range: Range<Int>
  ) throws(ReadoutError) -> [Result<Part, ReadoutError>] {
    let results = Gathered<Result<Part, ReadoutError>>(count: range.count)
    let (run, isCut) = (run, limit != nil)
    try run.forEach(range.count) { piece, evaluator throws(ReadoutError) in
      let whole = run.batches[range.lowerBound + piece]
      do throws(ReadoutError) {
        if let batch = try run.filtered(whole, evaluator) {
          var values: [Values] = []
          for expression in expressions { values.append(try evaluator.evaluate(expression, in: batch)) }
          results[piece] = .success(Part(rows: batch.rowNumbers, values: values))
        }
      } catch {
        guard isCut, !error.endsQuery else { throw error }
        results[piece] = .failure(error)
      }
      run.options.progress?(whole.firstRow + whole.range.count, run.input.rowCount)
    }
    return results.all
  }
}

extension BoundExpression {
  /// The number of the stored column that it is, where it is one.
  fileprivate var storedColumn: Int? { if case .column(let index) = node { index } else { nil } }
}

extension Batch {
  /// The numbers in the table of the rows that count.
  fileprivate var rowNumbers: Vector<UInt32> {
    let first = UInt32(truncatingIfNeeded: firstRow)
    return selection?.map { $0 &+ first } ?? Vector(count: range.count) { first &+ UInt32(truncatingIfNeeded: $0) }
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
