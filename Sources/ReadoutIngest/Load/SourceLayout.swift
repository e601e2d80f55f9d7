import ReadoutEngine
import ReadoutVectors

/// Where the records of a source stand: known places, from which every record is found by a short search.
struct SourceLayout: Sendable {
  struct Mark: Sendable {
    var offset: Int
    /// Records that end before `offset`.
    var records: Int
    var startsInside: Bool
  }

  /// Ascending; the first is the start of the data.
  var marks: [Mark]
  var recordCount: Int
  /// Whether quotes must be told from strays byte by byte.
  var isExact: Bool

  /// Puts the censuses of neighbouring stretches together; nil where the vector scan cannot be trusted.
  init?(_ censuses: [RecordCensus], stretches: [Range<Int>], of source: OpenedSource) {
    marks = []
    isExact = false
    var inside = false
    var records = 0
    for (census, stretch) in zip(censuses, stretches) {
      marks.append(Mark(offset: stretch.lowerBound, records: records, startsInside: inside))
      let found = inside ? census.ifInside : census.ifOutside
      if found.hasStray { return nil }
      records += found.records
      if census.turns { inside.toggle() }
    }
    if inside { return nil }
    let count = source.bytes.count
    if count > source.dataStart, source.bytes.vector[count - 1] != source.dialect.newline, !source.endsInEmptyLine {
      records += 1
    }
    recordCount = records
  }

  /// Walks the records one after the other.
  init(walking source: OpenedSource, countsEmptyLines: Bool, control: ExecutionControl) throws(ReadoutError) {
    let span = source.bytes.vector.span
    var marks: [Mark] = []
    var records = 0
    var at = source.dataStart
    while at < span.count {
      if records & 0xFFF == 0, marks.last?.records != records {
        try control.check()
        marks.append(Mark(offset: at, records: records, startsInside: false))
      }
      let next = RecordScanner.scan(span, from: at, to: span.count, source.dialect, fault: { _ in }, field: { _ in })
      if countsEmptyLines || !RecordScanner.isBlank(span, from: at, next: next, source.dialect) { records += 1 }
      at = next
    }
    self.marks = marks
    recordCount = records
    isExact = true
  }

  /// Where record `number` starts; empty lines may stand before it. The end of the text for the number of records.
  func start(ofRecord number: Int, in source: OpenedSource, countsEmptyLines: Bool) -> Int {
    if number == 0 { return source.dataStart }
    if number >= recordCount { return source.bytes.count }
    // The last mark before which fewer than `number` records end.
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].records < number { low = middle } else { high = middle }
    }
    let mark = marks[low]
    guard isExact else {
      return RecordSearch.end(
        ofRecord: number - mark.records, source.bytes, from: mark.offset, to: source.bytes.count,
        startsInside: mark.startsInside, dataStart: source.dataStart, source.dialect, countsEmptyLines: countsEmptyLines
      )!
    }
    let span = source.bytes.vector.span
    var at = mark.offset
    var left = number - mark.records
    while left > 0 {
      let next = RecordScanner.scan(span, from: at, to: span.count, source.dialect, fault: { _ in }, field: { _ in })
      if countsEmptyLines || !RecordScanner.isBlank(span, from: at, next: next, source.dialect) { left -= 1 }
      at = next
    }
    return at
  }
}

extension OpenedSource {
  /// Whether the text ends in a lone CR behind a line end: an empty line without its LF.
  var endsInEmptyLine: Bool {
    let count = bytes.count
    return names.count > 1 && count > dataStart && bytes.vector[count - 1] == 0x0D
      && (count - 1 == dataStart || bytes.vector[count - 2] == dialect.newline)
  }
}
