import ReadoutEngine
import ReadoutVectors

/// Looks at records of places spread over the input, as `Sampler` does for delimited text.
enum JSONSampler {
  static func hypotheses(_ plan: JSONPlan, _ chunks: [ChunkPlan]) -> [String: ColumnHypothesis] {
    var index = JSONIndex()
    var window = TextWindow()
    var samples: [SampledColumn] = []
    var sampled = 0
    for number in stride(from: 0, to: chunks.count, by: max(1, chunks.count / Sampler.places)) {
      guard let stretch = chunks[number].stretches.first, !stretch.range.isEmpty else { continue }
      let source = plan.sources[stretch.source]
      let form = plan.layouts[stretch.source].form
      let isWhole = form == .elements
      let end =
        isWhole
        ? stretch.range.upperBound : min(stretch.range.upperBound, stretch.range.lowerBound + 4 * Sampler.bytesOfPlace)
      guard end - stretch.range.lowerBound < Int(UInt32.max) else { continue }
      let view = window.load(source.bytes, stretch.range.lowerBound..<end)
      _ = index.fill(
        view.bytes, from: stretch.range.lowerBound - view.origin, to: end - view.origin, form,
        isCut: end < stretch.range.upperBound)
      sampled += index.fields.rows
      while samples.count < index.columnCount { samples.append(SampledColumn()) }
      for column in samples.indices {
        let kinds = index.kinds(column)
        if kinds.isEmpty { continue }
        _ = index.fields.forEachValue(view.bytes, column: column, from: 0, nulls: plan.nulls, quote: nil) {
          value, isNull in
          if !isNull { samples[column].add(value, kinds: ValueKinds(of: value, kinds)) }
          return true
        }
      }
    }
    let rows = chunks.reduce(0) { $0 + $1.rows }
    var hypotheses: [String: ColumnHypothesis] = [:]
    for (column, sample) in samples.enumerated() {
      let name = index.name(column)
      hypotheses[name] = ColumnHypothesis(
        plan.column(name), sample: sample.kinds, stringForm: sample.pays(rows: rows) ? .codes : .bytes,
        meanBytes: Double(sample.bytes) / Double(max(sampled, 1)), isMixed: false)
    }
    return hypotheses
  }
}
