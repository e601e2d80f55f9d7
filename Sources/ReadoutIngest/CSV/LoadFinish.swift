import ReadoutEngine
import ReadoutVectors

/// From parsed columns to the table: dates in other formats, texts, skipped records, rejects and notes.
struct LoadFinish {
  let plan: LoadPlan
  let layouts: [SourceLayout]
  let loaded: LoadedColumns

  func table() throws(ReadoutError) -> LoadedTable {
    var columns = loaded.columns
    var notes = plan.sources.flatMap(\.notes)
    for (number, planned) in plan.columns.enumerated() where columns[number].type == .string && planned.given == nil {
      let refinement = StringRefinement(column: columns[number], name: planned.name) { row in
        place(ofRow: row, column: planned.name)
      }
      columns[number] = try refinement.refined()
      if columns[number].type == .string, let note = refinement.note(isMixed: loaded.isMixed[number]) {
        notes.append(note)
      }
    }
    for (number, planned) in plan.columns.enumerated() where planned.given == .text {
      columns[number] = StringValues(columns[number]).asBytes(type: .text)
    }
    if plan.options.hasHeader, plan.options.names == nil, let name = nameThatIsAValue(columns) {
      notes.append(Header.noteOnValues(name, in: plan.sources[0].name))
    }
    var rowCount = loaded.rowCount
    let skipped = plan.options.onError == .skip ? Set(loaded.faults.map(\.row)) : []
    if !skipped.isEmpty {
      rowCount -= skipped.count
      let kept = Vector((0..<UInt32(loaded.rowCount)).filter { !skipped.contains(Int($0)) })
      for number in columns.indices { columns[number] = try columns[number].keeping(kept) }
    }
    let fields = zip(plan.columns, columns).map { Table.Field($0.name, $1.type) }
    return LoadedTable(
      table: Table(fields: fields, columns: columns, rowCount: rowCount), rejects: rejects(), notes: notes,
      places: ReadRows(plan.sources, layouts, skipped: skipped.sorted()))
  }

  /// A column's name that reads as a value of its own type: nobody calls a column by a decimal number, a date or a time. By whole numbers
  /// they do: years are names, and so are numbers that count on from column to column.
  private func nameThatIsAValue(_ columns: [Column]) -> String? {
    for (number, column) in columns.enumerated() where column.nullCount < column.count {
      let name = plan.columns[number].name
      let kind = ValueKinds(of: Array(name.utf8).span)
      guard [.integer, .wideInteger, .number, .date, .timestamp].contains(kind), kind.type == column.type else {
        continue
      }
      guard let value = Int(name) else { return name }
      let isCounted =
        wholeNumber(number - 1).map { $0 &+ 1 == value } ?? false
        || wholeNumber(number + 1).map { value &+ 1 == $0 } ?? false
      if !Self.years.contains(value), !isCounted { return name }
    }
    return nil
  }

  private static let years = 1000...2999

  /// What the name of a column reads as; nil where there is no such column, or it has another name.
  private func wholeNumber(_ number: Int) -> Int? {
    plan.columns.indices.contains(number) ? Int(plan.columns[number].name) : nil
  }

  /// File and line of a row of the table as it was parsed.
  private func place(ofRow wanted: Int, column: String) -> ReadoutError.Place {
    var row = wanted
    var window = TextWindow()
    for (source, layout) in zip(plan.sources, layouts) {
      if row >= layout.recordCount {
        row -= layout.recordCount
        continue
      }
      return source.place(layout.firstByte(ofRecord: row, in: source, &window), column: column)
    }
    return ReadoutError.Place()
  }

  private func rejects() -> [Reject] {
    var lines = LineCounter()
    return loaded.faults.map { fault in
      let action: Reject.Action =
        plan.options.onError == .skip ? .skipped : fault.column == nil ? .mended : .nulled
      return fault.reject(plan, line: lines.line(of: fault, plan), action: action)
    }
  }
}

/// Counts lines forwards from one fault to the next.
private struct LineCounter {
  private var source = -1
  private var offset = 0
  private var lines = 1

  mutating func line(of fault: Fault, _ plan: LoadPlan) -> Int {
    if fault.source != source || fault.offset < offset { (source, offset, lines) = (fault.source, 0, 1) }
    let text = plan.sources[source]
    lines += ByteCount.count(text.dialect.newline, text.bytes, offset..<fault.offset)
    offset = fault.offset
    return lines
  }
}

extension Column {
  /// The rows `rows`, encoded anew.
  func keeping(_ rows: Vector<UInt32>) throws(ReadoutError) -> Column {
    let whole = try Values.concatenating(
      chunks.indices.map { values(chunk: $0, range: 0..<chunks[$0].count) }, type: type)
    return Column(encoding: whole.gather(rows))
  }
}
