import ReadoutEngine
import ReadoutVectors

/// Writes a table as rows of cells, chunk by chunk. Memory: one decoded chunk, and about a megabyte of text.
struct RowWriter<Syntax: CellSyntax>: ~Copyable {
  let table: Table
  let syntax: Syntax
  let frame: RowFrame
  /// Text of each column's dictionary, written once per distinct string.
  private let encoded: [StringVector?]
  private var block = CellBlock()
  private var bytes = ReportBytes(capacity: 1 << 20)
  private var isFirstRow = true

  /// Rows formatted together: few enough to stay in the cache.
  private static var blockRows: Int { 2048 }
  private static var flushBytes: Int { 1 << 20 }

  init(_ table: Table, syntax: Syntax, frame: RowFrame) {
    self.table = table
    self.syntax = syntax
    self.frame = frame
    self.encoded = table.columns.map { column in
      guard column.type.isString, let dictionary = column.dictionary, dictionary.count <= table.rowCount else {
        return nil
      }
      return Self.encoding(dictionary, syntax)
    }
  }

  private static func encoding(_ dictionary: StringDictionary, _ syntax: Syntax) -> StringVector? {
    var cells = CellBlock()
    cells.append(Values(strings: dictionary.strings), syntax: syntax, encoded: nil)
    guard cells.bytes.count <= Int(UInt32.max) else { return nil }
    var offsets = MutableVector<UInt32>(capacity: dictionary.count + 1)
    offsets.append(0)
    for i in 0..<cells.ends.count { offsets.append(UInt32(cells.ends[i])) }
    return StringVector(offsets: offsets.freeze(), bytes: cells.takeBytes())
  }

  mutating func write(to sink: inout some (ByteSink & ~Copyable)) throws(ReadoutError) {
    append(frame.head)
    let leads = frame.packedLeads
    for (number, count) in table.chunkCounts.enumerated() {
      let columns = table.columns.map { $0.values(chunk: number, range: 0..<count) }
      for start in stride(from: 0, to: count, by: Self.blockRows) {
        let rows = start..<min(start + Self.blockRows, count)
        block.removeAll()
        for (column, values) in columns.enumerated() {
          block.append(values[rows], syntax: syntax, encoded: encoded[column])
        }
        try appendRows(rows.count, leads, to: &sink)
      }
    }
    append(frame.tail)
    try flush(to: &sink)
  }

  private mutating func appendRows(
    _ rows: Int, _ leads: StringVector, to sink: inout some (ByteSink & ~Copyable)
  ) throws(ReadoutError) {
    for row in 0..<rows {
      if !isFirstRow { append(frame.betweenRows) }
      isFirstRow = false
      block.copyRow(row, of: rows, leads: leads, to: &bytes)
      append(frame.rowEnd)
      if bytes.count >= Self.flushBytes { try flush(to: &sink) }
    }
  }

  private mutating func append(_ constant: [UInt8]) { bytes.append(contentsOf: constant.span) }

  private mutating func flush(to sink: inout some (ByteSink & ~Copyable)) throws(ReadoutError) {
    try sink.write(bytes.span)
    bytes.removeAll()
  }
}
