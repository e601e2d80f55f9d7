import ReadoutEngine
import ReadoutVectors

/// The objects of a JSON document: those of an array, or objects one behind the other. All of them are valid JSON.
struct JSONElements: Sendable {
  struct Mark: Sendable {
    var offset: Int
    /// Elements before it.
    var records: Int
  }

  /// Whether they stand one behind the other, without an array around them.
  let isSequence: Bool
  /// One element of so many has a mark.
  private static let step = 1024

  private(set) var marks: [Mark] = []
  private(set) var recordCount = 0
  /// Behind the last element.
  private(set) var end: Int
  /// Behind the bracket that closes the array.
  private(set) var close: Int

  /// Walks the elements of the array at `start`, or, with `isSequence`, the values from there to the end of the text.
  init(_ source: OpenedSource, at start: Int, isSequence: Bool, control: ExecutionControl) throws(ReadoutError) {
    self.isSequence = isSequence
    let bytes = source.bytes
    var at = JSONText.value(bytes, behind: isSequence ? start : start + 1)
    (end, close) = (at, at)
    if !isSequence, at < bytes.count, bytes.vector[at] == 0x5D {
      close = at + 1
      return
    }
    while at < bytes.count || !isSequence {
      if recordCount % Self.step == 0 {
        try control.check()
        marks.append(Mark(offset: at, records: recordCount))
      }
      end = try source.end(ofValueAt: at)
      recordCount += 1
      at = JSONText.value(bytes, behind: end)
      if isSequence { continue }
      guard at < bytes.count, bytes.vector[at] == 0x2C || bytes.vector[at] == 0x5D else {
        throw source.error(JSONText.Invalid(fault: at == bytes.count ? .cut : .unexpected, offset: at))
      }
      close = at + 1
      if bytes.vector[at] == 0x5D { return }
      at = JSONText.value(bytes, behind: at + 1)
    }
    close = end
  }

  /// Where an element starts; for their number, the end of the last one.
  func start(ofRecord number: Int, in source: OpenedSource) -> Int {
    guard number < recordCount else { return end }
    let mark = marks[number / Self.step]
    var at = mark.offset
    for _ in mark.records..<number {
      // `init` has walked here before, and met no fault.
      guard let next = try? JSONText.end(source.bytes, ofValueAt: at) else { return end }
      at = JSONText.value(source.bytes, behind: next)
      if source.bytes.vector[at] == 0x2C { at = JSONText.value(source.bytes, behind: at + 1) }
    }
    return at
  }
}

extension OpenedSource {
  /// JSON that cannot be read, at its place.
  func error(_ invalid: JSONText.Invalid) -> ReadoutError {
    let (problem, hint) = invalid.fault.words
    return ReadoutError(.data, problem, value: shown(at: invalid.offset), place: place(invalid.offset), hint: hint)
  }

  /// What stands at a place, up to the next blank: as much as says where to look. nil at the end of the text.
  func shown(at offset: Int) -> String? {
    guard offset < bytes.count else { return nil }
    let end = min(bytes.count, offset + 24)
    let word = bytes.vector[offset..<end].span
    var length = 1
    while length < word.count, word[length] > 0x20, word[length] != 0x2C { length += 1 }
    return String(copying: word.extracting(0..<length))
  }
}
