import ReadoutEngine
import ReadoutVectors

/// Where the records of a source stand: known places, from which every record is found by a short search.
struct SourceLayout: RecordLayout {
  struct Mark: Sendable {
    var offset: Int
    /// Where its stretch ends.
    var end: Int
    /// Records that end before `offset`.
    var records: Int
    var startsInside: Bool
  }

  /// Ascending; the first is the start of the data.
  var marks: [Mark]
  var recordCount: Int
  /// Whether quotes must be told from strays byte by byte.
  var isExact: Bool
  /// A CR or LF outside quotes that ends no line.
  let firstLoneEnd: Int?

  /// Puts the censuses of neighbouring stretches together; nil where the vector scan cannot be trusted.
  init?(_ censuses: [RecordCensus], stretches: [Range<Int>], of source: OpenedSource) {
    var growing = GrowingLayout()
    for (census, stretch) in zip(censuses, stretches) where !growing.append(census, stretch) { return nil }
    self.init(growing, of: source)
  }

  /// What the censuses of all stretches say; nil where a quote stays open.
  init?(_ growing: GrowingLayout, of source: OpenedSource) {
    if growing.isInside { return nil }
    marks = growing.marks
    isExact = false
    firstLoneEnd = growing.firstLoneEnd
    recordCount = growing.records
    let count = source.bytes.count
    if count > source.dataStart, source.bytes.vector[count - 1] != source.dialect.newline, !source.endsInEmptyLine {
      recordCount += 1
    }
  }

  /// Walks the records one after the other.
  init(walking source: OpenedSource, control: ExecutionControl) throws(ReadoutError) {
    let span = source.bytes.vector.span
    var marks: [Mark] = []
    var records = 0
    var loneEnd: Int?
    var at = source.dataStart
    while at < span.count {
      if records & 0xFFF == 0, marks.last?.records != records {
        try control.check()
        marks.append(Mark(offset: at, end: span.count, records: records, startsInside: false))
      }
      var field = at
      let next = RecordScanner.scan(span, from: at, to: span.count, source.dialect, fault: { _ in }) { end in
        loneEnd = loneEnd ?? RecordScanner.loneEnd(span, field..<end, source.dialect)
        field = end + 1
      }
      if source.countsEmptyLines || !RecordScanner.isBlank(span, from: at, next: next, source.dialect) { records += 1 }
      at = next
    }
    self.marks = marks
    firstLoneEnd = loneEnd
    recordCount = records
    isExact = true
  }

  /// Where record `number` starts; empty lines may stand before it. The end of the text for the number of records.
  func start(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int {
    if number == 0 { return source.dataStart }
    if number >= recordCount { return source.bytes.count }
    let mark = marks.before(record: number)
    guard isExact else { return mark.start(ofRecord: number, in: source, &window) }
    let span = source.bytes.vector.span
    var at = mark.offset
    var left = number - mark.records
    while left > 0 {
      let next = RecordScanner.scan(span, from: at, to: span.count, source.dialect, fault: { _ in }, field: { _ in })
      if source.countsEmptyLines || !RecordScanner.isBlank(span, from: at, next: next, source.dialect) { left -= 1 }
      at = next
    }
    return at
  }
}

extension SourceLayout {
  func firstByte(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int {
    source.skippingBlankLines(from: start(ofRecord: number, in: source, &window))
  }
}

/// The layout of a source whose stretches are counted one after the other.
struct GrowingLayout: Sendable {
  private(set) var marks: [SourceLayout.Mark] = []
  private(set) var records = 0
  private(set) var isInside = false
  private(set) var firstLoneEnd: Int?

  /// Adds the next stretch; false where the vector scan cannot be trusted with it.
  mutating func append(_ census: RecordCensus, _ stretch: Range<Int>) -> Bool {
    marks.append(
      SourceLayout.Mark(offset: stretch.lowerBound, end: stretch.upperBound, records: records, startsInside: isInside))
    let found = isInside ? census.ifInside : census.ifOutside
    if found.hasStray { return false }
    records += found.records
    firstLoneEnd = firstLoneEnd ?? found.firstLoneEnd
    if census.turns { isInside.toggle() }
    return true
  }
}

extension [SourceLayout.Mark] {
  /// The last mark before which fewer than `record` records end.
  func before(record: Int) -> SourceLayout.Mark {
    self[last { $0.records < record }]
  }

  /// The last mark at or before an offset.
  func before(offset: Int) -> SourceLayout.Mark {
    self[last { $0.offset <= offset }]
  }

  /// The last place whose mark fulfils what those before it do, the first at least.
  private func last(_ fulfils: (SourceLayout.Mark) -> Bool) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if fulfils(self[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}

extension SourceLayout.Mark {
  /// Where record `number` starts, which lies in this mark's stretch or right behind it. In a file that was changed since its records
  /// were counted there may be no such record: then the stretch's end, and the loader throws everything away.
  func start(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int {
    let view = window.load(source.bytes, RecordCensus.window(of: offset..<end, in: source.bytes))
    return view.origin
      + (RecordSearch.end(
        ofRecord: number - records, view.bytes, from: offset - view.origin, to: end - view.origin,
        startsInside: startsInside, dataStart: source.dataStart - view.origin, source.dialect,
        countsEmptyLines: source.countsEmptyLines) ?? end - view.origin)
  }
}

extension OpenedSource {
  /// Whether an empty line is a record: that of a null.
  var countsEmptyLines: Bool { names.count == 1 }

  /// Whether the text ends in a lone CR behind a line end: an empty line without its LF.
  var endsInEmptyLine: Bool {
    let count = bytes.count
    return names.count > 1 && count > dataStart && bytes.vector[count - 1] == 0x0D
      && (count - 1 == dataStart || bytes.vector[count - 2] == dialect.newline)
  }
}
