import ReadoutEngine
import ReadoutVectors

/// Looks at the first rows of chunks spread over the input, to begin with good guesses.
///
/// Only speed and the form of high-cardinality strings hang on the guess; types come from every value.
struct Sampler {
  static let chunks = 16
  static let rowsOfChunk = 1024
  /// Long texts need fewer rows.
  static let bytesOfChunk = 1 << 18

  let plan: LoadPlan
  let chunks: [ChunkPlan]

  func hypotheses() -> [ColumnHypothesis] {
    let nulls = NullWords(plan.nulls.words, quotedEmpty: plan.nulls.quotedEmpty)
    var kinds = [ValueKinds](repeating: [], count: plan.columns.count)
    var present = [Int](repeating: 0, count: plan.columns.count)
    let interners = plan.columns.map { _ in SampledStrings() }
    var bytes = [Int](repeating: 0, count: plan.columns.count)
    var sampled = 0
    var index = FieldIndex()
    let step = max(1, chunks.count / Self.chunks)
    let rows = chunks.reduce(0) { $0 + $1.rows }
    for number in stride(from: 0, to: chunks.count, by: step) {
      guard let stretch = chunks[number].stretches.first, !stretch.range.isEmpty else { continue }
      let source = plan.sources[stretch.source]
      var at = stretch.range.lowerBound
      var taken = 0
      while at < stretch.range.upperBound, taken < Self.rowsOfChunk, at - stretch.range.lowerBound < Self.bytesOfChunk {
        at = index.fill(
          source.bytes, from: at, to: stretch.range.upperBound, target: plan.options.batchBytes,
          columns: plan.columns.count, source.dialect, exact: stretch.isExact)
        taken += index.rows
        sampled += index.rows
        let problems = Set(index.problems.map(\.row))
        for column in plan.columns.indices {
          var row = 0
          _ = index.forEachValue(
            source.bytes, column: source.order[column], from: 0, nulls: nulls, quote: source.dialect.quote
          ) { value, isNull in
            // A record that may be skipped must not shape the columns.
            if !isNull, !problems.contains(row) {
              kinds[column].formUnion(ValueKinds(of: value))
              present[column] += 1
              bytes[column] += value.count
              interners[column].add(value)
            }
            row += 1
            return true
          }
        }
      }
    }
    return plan.columns.indices.map { column in
      let form: ColumnHypothesis.StringForm =
        interners[column].pays(present: present[column], bytes: bytes[column], rows: rows) ? .codes : .bytes
      return ColumnHypothesis(
        plan.columns[column], sample: kinds[column], stringForm: form,
        meanBytes: Double(bytes[column]) / Double(max(sampled, 1)),
        isMixed: kinds[column] != .other || rows <= Table.chunkRows)
    }
  }
}

/// The distinct values of a sample.
private final class SampledStrings {
  private var interner = FieldInterner()

  func add(_ value: Span<UInt8>) { _ = interner.intern(copying: value) }

  /// Whether a dictionary of all the column's strings is worth trying.
  ///
  /// Few rows: always, for the exact number decides afterwards. Else the number of repetitions in the sample tells the number of distinct
  /// strings, as shared birthdays tell the length of a year: n values with c repetitions come from about n²/2c strings.
  func pays(present: Int, bytes: Int, rows: Int) -> Bool {
    // Long and mostly distinct: the column will be a text.
    if interner.count * 2 > present, bytes > present * StringRefinement.textBytes { return false }
    if rows <= Table.chunkRows { return true }
    let repeated = present - interner.count
    if interner.count * 2 <= present || present == 0 { return true }
    guard repeated > 0 else { return false }
    return DictionaryPolicy.pays(distinct: present * present / (2 * repeated), rows: rows)
  }
}
