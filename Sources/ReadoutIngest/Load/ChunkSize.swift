import ReadoutEngine
import ReadoutVectors

/// How many rows the chunks of a table get while it is read.
///
/// A chunk is what one thread parses, so it is bounded in bytes, too: 65,536 records of 4 KB in one piece would keep all threads but one
/// waiting. The number hangs on the data alone, never on the threads, so the table is the same whatever they are.
struct ChunkSize {
  /// Fewer rows would cost every query more than they save the reader.
  static let leastRows = 4096
  /// Bytes at the start of a file that tell how long its records are.
  static let sampledBytes = 1 << 20

  let options: ReadingOptions

  /// For delimited text whose records may not have been counted: by the lines at the start of the largest source. Line ends within quotes
  /// make the records seem shorter than they are, and the chunks larger.
  func rows(of sources: [OpenedSource]) -> Int {
    let data = sources.reduce(0) { $0 + $1.bytes.count - $1.dataStart }
    // What fits into one chunk of bytes needs no look.
    guard options.chunkRows == nil, data > options.chunkBytes,
      let largest = sources.max(by: { $0.bytes.count < $1.bytes.count })
    else { return options.chunkRows ?? Table.chunkRows }
    let range = largest.dataStart..<min(largest.bytes.count, largest.dataStart + Self.sampledBytes)
    return rows(
      records: ByteCount.count(largest.dialect.newline, largest.bytes, range), bytes: range.count)
  }

  /// By records of which `records` take up `bytes`: a full chunk, halved until its bytes are few enough or its rows as few as may be.
  func rows(records: Int, bytes: Int) -> Int {
    if let given = options.chunkRows { return given }
    var rows = Table.chunkRows
    // rows · bytes / records is a chunk's size; no record in so many bytes is a long one.
    while rows > Self.leastRows, Double(rows) * Double(bytes) > Double(options.chunkBytes) * Double(records) {
      rows /= 2
    }
    return rows
  }
}
