import ReadoutEngine
import ReadoutVectors

/// Where the records of a source stand.
protocol RecordLayout: Sendable {
  var recordCount: Int { get }
  /// Whether a reader must tell the quotes of a record byte by byte.
  var isExact: Bool { get }
  /// Where record `number` starts, blanks before it allowed; the end of the text for the number of records.
  func start(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int
  /// Where the text of record `number` starts, what may stand before it left out.
  func firstByte(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int
  /// Where the data of the source start.
  func dataStart(in source: OpenedSource) -> Int
}

extension RecordLayout {
  func dataStart(in source: OpenedSource) -> Int { source.dataStart }
}

/// The records of one chunk: stretches of the sources, in their order.
struct ChunkPlan: Sendable {
  struct Stretch: Sendable {
    var source: Int
    var range: Range<Int>
    var isExact: Bool
  }

  var stretches: [Stretch] = []
  /// Of the table.
  var firstRow: Int
  var rows: Int

  var byteCount: Int { stretches.reduce(0) { $0 + $1.range.count } }

  /// Cuts the records of all sources into chunks of `chunkRows`, the last one apart; of fewer where one would be too long.
  static func chunks(
    of sources: [OpenedSource], layouts: [some RecordLayout], chunkRows: Int, _ options: ReadingOptions
  ) -> [ChunkPlan] {
    var chunks = cut(sources, layouts, chunkRows)
    var rows = chunkRows
    while rows > 1, chunks.contains(where: { $0.byteCount >= options.mostChunkBytes }) {
      rows /= 2
      chunks = cut(sources, layouts, rows)
    }
    return chunks
  }

  private static func cut(_ sources: [OpenedSource], _ layouts: [some RecordLayout], _ chunkRows: Int) -> [ChunkPlan] {
    let total = layouts.reduce(0) { $0 + $1.recordCount }
    var window = TextWindow()
    var chunks = stride(from: 0, to: total, by: chunkRows).map {
      ChunkPlan(firstRow: $0, rows: min(chunkRows, total - $0))
    }
    var firstRow = 0
    for (number, layout) in layouts.enumerated() {
      let source = sources[number]
      var record = 0
      var start = layout.dataStart(in: source)
      while record < layout.recordCount {
        let chunk = (firstRow + record) / chunkRows
        let next = min(layout.recordCount, (chunk + 1) * chunkRows - firstRow)
        let end = max(start, layout.start(ofRecord: next, in: source, &window))
        chunks[chunk].stretches.append(Stretch(source: number, range: start..<end, isExact: layout.isExact))
        (record, start) = (next, end)
      }
      firstRow += layout.recordCount
    }
    return chunks
  }
}
