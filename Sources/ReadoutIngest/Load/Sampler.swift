import ReadoutEngine
import ReadoutVectors

/// Looks at rows of places spread over the input, to begin with good guesses.
///
/// Only speed and the form of high-cardinality strings hang on the guess; types come from every value.
struct Sampler: ~Copyable {
  static let places = 16
  static let rowsOfPlace = 1024
  /// Long texts need fewer rows.
  static let bytesOfPlace = 1 << 16

  private let plan: LoadPlan
  private let nulls: NullWords
  private var index = FieldIndex()
  private var window = TextWindow()
  private var columns: [SampledColumn]
  private var sampled = 0
  /// Bytes of the rows that were looked at.
  private var bytes = 0

  init(_ plan: LoadPlan) {
    self.plan = plan
    nulls = NullWords(plan.nulls.words, quotedEmpty: plan.nulls.quotedEmpty)
    columns = plan.columns.map { _ in SampledColumn() }
  }

  /// A sample of chunks whose records have been counted.
  static func hypotheses(_ plan: LoadPlan, _ chunks: [ChunkPlan]) -> [ColumnHypothesis] {
    var sampler = Sampler(plan)
    let step = max(1, chunks.count / places)
    for number in stride(from: 0, to: chunks.count, by: step) {
      guard let stretch = chunks[number].stretches.first, !stretch.range.isEmpty else { continue }
      sampler.take(stretch.source, stretch.range, isExact: stretch.isExact)
    }
    return sampler.hypotheses(rows: chunks.reduce(0) { $0 + $1.rows })
  }

  /// A sample of a source whose records have not been counted, and the places where records were taken to begin.
  static func hypotheses(_ plan: LoadPlan, of source: OpenedSource) -> ([ColumnHypothesis], starts: [Int]) {
    var sampler = Sampler(plan)
    let length = source.bytes.count - source.dataStart
    var starts: [Int] = []
    for place in 0..<places {
      let offset = source.dataStart + length / places * place
      if let start = sampler.start(near: offset, in: source), start != starts.last {
        starts.append(start)
        sampler.take(0, start..<source.bytes.count, isExact: false)
      }
    }
    let rows = Double(length) * Double(sampler.sampled) / Double(max(1, sampler.bytes))
    return (sampler.hypotheses(rows: Int(rows)), starts)
  }

  /// Where a record seems to begin behind `offset`; nil where nothing looks like one.
  ///
  /// Whether the place is inside quotes is not known: the case is taken in which the next records have the table's form.
  private mutating func start(near offset: Int, in source: OpenedSource) -> Int? {
    if offset == source.dataStart { return offset }
    let end = min(source.bytes.count, offset + 2 * Self.bytesOfPlace)
    let view = window.load(source.bytes, offset - 1..<end)
    for startsInside in source.dialect.quote == nil ? [false] : [false, true] {
      let (from, limit) = (offset - view.origin, end - view.origin)
      guard
        let start = RecordSearch.end(
          ofRecord: 1, view.bytes, from: from, to: limit, startsInside: startsInside, dataStart: from - 1,
          source.dialect, countsEmptyLines: true), start < limit
      else { continue }
      _ = index.fill(
        view.bytes, from: start, to: limit, target: Self.bytesOfPlace, columns: plan.columns.count, source.dialect,
        exact: false, isCut: end < source.bytes.count)
      if index.rows > 0, index.problems.isEmpty { return start + view.origin }
    }
    return nil
  }

  /// Looks at the first records of `range`, where one begins.
  private mutating func take(_ number: Int, _ range: Range<Int>, isExact: Bool) {
    let source = plan.sources[number]
    let target = min(plan.options.batchBytes, Self.bytesOfPlace)
    var end = isExact ? range.upperBound : min(range.upperBound, range.lowerBound + 2 * Self.bytesOfPlace)
    var view = window.load(source.bytes, range.lowerBound..<end)
    var at = range.lowerBound
    var taken = 0
    while at < range.upperBound, taken < Self.rowsOfPlace, at - range.lowerBound < Self.bytesOfPlace {
      let next =
        view.origin
        + index.fill(
          view.bytes, from: at - view.origin, to: end - view.origin, target: target, columns: plan.columns.count,
          source.dialect, exact: isExact, isCut: end < range.upperBound)
      if next == at {
        // A record that is longer than what is in view.
        end = min(range.upperBound, at + 2 * (end - at))
        view = window.load(source.bytes, at..<end)
        continue
      }
      (sampled, bytes, taken) = (sampled + index.rows, bytes + next - at, taken + index.rows)
      at = next
      look(source, view.bytes)
    }
  }

  private mutating func look(_ source: OpenedSource, _ bytes: PaddedBytes) {
    let problems = Set(index.problems.map(\.row))
    for column in columns.indices {
      var row = 0
      let sample = columns[column]
      _ = index.forEachValue(
        bytes, column: source.order[column], from: 0, nulls: nulls, quote: source.dialect.quote
      ) { value, isNull in
        // A record that may be skipped must not shape the columns.
        if !isNull, !problems.contains(row) { sample.add(value) }
        row += 1
        return row < Self.rowsOfPlace
      }
    }
  }

  private func hypotheses(rows: Int) -> [ColumnHypothesis] {
    zip(plan.columns, columns).map { planned, sample in
      ColumnHypothesis(
        planned, sample: sample.kinds, stringForm: sample.pays(rows: rows) ? .codes : .bytes,
        meanBytes: Double(sample.bytes) / Double(max(sampled, 1)),
        isMixed: sample.kinds != .other || rows <= Table.chunkRows)
    }
  }
}

/// What a sample has of a column.
final class SampledColumn {
  private(set) var kinds: ValueKinds = []
  private(set) var bytes = 0
  private var present = 0
  private var interner = FieldInterner()

  func add(_ value: Span<UInt8>) {
    add(value, kinds: ValueKinds(of: value))
  }

  func add(_ value: Span<UInt8>, kinds more: ValueKinds) {
    kinds.formUnion(more)
    present += 1
    bytes += value.count
    _ = interner.intern(copying: value)
  }

  /// Whether a dictionary of all the column's strings is worth trying.
  ///
  /// Short strings of few rows: always, for the exact number decides afterwards, and looking one up costs next to nothing. Else the number of
  /// repetitions in the sample tells the number of distinct strings, as shared birthdays tell the length of a year: n values with c repetitions
  /// come from about n²/2c strings.
  func pays(rows: Int) -> Bool {
    let isLong = bytes > present * FieldInterner.inlineBytes
    // Long and mostly distinct: the column will be a text.
    if interner.count * 2 > present, bytes > present * StringRefinement.textBytes { return false }
    if rows <= (isLong ? DictionaryPolicy.alwaysDistinct : Table.chunkRows) { return true }
    let repeated = present - interner.count
    if interner.count * 2 <= present || present == 0 { return true }
    guard repeated > 0 else { return false }
    return DictionaryPolicy.pays(distinct: present * present / (2 * repeated), rows: rows)
  }
}
