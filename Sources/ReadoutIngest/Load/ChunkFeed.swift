import ReadoutEngine
import ReadoutVectors
import Synchronization

/// Hands out the work of one source: stretches to be counted, and chunks to be parsed as soon as their records have been counted.
///
/// Chunks come before counting, so that their bytes are still near; of either the first comes first.
final class ChunkFeed: Sendable {
  enum Work: Sendable {
    case count(Int)
    case parse(number: Int, ChunkPlan)
    /// Others are counting what is left.
    case wait
    case none
  }

  let pieces: [CensusPiece]
  private let source: OpenedSource
  private let chunkRows: Int
  private let mostChunkBytes: Int
  private let state = Mutex(State())

  private struct State {
    var isOpen = false
    var isGivenUp = false
    var nextPiece = 0
    var nextChunk = 0
    /// Pieces in order so far, and those that were counted before their turn.
    var ordered = 0
    var early: [Int: [RecordCensus]] = [:]
    var growing = GrowingLayout()
    /// Once all is counted.
    var layout: SourceLayout?

    /// The next work, and for a chunk the marks before its start and its end; no mark is the end of the text.
    mutating func next(
      _ chunkRows: Int, _ pieces: Int
    ) -> (Work, (SourceLayout.Mark, SourceLayout.Mark?)?) {
      if isGivenUp { return (.none, nil) }
      let first = nextChunk * chunkRows
      if let layout, first >= layout.recordCount { return (.none, nil) }
      if isOpen, layout != nil || growing.records >= first + chunkRows {
        let end = min(first + chunkRows, layout?.recordCount ?? .max)
        let isLast = end == layout?.recordCount
        nextChunk += 1
        let chunk = ChunkPlan(firstRow: first, rows: end - first)
        return (
          .parse(number: nextChunk - 1, chunk),
          (growing.marks.before(record: first), isLast ? nil : growing.marks.before(record: end))
        )
      }
      if nextPiece < pieces {
        nextPiece += 1
        return (.count(nextPiece - 1), nil)
      }
      return (.wait, nil)
    }
  }

  /// `source` is the only one of its plan, and has data.
  init(_ source: OpenedSource, _ options: ReadingOptions) {
    self.source = source
    chunkRows = ChunkSize(options: options).rows(of: [source])
    mostChunkBytes = options.mostChunkBytes
    pieces = CensusPiece.pieces(of: source, options)
  }

  /// Chunks may be handed out from now on.
  func open() { state.withLock { $0.isOpen = true } }

  /// Nothing more is handed out: the text does not bear to be parsed before all is counted.
  func giveUp() { state.withLock { $0.isGivenUp = true } }

  /// The source's layout; nil as long as not all is counted, or where that was given up.
  var layout: SourceLayout? { state.withLock { $0.isGivenUp ? nil : $0.layout } }

  func next(_ window: inout TextWindow) -> Work {
    let (work, bounds) = state.withLock { $0.next(chunkRows, pieces.count) }
    guard case .parse(let number, var chunk) = work else { return work }
    let (first, last) = bounds!
    let start = chunk.firstRow == 0 ? source.dataStart : first.start(ofRecord: chunk.firstRow, in: source, &window)
    let end = last?.start(ofRecord: chunk.firstRow + chunk.rows, in: source, &window) ?? source.bytes.count
    if end - start >= mostChunkBytes {
      giveUp()
      return .none
    }
    chunk.stretches = [ChunkPlan.Stretch(source: 0, range: start..<max(start, end), isExact: false)]
    return .parse(number: number, chunk)
  }

  func counted(_ piece: Int, _ censuses: [RecordCensus]) {
    state.withLock { state in
      state.early[piece] = censuses
      while let censuses = state.early.removeValue(forKey: state.ordered) {
        for (census, stretch) in zip(censuses, pieces[state.ordered].stretches) {
          if census.firstInvalidUTF8 != nil || census.firstNUL != nil || !state.growing.append(census, stretch) {
            state.isGivenUp = true
            return
          }
        }
        state.ordered += 1
      }
      guard state.ordered == pieces.count else { return }
      state.layout = SourceLayout(state.growing, of: source)
      if state.layout == nil || state.layout?.firstLoneEnd != nil { state.isGivenUp = true }
    }
  }
}
