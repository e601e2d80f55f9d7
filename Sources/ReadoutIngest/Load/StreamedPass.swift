import ReadoutEngine
import ReadoutVectors

/// Counts, samples and parses one large source at the same time, so that a file is parsed while it still comes from the disk, and its bytes
/// are looked at twice while they are in the cache.
///
/// What comes out is what counting first gives. Where that is not sure to be so, nothing comes out, and counting has to come first: where
/// the text, its header included, is no UTF-8 or has stray quotes, where a record breaks the table's form, and where the sample began in the middle of a record.
struct StreamedPass {
  let plan: LoadPlan
  let control: ExecutionControl
  let progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?

  struct Result {
    var layout: SourceLayout
    var hypotheses: [ColumnHypothesis]
    var chunks: [ChunkPlan]
    var parsed: ParallelLoader.Pass
  }

  init?(_ plan: LoadPlan, control: ExecutionControl, progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?) {
    guard plan.sources.count == 1,
      plan.sources[0].bytes.count - plan.sources[0].dataStart >= plan.options.streamedBytes,
      plan.sources[0].bytes.count > plan.sources[0].dataStart, plan.sources[0].hasCleanHeader
    else { return nil }
    self.plan = plan
    self.control = control
    self.progress = progress
  }

  func run() throws(ReadoutError) -> Result? {
    let source = plan.sources[0]
    let feed = ChunkFeed(source, plan.options)
    let sample = Gathered<(hypotheses: [ColumnHypothesis], starts: [Int])?>(nil)
    let found = Gathered([Int: (ChunkPlan, ParsedChunk)]())
    let interners = Gathered([Int: [StringVector]]())
    let failure = Gathered<ReadoutError?>(nil)
    let done = Gathered(source.dataStart)
    let (plan, control, progress) = (plan, control, progress)
    WorkerThreads.run(max(1, plan.options.threads)) { worker in
      if worker == 0 {
        let hypotheses = Sampler.hypotheses(plan, of: source)
        sample.update { $0 = hypotheses }
        feed.open()
      }
      var window = TextWindow()
      let taker = CensusTaker()
      var parser: ChunkParser?
      func parse(_ number: Int, _ chunk: ChunkPlan) throws(ReadoutError) {
        if parser == nil {
          parser = ChunkParser(
            plan, columns: Array(plan.columns.indices), hypotheses: sample.value!.hypotheses,
            firstInterner: worker * plan.columns.count, control: control)
        }
        let parsed = try parser!.parse(chunk, findsFaults: true)
        found.update { $0[number] = (chunk, parsed) }
        guard let progress else { return }
        done.update {
          $0 += chunk.stretches[0].range.count
          progress($0, source.bytes.count)
        }
      }
      work: while true {
        do throws(ReadoutError) {
          try control.check()
          switch feed.next(&window) {
          case .none: break work
          case .wait: WorkerThreads.rest()
          case .count(let number):
            let piece = feed.pieces[number]
            feed.counted(number, taker.censuses(piece, of: source))
          case .parse(let number, let chunk): try parse(number, chunk)
          }
        } catch {
          // What is wrong with the data is told by those who know all of it.
          if error.blame != .data { failure.update { $0 = $0 ?? error } }
          feed.giveUp()
          break
        }
      }
      let strings = parser?.takeStrings() ?? plan.columns.map { _ in StringVector([]) }
      interners.update { $0[worker] = strings }
    }
    if let error = failure.value { throw error }
    try source.refuseChanged()
    guard let layout = feed.layout, let sample = sample.value,
      layout.hasRecords(at: sample.starts, in: source)
    else { return nil }
    let parsed = found.value.sorted { $0.key < $1.key }.map(\.value)
    let all = interners.value.sorted { $0.key < $1.key }.flatMap(\.value)
    return Result(
      layout: layout, hypotheses: sample.hypotheses, chunks: parsed.map(\.0),
      parsed: ParallelLoader.Pass(chunks: parsed.map(\.1), interners: all))
  }
}

extension SourceLayout {
  /// Whether records begin at all these places, each of which is the start of the data or stands behind a line end.
  fileprivate func hasRecords(at starts: [Int], in source: OpenedSource) -> Bool {
    guard let quote = source.dialect.quote else { return true }
    return starts.allSatisfy { start in
      let mark = marks.before(offset: start)
      let turns = ByteCount.count(quote, source.bytes, mark.offset..<start) & 1 == 1
      return mark.startsInside == turns
    }
  }
}
