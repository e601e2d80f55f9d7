import ReadoutVectors
import Synchronization

/// The sums of terms' weights over a text column that has an index, or is worth one.
final class TermSums: ColumnKernel {
  private let terms: Terms
  private let weights: Vector<Int64>
  private let result: @Sendable (_ sums: Vector<Int64>, _ validity: Bitmap?) -> Values
  /// What the last index gave; nil terms where its words do not tell.
  private let found = Mutex<(index: TextIndex, terms: IndexedTerms?)?>(nil)

  /// `result` makes the function's values of the sums.
  init(
    _ terms: Terms, weights: Vector<Int64>, result: @escaping @Sendable (Vector<Int64>, Bitmap?) -> Values
  ) {
    self.terms = terms
    self.weights = weights
    self.result = result
  }

  func prepare(_ column: Column, options: ExecutionOptions) throws(ReadoutError) {
    try IndexPolicy.prepare(column, for: terms.scan, options: options)
    _ = try indexed(column, options.control)
  }

  func values(
    of column: Column, chunk: Int, range: Range<Int>, rows: Vector<UInt32>?, worker: Worker
  ) throws(ReadoutError) -> Values? {
    guard let indexed = try indexed(column, worker.control) else { return nil }
    return result(
      indexed.index.values(chunk: chunk, range: range, rows: rows) { indexed.sums(in: $0) },
      column.validity(chunk: chunk, range: range, rows: rows))
  }

  func bounds(in column: Column, chunk: Int) -> ClosedRange<Int64>? {
    guard let indexed = try? indexed(column, nil), !weights.contains(where: { $0 < 0 }) else { return nil }
    let mayMatch = indexed.index.blocks.contains { $0.chunk == chunk && indexed.mayMatch(in: $0) }
    return mayMatch ? 0...Int64.max : 0...0
  }

  /// The terms in the column's index, where there is one, and its words are known to fit their patterns or not.
  private func indexed(_ column: Column, _ control: ExecutionControl?) throws(ReadoutError) -> IndexedTerms? {
    guard !terms.matcher.hasCasedExpressions, let index = column.textIndex.known else { return nil }
    return try found.withLock { (found) throws(ReadoutError) in
      if let found, found.index === index { return found.terms }
      let made = try IndexedTerms(terms, weights: weights, in: index, control: control)
      found = (index, made)
      return made
    }
  }
}
