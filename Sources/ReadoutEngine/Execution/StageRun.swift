import ReadoutVectors

/// One stage over its input: the batches, the workers, and the checks between batches.
struct StageRun: Sendable {
  let stage: Stage
  let input: Table
  let options: ExecutionOptions
  let lookups: LookupTables
  /// All batches in row order, chunks that the filters rule out left out.
  let batches: [Batch]
  private let filters: FilterSteps
  private let workers: WorkerSet
  /// The columns of its answer that are read later; nil is all.
  private let needed: Set<Int>?

  init(
    _ stage: Stage, input: Table, options: ExecutionOptions, needing needed: Set<Int>? = nil
  ) throws(ReadoutError) {
    self.stage = stage
    self.needed = needed
    self.input = input
    self.options = options
    try stage.prepareColumns(of: input, options: options)
    lookups = LookupTables(input: input)
    workers = WorkerSet(input: input, lookups: lookups, options)
    filters = try FilterSteps(stage.filters, input: input, lookups: lookups, worker: workers.evaluator(0).worker)
    var batches: [Batch] = []
    var firstRow = 0
    for (chunk, count) in input.chunkCounts.enumerated() {
      if !ZoneSkip.rulesOut(stage.filters, chunk: chunk, of: input) {
        batches += input.batches(ofChunk: chunk, firstRow: firstRow, count: count)
      }
      firstRow += count
    }
    self.batches = batches
  }

  func run() throws(ReadoutError) -> Table {
    do throws(ReadoutError) {
      switch stage.output {
      case .columns(let items, let limit): return try ColumnsRun(run: self, items: items, limit: limit).table()
      case .groups(let keys, let aggregates, let results):
        return try GroupsRun(run: self, keys: keys, aggregates: aggregates, results: results).table()
      case .sort(let items, let limit): return try SortRun(run: self, items: items, limit: limit).table()
      case .table(let step): return try step.run(over: input, needing: needed, options: options)
      }
    } catch {
      throw error.at(file: stage.place.file, line: stage.place.line, column: stage.place.column, step: stage.place.step)
    }
  }

  /// Calls `body` for every piece of work, on the query's threads, each with an evaluator of its own.
  func forEach(
    _ pieces: Int, _ body: @escaping @Sendable (_ piece: Int, _ evaluator: Evaluator) throws(ReadoutError) -> Void
  ) throws(ReadoutError) {
    let workers = workers
    try WorkerPool.run(threads: options.threads, pieces: pieces) { worker, piece throws(ReadoutError) in
      try body(piece, workers.evaluator(worker))
    }
  }

  /// The batch after all filters, the evaluator ready for it; nil where no row is left.
  func filtered(_ batch: Batch, _ evaluator: Evaluator) throws(ReadoutError) -> Batch? {
    try checkpoint()
    guard let batch = try filters.filtered(batch, evaluator) else { return nil }
    evaluator.begin()
    return batch
  }

  /// Ends the work where it was cancelled, has used its time, or holds too much memory.
  func checkpoint() throws(ReadoutError) { try options.control.checkpoint() }

  var worker: Worker { workers.evaluator(0).worker }
}

/// The evaluators of a stage, one a thread.
private final class WorkerSet: @unchecked Sendable {
  // Sound: each index is used by one thread at a time (`WorkerPool` gives every thread its own).
  private let evaluators: [Evaluator]

  init(input: Table, lookups: LookupTables, _ options: ExecutionOptions) {
    evaluators = (0..<options.threads).map {
      Evaluator(input: input, worker: Worker(index: $0, options), lookups: lookups)
    }
  }

  func evaluator(_ index: Int) -> Evaluator { evaluators[index] }
}

extension ExecutionControl {
  /// Throws where the work was cancelled or has used its time.
  public func checkTime() throws(ReadoutError) {
    if isCancelled { throw .cancelled }
    if isLate {
      throw ReadoutError(
        .request, "the time limit was reached", hint: "raise --time-limit, or filter more rows away first"
      ).endingQuery()
    }
  }

  /// Throws where the work was cancelled, has used its time, or holds more memory than allowed.
  public func checkpoint() throws(ReadoutError) {
    try checkTime()
    if MemoryAccount.isOverLimit { throw .memory(MemoryAccount.bytesInUse) }
  }
}

extension MemoryAccount {
  /// Throws where `count` times `bytes` more would pass the limit: asked before they are allocated.
  public static func check(adding count: Int, of bytes: Int) throws(ReadoutError) {
    let (wanted, overflow) = count.multipliedReportingOverflow(by: bytes)
    if overflow || wouldExceed(adding: wanted) { throw .memory(overflow ? .max : MemoryAccount.bytesInUse + wanted) }
  }

  /// `100 MB`, and what is below one to the byte.
  public static func shown(_ bytes: Int) -> String {
    bytes >= 1_000_000 ? "\(bytes / 1_000_000) MB" : ShownNumber.counted(bytes, "byte")
  }
}

extension ReadoutError {
  /// The limit of `--memory` was, or would be, passed.
  public static func memory(_ wanted: Int) -> ReadoutError {
    ReadoutError(
      .request, "the memory limit was reached",
      value: "\(MemoryAccount.shown(wanted)) wanted, \(MemoryAccount.shown(MemoryAccount.limit)) allowed",
      hint: "raise --memory, or read fewer columns and rows"
    ).endingQuery()
  }
}
