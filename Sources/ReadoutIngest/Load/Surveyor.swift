import ReadoutEngine
import ReadoutVectors
import Synchronization

/// Opens sources, reads their headers, checks their bytes and counts their records.
struct Surveyor {
  let options: ReadingOptions
  let control: ExecutionControl

  /// The sources in their order, opened and with their headers read.
  func open(_ sources: [Source]) throws(ReadoutError) -> [OpenedSource] {
    var opened: [OpenedSource] = []
    for source in sources {
      try control.check()
      for member in try OpenedSource.opening(
        source, encoding: options.encoding, unpackRatio: options.unpackRatio, control: control)
      {
        opened.append(try described(member))
      }
    }
    return opened
  }

  /// Where the records of the sources stand; a source that turns out to be no UTF-8 may be converted.
  func survey(_ sources: [OpenedSource]) throws(ReadoutError) -> (plan: LoadPlan, layouts: [SourceLayout]) {
    var opened = sources
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
        let stretches = CensusPiece.stretches(of: opened[number], options)
        let layout =
          if let layout = SourceLayout(found, stretches: stretches, of: opened[number]) { layout } else {
            try SourceLayout(walking: opened[number], control: control)
          }
        if let offset = layout.firstLoneEnd {
          // Without quotes there is no other way to write one, and lines of plain text are read so.
          if options.onError == .fail, options.quote != nil { throw opened[number].loneEnd(at: offset) }
          opened[number].notes.append(
            "\(opened[number].name): line ends that end no record are kept in their values (first in line \(opened[number].line(offset)))"
          )
        }
        layouts[number] = layout
      }
      pending = again
    }
    return (try LoadPlan(sources: opened, options: options), layouts.map { $0! })
  }

  /// With dialect and header.
  private func described(_ source: OpenedSource) throws(ReadoutError) -> OpenedSource {
    var source = source
    let found = try DialectFinder(bytes: source.bytes, name: source.name, options: options).found()
    source.dialect = found.dialect
    source.notes += found.notes
    let header = try Header(source, from: found.start, options: options)
    source.names = header.names
    source.dataStart = header.dataStart
    source.notes += header.notes
    return source
  }

  /// The censuses of the sources `numbers`, taken in parallel.
  func census(_ sources: [OpenedSource], _ numbers: [Int]) throws(ReadoutError) -> [[RecordCensus]] {
    let pieces = numbers.enumerated().flatMap { place, number in
      CensusPiece.pieces(of: sources[number], options).map { (place: place, piece: $0) }
    }
    let found = Gathered([[RecordCensus]](repeating: [], count: pieces.count))
    let control = control
    let windows = (0..<max(1, options.threads)).map { _ in CensusTaker() }
    try WorkerPool.run(threads: options.threads, pieces: pieces.count) { (worker, number) throws(ReadoutError) in
      try control.check()
      let censuses = windows[worker].censuses(pieces[number].piece, of: sources[numbers[pieces[number].place]])
      found.update { $0[number] = censuses }
    }
    var gathered = [[RecordCensus]](repeating: [], count: numbers.count)
    for (number, censuses) in found.value.enumerated() { gathered[pieces[number].place] += censuses }
    return gathered
  }

  static func firstInvalid(_ source: OpenedSource, _ censuses: [RecordCensus]) -> Int? {
    UTF8Check.firstInvalid(source.bytes.vector.span.extracting(0..<source.dataStart))
      ?? censuses.compactMap(\.firstInvalidUTF8).first
  }

  static func refuseNUL(_ source: OpenedSource, _ censuses: [RecordCensus]) throws(ReadoutError) {
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
