import ReadoutEngine
import ReadoutVectors

/// Neighbouring stretches of a source that one worker counts.
struct CensusPiece: Sendable {
  var stretches: [Range<Int>]
  var range: Range<Int> { stretches.first!.lowerBound..<stretches.last!.upperBound }

  static func stretches(of source: OpenedSource, _ options: ReadingOptions) -> [Range<Int>] {
    stride(from: source.dataStart, to: source.bytes.count, by: options.stretchBytes).map {
      $0..<min($0 + options.stretchBytes, source.bytes.count)
    }
  }

  /// As many stretches together as fill a window.
  static func pieces(of source: OpenedSource, _ options: ReadingOptions) -> [CensusPiece] {
    let stretches = stretches(of: source, options)
    let together = max(1, options.windowBytes / options.stretchBytes)
    return stride(from: 0, to: stretches.count, by: together).map {
      CensusPiece(stretches: Array(stretches[$0..<min($0 + together, stretches.count)]))
    }
  }
}

/// One worker that counts, with its own window.
final class CensusTaker: @unchecked Sendable {
  // Sound: the pool gives each worker number to one thread.
  private var window = TextWindow()

  func censuses(_ piece: CensusPiece, of source: OpenedSource) -> [RecordCensus] {
    let view = window.load(source.bytes, RecordCensus.window(of: piece.range, in: source.bytes), inOrder: true)
    return piece.stretches.map { stretch in
      RecordCensus(
        stretch, view, dataStart: source.dataStart, source.dialect, countsEmptyLines: source.countsEmptyLines)
    }
  }
}
