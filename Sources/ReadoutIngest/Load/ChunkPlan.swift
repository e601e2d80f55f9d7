import ReadoutEngine
import ReadoutVectors

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

  /// Cuts the records of all sources into chunks of `chunkRows`, the last one apart.
  static func chunks(of plan: LoadPlan, layouts: [SourceLayout]) -> [ChunkPlan] {
    let total = layouts.reduce(0) { $0 + $1.recordCount }
    var window = TextWindow()
    var chunks = stride(from: 0, to: total, by: plan.options.chunkRows).map {
      ChunkPlan(firstRow: $0, rows: min(plan.options.chunkRows, total - $0))
    }
    var firstRow = 0
    for (number, layout) in layouts.enumerated() {
      let source = plan.sources[number]
      var record = 0
      var start = source.dataStart
      while record < layout.recordCount {
        let chunk = (firstRow + record) / plan.options.chunkRows
        let next = min(layout.recordCount, (chunk + 1) * plan.options.chunkRows - firstRow)
        let end = max(start, layout.start(ofRecord: next, in: source, &window))
        chunks[chunk].stretches.append(Stretch(source: number, range: start..<end, isExact: layout.isExact))
        (record, start) = (next, end)
      }
      firstRow += layout.recordCount
    }
    return chunks
  }
}
