import ReadoutEngine
import ReadoutVectors

/// Writes a table as rows of cells.
///
/// The rows are cut into pieces; threads format pieces while the calling thread writes those that are ready, in their order.
/// The bytes do not depend on the number of threads. Memory: two pieces of text for each thread.
struct RowWriter<Syntax: CellSyntax>: Sendable {
  private let table: Table
  private let syntax: Syntax
  private let frame: RowFrame
  private let leads: StringVector
  /// Text of each column's dictionary, written once per distinct string.
  private let encoded: [StringVector?]

  /// Rows that one thread formats at a time.
  private static var pieceRows: Int { 8192 }
  /// Rows formatted together: few enough to stay in the cache.
  private static var blockRows: Int { 2048 }

  private struct Piece {
    var chunk: Int
    var rows: Range<Int>
  }

  init(_ table: Table, syntax: Syntax, frame: RowFrame) {
    self.table = table
    self.syntax = syntax
    self.frame = frame
    self.leads = frame.packedLeads
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

  func write(to sink: inout some (ByteSink & ~Copyable), threads: Int) throws(ReadoutError) {
    try sink.write(frame.head.span)
    let pieces = pieces
    let queue = PieceQueue(count: pieces.count, ahead: max(1, threads) * 2)
    let helpers = (1..<max(1, min(threads, pieces.count))).compactMap { _ in
      WorkerThreads.start { [self] in
        while let number = queue.nextWaiting() {
          queue.put(formatted(pieces[number], isFirst: number == 0), at: number)
        }
      }
    }
    defer { for helper in helpers { helper.join() } }
    do throws(ReadoutError) {
      var written = 0
      while written < pieces.count {
        // This thread writes what is ready, and formats like the others where nothing is.
        if let bytes = queue.take(written) {
          try sink.write(bytes.span)
          written += 1
        } else if let number = queue.next() {
          queue.put(formatted(pieces[number], isFirst: number == 0), at: number)
        } else {
          WorkerThreads.rest()
        }
      }
    } catch {
      queue.end()
      throw error
    }
    try sink.write(frame.tail.span)
  }

  private var pieces: [Piece] {
    table.chunkCounts.enumerated().flatMap { chunk, count in
      stride(from: 0, to: count, by: Self.pieceRows).map {
        Piece(chunk: chunk, rows: $0..<min($0 + Self.pieceRows, count))
      }
    }
  }

  private func formatted(_ piece: Piece, isFirst: Bool) -> Vector<UInt8> {
    let columns = table.columns.map { $0.values(chunk: piece.chunk, range: piece.rows) }
    var block = CellBlock()
    var bytes = ReportBytes(capacity: 1 << 19)
    for start in stride(from: 0, to: piece.rows.count, by: Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, piece.rows.count)
      block.removeAll()
      for (column, values) in columns.enumerated() {
        block.append(values[rows], syntax: syntax, encoded: encoded[column])
      }
      for row in 0..<rows.count {
        if !isFirst || start + row > 0 { bytes.append(contentsOf: frame.betweenRows.span) }
        block.copyRow(row, of: rows.count, leads: leads, to: &bytes)
        bytes.append(contentsOf: frame.rowEnd.span)
      }
    }
    return bytes.freeze()
  }
}
