import ReadoutEngine
import ReadoutVectors
import Synchronization

/// Opens sources, reads their headers, checks their bytes and counts their records.
struct Surveyor {
  let options: CSVOptions
  let control: ExecutionControl

  /// The sources in their order, and where their records stand.
  func survey(_ sources: [Source]) throws(ReadoutError) -> (plan: LoadPlan, layouts: [SourceLayout]) {
    var opened: [OpenedSource] = []
    for source in sources {
      try control.check()
      opened.append(try described(try OpenedSource(source, encoding: options.encoding, control: control)))
    }
    var layouts: [SourceLayout?] = Array(repeating: nil, count: opened.count)
    var pending = Array(opened.indices)
    while !pending.isEmpty {
      let censuses = try census(opened, pending)
      var again: [Int] = []
      for (number, found) in zip(pending, censuses) {
        if let offset = Self.firstInvalid(opened[number], found) {
          opened[number] = try described(try opened[number].convertedFromWindows1252(firstInvalid: offset))
          again.append(number)
          continue
        }
        try Self.refuseNUL(opened[number], found)
        let stretches = stretches(of: opened[number])
        layouts[number] =
          if let layout = SourceLayout(found, stretches: stretches, of: opened[number]) { layout } else {
            try SourceLayout(
              walking: opened[number], countsEmptyLines: opened[number].names.count == 1, control: control)
          }
      }
      pending = again
    }
    return (try LoadPlan(sources: opened, options: options), layouts.map { $0! })
  }

  /// With dialect and header.
  private func described(_ source: OpenedSource) throws(ReadoutError) -> OpenedSource {
    var source = source
    source.dialect = try DialectFinder(bytes: source.bytes, name: source.name, options: options).dialect()
    let header = try Header(
      RecordText(bytes: source.bytes, dialect: source.dialect), name: source.name, options: options)
    source.names = header.names
    source.dataStart = header.dataStart
    source.notes += header.notes
    return source
  }

  private func stretches(of source: OpenedSource) -> [Range<Int>] {
    stride(from: source.dataStart, to: source.bytes.count, by: options.stretchBytes).map {
      $0..<min($0 + options.stretchBytes, source.bytes.count)
    }
  }

  /// The censuses of the sources `numbers`, taken in parallel.
  private func census(_ sources: [OpenedSource], _ numbers: [Int]) throws(ReadoutError) -> [[RecordCensus]] {
    let pieces = numbers.enumerated().flatMap { place, number in
      let stretches = stretches(of: sources[number])
      return stride(from: 0, to: stretches.count, by: Self.stretchesOfPiece).map { first in
        Piece(
          place: place, first: first,
          stretches: Array(stretches[first..<min(first + Self.stretchesOfPiece, stretches.count)]))
      }
    }
    let found = Gathered(
      numbers.map { [RecordCensus](repeating: RecordCensus(), count: stretches(of: sources[$0]).count) })
    let control = control
    try WorkerPool.run(threads: options.threads, pieces: pieces.count) { (_, number) throws(ReadoutError) in
      let piece = pieces[number]
      let source = sources[numbers[piece.place]]
      try control.check()
      let censuses = piece.stretches.map { stretch in
        RecordCensus(
          source.bytes, stretch, dataStart: source.dataStart, source.dialect,
          countsEmptyLines: source.names.count == 1)
      }
      source.bytes.release(piece.stretches.first!.lowerBound..<piece.stretches.last!.upperBound)
      found.update { $0[piece.place].replaceSubrange(piece.first..<piece.first + censuses.count, with: censuses) }
    }
    return found.value
  }

  /// Neighbouring stretches that one worker counts. Their pages are given back together: each time interrupts all processors.
  private struct Piece: Sendable {
    var place: Int
    var first: Int
    var stretches: [Range<Int>]
  }
  private static let stretchesOfPiece = 32

  private static func firstInvalid(_ source: OpenedSource, _ censuses: [RecordCensus]) -> Int? {
    UTF8Check.firstInvalid(source.bytes.vector.span.extracting(0..<source.dataStart))
      ?? censuses.compactMap(\.firstInvalidUTF8).first
  }

  private static func refuseNUL(_ source: OpenedSource, _ censuses: [RecordCensus]) throws(ReadoutError) {
    let header = source.bytes.vector[0..<source.dataStart].firstIndex(of: 0)
    guard let offset = header ?? censuses.compactMap(\.firstNUL).first else { return }
    throw ReadoutError(
      .data, "a NUL byte in the text", place: source.place(offset),
      hint: "the file is damaged or no text; if it is UTF-16, name it: encoding = \"utf-16\"")
  }
}

/// A value that the workers of a pool put together.
final class Gathered<Value: Sendable>: Sendable {
  private let held: Mutex<Value>

  init(_ value: Value) { held = Mutex(value) }

  func update(_ body: (inout Value) -> Void) { held.withLock { body(&$0) } }
  var value: Value { held.withLock { $0 } }
}
