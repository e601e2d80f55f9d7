import ReadoutEngine
import ReadoutVectors

/// A `MetricAccumulator` as an aggregate of the engine.
struct SwiftAggregate<Fold: MetricAccumulator>: AggregateFunction {
  let signature: Signature

  init(name: String, parameters: [String], summary: String) {
    signature = Signature(
      name, MetricParameters.parameters(Fold.Input.types, named: parameters), result: Fold.Result.dataType.rawValue,
      summary: summary)
  }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> AggregateKernel {
    let name = signature.name
    return AggregateKernel(Fold.Result.dataType, note: "a Swift accumulator") { _ in FoldStates<Fold>(metric: name) }
  }
}

/// The states of all groups.
private final class FoldStates<Fold: MetricAccumulator>: GroupwiseAccumulator {
  private let metric: String
  private var states: [Fold] = []

  init(metric: String) { self.metric = metric }

  func resize(to count: Int) {
    while states.count < count { states.append(Fold()) }
  }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError) {
    let inputs = Fold.Input.decode(arguments)
    let strict = zip(arguments, Fold.Input.types).filter { !$1.allowsNull && $0.nullCount > 0 }.map(\.0)
    for row in 0..<rows.count where rows.isPresent(row) && strict.allSatisfy({ !$0.isNull(row) }) {
      do {
        try states[Int(groups[row])].update(inputs[row])
      } catch {
        throw MetricFailure.error(error, metric: metric, detail: "row \(rows.rowNumber(row))")
      }
    }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? FoldStates<Fold> else { throw .bug("accumulators of two metrics merged") }
    for (group, state) in other.states.enumerated() where group < groups.count {
      do {
        try states[Int(groups[group])].merge(state)
      } catch {
        throw MetricFailure.error(error, metric: metric, detail: "in merge")
      }
    }
  }

  func finalize(
    count: Int, only groups: Vector<UInt32>, numbers: Vector<UInt64>
  ) throws(ReadoutError) -> Values {
    var results: [Scalar] = []
    for group in groups {
      do {
        results.append(try states[Int(group)].finalize().scalar)
      } catch {
        throw MetricFailure.error(error, metric: metric, detail: "in finalize")
      }
    }
    return Values(results, type: Fold.Result.dataType)
  }
}
