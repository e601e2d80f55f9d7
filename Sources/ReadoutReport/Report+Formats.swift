import ReadoutEngine
import ReadoutVectors

extension Report {
  /// Writes the report into `sink`, chunk by chunk.
  public func write(
    to sink: inout some (ByteSink & ~Copyable), as format: ReportFormat, options: ReportOptions = ReportOptions()
  ) throws(ReadoutError) {
    switch format {
    case .csv: try writeSeparated(by: UInt8(ascii: ","), to: &sink, options)
    case .tsv: try writeSeparated(by: 0x09, to: &sink, options)
    case .json:
      let (head, tail) = rowCount > 0 ? ("[\n", "\n]\n") : ("[", "]\n")
      try writeObjects(to: &sink, head: head, betweenRows: ",\n", tail: tail, options)
    case .jsonl:
      try writeObjects(to: &sink, head: "", betweenRows: "\n", tail: rowCount > 0 ? "\n" : "", options)
    case .markdown: try writeMarkdown(to: &sink, options)
    case .table:
      try sink.write(
        Array(AlignedTable(table, options).text.utf8).span)
    }
  }

  private func writeSeparated(
    by delimiter: UInt8, to sink: inout some (ByteSink & ~Copyable), _ options: ReportOptions
  ) throws(ReadoutError) {
    let syntax = SeparatedSyntax(delimiter: delimiter, disarms: options.disarm)
    var head: [UInt8] = options.byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    // Where rows do not show which delimiter parts the fields, the header must not seem to.
    var headerSyntax = syntax
    headerSyntax.guardsDelimiters = table.fields.count == 1 || rowCount == 0
    for (number, name) in headers(headerSyntax).enumerated() {
      if number > 0 { head.append(delimiter) }
      head += name
    }
    head.append(0x0A)
    let leads = table.fields.indices.map { $0 == 0 ? [] : [delimiter] }
    let writer = RowWriter(table, syntax: syntax, frame: RowFrame(head: head, leads: leads, rowEnd: [0x0A]))
    try writer.write(to: &sink, threads: options.threads)
  }

  private func writeObjects(
    to sink: inout some (ByteSink & ~Copyable), head: String, betweenRows: String, tail: String,
    _ options: ReportOptions
  ) throws(ReadoutError) {
    let syntax = JSONSyntax()
    let leads = headers(syntax).enumerated().map { number, name in
      Array((number == 0 ? "{" : ",").utf8) + name + [UInt8(ascii: ":")]
    }
    let frame = RowFrame(
      head: Array(head.utf8), leads: leads, rowEnd: Array((leads.isEmpty ? "{}" : "}").utf8),
      betweenRows: Array(betweenRows.utf8), tail: Array(tail.utf8))
    let writer = RowWriter(table, syntax: syntax, frame: frame)
    try writer.write(to: &sink, threads: options.threads)
  }

  private func writeMarkdown(
    to sink: inout some (ByteSink & ~Copyable), _ options: ReportOptions
  ) throws(ReadoutError) {
    let syntax = MarkdownSyntax()
    var head: [UInt8] = []
    for name in headers(syntax) { head += Array("| ".utf8) + name + [0x20] }
    head += Array("|\n".utf8)
    for field in table.fields { head += Array((field.type.isNumeric ? "| ---: " : "| --- ").utf8) }
    head += Array("|\n".utf8)
    let leads = table.fields.indices.map { Array(($0 == 0 ? "| " : " | ").utf8) }
    let writer = RowWriter(
      table, syntax: syntax, frame: RowFrame(head: head, leads: leads, rowEnd: Array(" |\n".utf8)))
    try writer.write(to: &sink, threads: options.threads)
  }

  /// The columns' names as the format writes strings.
  private func headers(_ syntax: some CellSyntax) -> [[UInt8]] {
    table.names.map { name in
      var bytes = ReportBytes(capacity: name.utf8.count + 2)
      syntax.append(string: Array(name.utf8).span, to: &bytes)
      return Array(bytes.freeze())
    }
  }
}
