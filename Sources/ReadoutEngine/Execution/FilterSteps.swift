import ReadoutVectors

/// The filters of a stage made ready: on encoded chunks where that can be, else over evaluated values.
///
/// Each filter sees only the rows that the ones before it left; of encoded filters that follow each other, which cannot
/// fail, the one that reads the fewest bytes goes first.
struct FilterSteps: Sendable {
  private enum Step: Sendable {
    case encoded(EncodedFilter)
    case evaluated(Stage.Filter)
  }

  private var steps: [Step] = []
  private let input: Table

  init(_ filters: [Stage.Filter], input: Table, lookups: LookupTables, worker: Worker) throws(ReadoutError) {
    self.input = input
    var run: [EncodedFilter] = []
    for filter in filters {
      let encoded: EncodedFilter?
      do throws(ReadoutError) {
        encoded = try EncodedFilter(filter.expression, input: input, lookups: lookups, worker: worker)
      } catch {
        throw error.at(filter.place)
      }
      if let encoded {
        run.append(encoded)
      } else {
        append(&run)
        steps.append(.evaluated(filter))
      }
    }
    append(&run)
  }

  private mutating func append(_ run: inout [EncodedFilter]) {
    let costs = run.map { $0.bytesPerRow(of: input) }
    // Stable: equal costs keep the user's order.
    steps += run.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }.map { .encoded(run[$0]) }
    run = []
  }

  /// The rows of the batch that pass all filters; nil where none does.
  func filtered(_ whole: Batch, _ evaluator: Evaluator) throws(ReadoutError) -> Batch? {
    var batch = whole
    /// What passed so far, while it is kept as bits.
    var bits: Bitmap?
    for step in steps {
      switch step {
      case .encoded(let filter):
        if let known = bits, known.setCount < known.count / 16 {
          batch.selection = known.rows()
          bits = nil
        }
        if let rows = batch.selection {
          batch.selection = filter.narrowing(rows, chunk: batch.chunk, range: batch.range, of: input)
        } else {
          let passing = filter.rows(chunk: batch.chunk, range: batch.range, of: input)
          bits = bits.map { $0 & passing } ?? passing
        }
      case .evaluated(let filter):
        batch.select(bits)
        bits = nil
        if batch.count == 0 { return nil }
        do throws(ReadoutError) { batch = try evaluator.filter(batch, by: filter.expression) } catch {
          throw error.at(filter.place)
        }
      }
    }
    batch.select(bits)
    return batch.count == 0 ? nil : batch
  }
}

extension Batch {
  /// Selects the rows whose bits are set; a batch without a selection stays so where all are.
  fileprivate mutating func select(_ bits: Bitmap?) {
    if let bits, !bits.allSet { selection = bits.rows() }
  }
}

extension ReadoutError {
  fileprivate func at(_ place: Place) -> ReadoutError {
    at(file: place.file, line: place.line, column: place.column, step: place.step)
  }
}
