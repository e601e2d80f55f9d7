import ReadoutVectors
import Synchronization

/// Work per value, not per row: an expression over one column of few distinct values is evaluated once for each of them,
/// and each row looks its result up.
///
/// The column is dictionary-encoded, or holds integers, days or microseconds in a small range. Where evaluating over all
/// values raises an error, the expression runs by row instead: a value that no row asks for must not fail the query.
final class LookupTables: Sendable {
  /// The results by key; the last one is the result for null.
  struct Lookup: Sendable {
    let keys: ValueKeys
    let values: Values
  }

  private enum State {
    case table(Lookup)
    case byRow
  }

  let input: Table
  private let states = Mutex<[ObjectIdentifier: State]>([:])

  init(input: Table) { self.input = input }

  /// The table of `expression`, made on first use; nil where it must run by row.
  func table(for expression: BoundExpression, worker: Worker) throws(ReadoutError) -> Lookup? {
    guard isCandidate(expression) else { return nil }
    let key = ObjectIdentifier(expression)
    let column = expression.columns[0]
    // Held while the table is made: other workers need it next, and would make the same one.
    let outcome = states.withLock { states -> Result<State, ReadoutError> in
      if let state = states[key] { return .success(state) }
      do throws(ReadoutError) {
        let state = try Self.make(expression, column: column, input: input, worker: worker)
        states[key] = state
        return .success(state)
      } catch {
        return .failure(error)
      }
    }
    if case .table(let lookup) = try outcome.get() { return lookup }
    return nil
  }

  /// Whether a look-up can beat the kernels: a function call, or anything over strings.
  private func isCandidate(_ expression: BoundExpression) -> Bool {
    guard expression.columns.count == 1, expression.type != .text else { return false }
    if case .column = expression.node { return false }
    return expression.callsFunction || input.columns[expression.columns[0]].dictionary != nil
  }

  private static func make(
    _ expression: BoundExpression, column: Int, input: Table, worker: Worker
  ) throws(ReadoutError) -> State {
    guard let keys = ValueKeys(column: column, of: input), keys.isSmall(for: input.rowCount) else { return .byRow }
    let domain = Column(encoding: keys.allValues(of: input.columns[column]))
    // The domain stands in the column's place; no other column is read.
    let places = input.columns.indices.map { $0 == column ? domain : Column(type: input.columns[$0].type, chunks: []) }
    let table = Table(fields: input.fields, columns: places, rowCount: domain.count)
    let evaluator = Evaluator(input: table, worker: worker)
    var parts: [Values] = []
    var firstRow = 0
    for (chunk, count) in domain.chunks.map(\.count).enumerated() {
      for batch in table.batches(ofChunk: chunk, firstRow: firstRow, count: count) {
        evaluator.begin()
        do throws(ReadoutError) { parts.append(try evaluator.evaluate(expression, in: batch)) } catch {
          if error.endsQuery { throw error }
          return .byRow
        }
      }
      firstRow += count
    }
    guard var values = try? Values.concatenating(parts, type: expression.type) else { return .byRow }
    if values.type == .string, let interned = DictionaryPolicy.interning(values) { values = interned.values }
    return .table(Lookup(keys: keys, values: values))
  }

  /// Whether `expression` would be looked up; for `explain`, nothing is evaluated.
  func wouldLookUp(_ expression: BoundExpression) -> Bool {
    guard isCandidate(expression), let keys = ValueKeys(column: expression.columns[0], of: input) else { return false }
    return keys.isSmall(for: input.rowCount)
  }
}
