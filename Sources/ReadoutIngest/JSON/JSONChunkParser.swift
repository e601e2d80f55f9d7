import ReadoutEngine
import ReadoutVectors

/// The columns of one chunk of JSON, by name.
struct ParsedJSONChunk: Sendable {
  var columns: [String: ParsedColumn] = [:]
  /// The columns that its records have, in the order of their first appearance.
  var met: [String] = []
  var faults: [JSONRecordFault] = []
  /// Rows of the table that stand for lines of blanks.
  var blankRows: [Int] = []
}

/// What a pass over the chunks is for.
enum JSONPass: Equatable {
  /// All columns are parsed, and what is wrong is found.
  case first
  /// Columns are parsed again with their final types.
  case again
  /// Nothing is kept; the kinds of values are counted.
  case counting
}

/// One worker: parses chunks of JSON one after the other, in ascending order, with its own index, buffers and interners.
final class JSONChunkParser: @unchecked Sendable {
  // Sound: made by one thread and used by one at a time; the pool gives each worker number to one thread.
  private let plan: JSONPlan
  private let columns: JSONColumns
  private let control: ExecutionControl
  /// The columns that are parsed; nil is all.
  private let wanted: Set<String>?
  private var index = JSONIndex()
  private var window = TextWindow()
  /// By the index's number of the column; nil where it is not parsed.
  private var parsed: [Column?] = []

  private struct Column {
    var name: String
    var sink: ColumnSink
    var kinds: JSONKinds = []
    var tally: JSONTally?
  }

  init(_ plan: JSONPlan, _ columns: JSONColumns, wanted: Set<String>?, control: ExecutionControl) {
    self.plan = plan
    self.columns = columns
    self.control = control
    self.wanted = wanted
  }

  /// The distinct strings of all interners, by their numbers; they start anew.
  func takeStrings() -> [(interner: Int, strings: StringVector)] {
    parsed.compactMap { $0.map { ($0.sink.interner, $0.sink.takeStrings()) } }
  }

  func parse(_ chunk: ChunkPlan, for pass: JSONPass) throws(ReadoutError) -> ParsedJSONChunk {
    var result = ParsedJSONChunk()
    index.beginChunk()
    if pass != .counting {
      for column in parsed { column?.sink.begin(rows: chunk.rows) }
    }
    var row = chunk.firstRow
    for stretch in chunk.stretches {
      let source = plan.sources[stretch.source]
      let form = plan.layouts[stretch.source].form
      guard stretch.range.count < plan.options.mostChunkBytes else {
        throw ReadoutError(
          .data, "a record of more than 4 GiB", place: source.place(stretch.range.lowerBound),
          hint: "a bracket or a quote may be opened and never closed")
      }
      let isWhole = form == .elements || !source.bytes.isFile
      var room = plan.options.windowBytes
      var at = stretch.range.lowerBound
      while at < stretch.range.upperBound {
        let end = isWhole ? stretch.range.upperBound : min(at + room, stretch.range.upperBound)
        let view = window.load(source.bytes, at..<end)
        let next =
          view.origin
          + index.fill(
            view.bytes, from: at - view.origin, to: end - view.origin, form, isCut: end < stretch.range.upperBound)
        // A record that is longer than the window wants a larger one.
        room = next == at ? room * 2 : plan.options.windowBytes
        at = next
        try take(view, stretch.source, row: row, of: chunk, for: pass, &result)
        row += index.fields.rows
      }
    }
    guard row == chunk.firstRow + chunk.rows else { throw .bug("a chunk holds other records than were counted") }
    for number in parsed.indices {
      guard let column = parsed[number] else { continue }
      if let tally = column.tally {
        columns.add(tally, to: column.name)
        parsed[number]!.tally = nil
      }
      if pass == .counting { continue }
      columns.add(column.kinds, to: column.name)
      result.columns[column.name] = column.sink.finish()
    }
    result.met = index.met.map { index.name($0) }
    return result
  }

  /// Takes the batch that is in the index; its first row is row `row` of the table.
  private func take(
    _ view: TextWindow.View, _ source: Int, row: Int, of chunk: ChunkPlan, for pass: JSONPass,
    _ result: inout ParsedJSONChunk
  ) throws(ReadoutError) {
    var faults: [JSONRecordFault] = []
    for problem in index.problems {
      if problem.fault == .cut, problem.record.allSatisfy({ Self.isBlank(view.bytes.vector[$0]) }) {
        if pass == .first { result.blankRows.append(row + problem.row) }
        continue
      }
      faults.append(
        JSONRecordFault(
          source: source, row: row + problem.row, offset: view.origin + problem.offset,
          range: view.origin + problem.record.lowerBound..<view.origin + problem.record.upperBound, column: nil,
          reason: .json(problem.fault)))
    }
    if index.fields.rows > 0 {
      while parsed.count < index.columnCount {
        try control.check()
        addColumn(rows: chunk.rows, missing: row - chunk.firstRow, for: pass)
      }
      for number in parsed.indices {
        if number % ChunkParser.columnsBetweenChecks == 0 { try control.check() }
        guard let column = parsed[number] else { continue }
        let kinds = index.kinds(number)
        if pass != .first, columns.isMixed(column.name) {
          parsed[number]!.tally = parsed[number]!.tally ?? JSONTally()
          parsed[number]!.tally!.take(index.fields, view.bytes, column: number, kinds: kinds, row: row)
        }
        if pass == .counting { continue }
        parsed[number]!.kinds.formUnion(kinds)
        column.sink.take(index.fields, view.bytes, column: number, quote: nil, json: kinds) { found in
          let range = index.fields.range(column: number, row: found)
          faults.append(
            JSONRecordFault(
              source: source, row: row + found, offset: view.origin + range.lowerBound,
              range: view.origin + range.lowerBound..<view.origin + range.upperBound, column: column.name,
              reason: .value(column.sink.hypothesis.given ?? .string)))
        }
        try column.sink.checkRoom(column.name)
      }
    }
    if plan.options.onError == .fail, let first = faults.min(by: JSONRecordFault.precedes) { throw first.error(plan) }
    if pass == .first { result.faults += faults }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// A place for the next of the index's columns, which the first `missing` rows of the chunk do not have.
  private func addColumn(rows: Int, missing: Int, for pass: JSONPass) {
    let name = index.name(parsed.count)
    guard wanted?.contains(name) ?? true else { return parsed.append(nil) }
    let sink = ColumnSink(columns.hypothesis(name), nulls: plan.nulls, interner: columns.nextInterner())
    defer { parsed.append(Column(name: name, sink: sink)) }
    if pass == .counting { return }
    sink.begin(rows: rows)
    let nothing = PaddedBytes([])
    for start in stride(from: 0, to: missing, by: JSONIndex.rows) {
      sink.take(
        JSONIndex.missing(rows: min(JSONIndex.rows, missing - start)), nothing, column: 0, quote: nil, json: []
      ) { _ in }
    }
  }
}
