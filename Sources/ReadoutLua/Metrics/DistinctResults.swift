import ReadoutEngine
import ReadoutVectors

/// The results of a metric by combination of its arguments, remembered by a worker from batch to batch.
final class DistinctResults {
  /// Keeps the owner's address from being taken by another object while this lives under it.
  private let owner: MetricCall
  private var combinations: Combinations?
  /// For each combination one more than the place of its result; 0 is not known yet.
  private var places = Vector<UInt32>()
  private var results: Values?

  init(owner: MetricCall) { self.owner = owner }

  /// The result of every row of `rows.validity`; `call` computes those of combinations that are new.
  func evaluate(
    _ arguments: [Values], _ combinations: Combinations, _ rows: Evaluation,
    call: ([Values], Evaluation) throws(ReadoutError) -> Values
  ) throws(ReadoutError) -> Values {
    if self.combinations?.isSame(as: combinations) != true { forget(combinations) }
    let numbers = combinations.numbers(of: arguments, count: rows.count)
    var found = places.gather(numbers)
    if found.contains(where: { $0 == 0 }) {
      let new = firstRows(of: numbers, rows)
      if new.count > 0 {
        do throws(ReadoutError) { try add(new, arguments, rows, call) } catch {
          self.combinations = nil
          throw error
        }
        found = places.gather(numbers)
      }
    }
    guard let results else { return Values(type: owner.definition.result, payload: .null, count: rows.count) }
    return results.gather(found.map { $0 == 0 ? 0 : $0 &- 1 })
  }

  private func forget(_ combinations: Combinations) {
    self.combinations = combinations
    places = Vector(repeating: 0, count: combinations.count)
    results = nil
  }

  /// The first row of every combination that has no result yet; gives it its place.
  private func firstRows(of numbers: Vector<UInt32>, _ rows: Evaluation) -> Vector<UInt32> {
    var new = MutableVector<UInt32>()
    var places = MutableVector<UInt32>(capacity: self.places.count)
    places.append(contentsOf: self.places)
    let known = UInt32(results?.count ?? 0)
    for row in 0..<rows.count where rows.isPresent(row) {
      let number = Int(numbers[row])
      if places[number] == 0 {
        new.append(UInt32(truncatingIfNeeded: row))
        places[number] = known &+ UInt32(truncatingIfNeeded: new.count)
      }
    }
    self.places = places.freeze()
    return new.freeze()
  }

  private func add(
    _ new: Vector<UInt32>, _ arguments: [Values], _ rows: Evaluation,
    _ call: ([Values], Evaluation) throws(ReadoutError) -> Values
  ) throws(ReadoutError) {
    let selection = rows.selection?.gather(new) ?? new
    let made = try call(
      arguments.map { $0.gather(new) },
      Evaluation(worker: rows.worker, count: new.count, firstRow: rows.firstRow, selection: selection))
    results = if let results { try Values.concatenating([results, made], type: made.type) } else { made }
  }
}
