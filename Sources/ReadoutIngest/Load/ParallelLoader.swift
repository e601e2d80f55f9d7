import ReadoutEngine
import ReadoutVectors
import Synchronization

/// Parses all chunks on several threads.
///
/// The idea: count the records of all stretches at the speed of memory, so that every chunk's bytes are known; parse each chunk, column by
/// column, with the types that a sample suggests; where a value breaks the type of its column, only note what kinds of value there are. When
/// all values have been seen the types are certain, and the few chunks that were parsed with another type are widened or parsed again. So the result
/// is that of looking at the whole file first, whatever the sample and the number of threads.
///
/// Strings get codes from the worker's own interner. A worker takes chunks in ascending order, so the strings that are new to it in a chunk
/// include all that are new to the table there: interning these lists chunk after chunk gives codes in the order of first appearance.
struct ParallelLoader {
  let plan: LoadPlan
  let layouts: [SourceLayout]
  let control: ExecutionControl
  let progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?

  func load() throws(ReadoutError) -> LoadedColumns {
    let chunks = ChunkPlan.chunks(
      of: plan.sources, layouts: layouts, chunkRows: ChunkSize(options: plan.options).rows(of: plan.sources),
      plan.options)
    let hypotheses = Sampler.hypotheses(plan, chunks)
    let all = Array(plan.columns.indices)
    let first = try pass(
      chunks, Array(chunks.indices), columns: all, hypotheses, firstInterner: 0, findsFaults: true, progress: progress)
    return try complete(chunks, hypotheses, first)
  }

  /// The columns, all chunks having been parsed once.
  func complete(
    _ chunks: [ChunkPlan], _ hypotheses: [ColumnHypothesis], _ first: consuming Pass
  ) throws(ReadoutError) -> LoadedColumns {
    let all = Array(plan.columns.indices)
    var parsed = first.chunks
    var interners = first.interners
    let types = hypotheses.map(\.finalType)

    // Chunks whose columns must be parsed again, now that the types are certain.
    let redo = all.filter { column in
      parsed.contains { !$0.columns[column].isUsable(as: types[column]) }
    }
    if !redo.isEmpty {
      let again = chunks.indices.filter { number in
        redo.contains { !parsed[number].columns[$0].isUsable(as: types[$0]) }
      }
      let second = try pass(
        chunks, again, columns: redo, hypotheses, firstInterner: interners.count, findsFaults: false, progress: nil)
      for (number, chunk) in zip(again, second.chunks) {
        for (place, column) in redo.enumerated() where !parsed[number].columns[column].isUsable(as: types[column]) {
          parsed[number].columns[column] = chunk.columns[place]
        }
      }
      interners += second.interners
    }
    let faults = parsed.flatMap(\.faults).sorted(by: Fault.precedes)
    let rows = chunks.reduce(0) { $0 + $1.rows }
    let columns = try assemble(&parsed, types, interners, chunks: chunks, rows: rows)
    return LoadedColumns(columns: columns, rowCount: rows, faults: faults, isMixed: hypotheses.map(\.isMixed))
  }

  struct Pass {
    var chunks: [ParsedChunk]
    /// By number: `firstInterner + worker * columns of the table + column`.
    var interners: [StringVector]
  }

  /// Parses `columns` of the chunks `numbers`, in parallel.
  private func pass(
    _ chunks: [ChunkPlan], _ numbers: [Int], columns: [Int], _ hypotheses: [ColumnHypothesis], firstInterner: Int,
    findsFaults: Bool, progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?
  ) throws(ReadoutError) -> Pass {
    let width = plan.columns.count
    let control = control
    var workers: [ChunkParser] = []
    for worker in 0..<max(1, min(plan.options.threads, numbers.count)) {
      try control.check()
      workers.append(
        ChunkParser(
          plan, columns: columns, hypotheses: hypotheses, firstInterner: firstInterner + worker * width,
          control: control))
    }
    let found = Gathered([ParsedChunk?](repeating: nil, count: numbers.count))
    let done = Gathered(0)
    let total = plan.sources.reduce(0) { $0 + $1.bytes.count }
    let parsers = workers
    try WorkerPool.run(threads: workers.count, pieces: numbers.count) { (worker, piece) throws(ReadoutError) in
      try control.check()
      let chunk = chunks[numbers[piece]]
      let parsed = try parsers[worker].parse(chunk, findsFaults: findsFaults)
      found.update { $0[piece] = parsed }
      if let progress {
        let bytes = chunk.stretches.reduce(0) { $0 + $1.range.count }
        done.update {
          $0 += bytes
          progress($0, total)
        }
      }
    }
    var interners = [StringVector](repeating: StringVector([]), count: workers.count * width)
    for (worker, parser) in workers.enumerated() {
      for (column, sink) in parser.sinks { interners[worker * width + column] = sink.takeStrings() }
    }
    // What a changed file gave may not fit together.
    for source in plan.sources { try source.refuseChanged() }
    return Pass(chunks: found.value.map { $0! }, interners: interners)
  }

  private func assemble(
    _ parsed: inout [ParsedChunk], _ types: [DataType], _ interners: [StringVector], chunks: [ChunkPlan], rows: Int
  ) throws(ReadoutError) -> [Column] {
    let parts = types.indices.map { number in
      parsed.indices.map { chunk in
        let part = parsed[chunk].columns[number]
        parsed[chunk].columns[number] = .broken
        return part
      }
    }
    return try ColumnAssembly(
      names: plan.columns.map(\.name), types: types, interners: interners, rows: rows, threads: plan.options.threads,
      control: control
    ).columns(parts)
  }
}
