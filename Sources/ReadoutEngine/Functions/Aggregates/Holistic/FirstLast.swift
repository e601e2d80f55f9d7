import ReadoutVectors

enum FirstLast {
  static let first = aggregate("first", isFirst: true)
  static let last = aggregate("last", isFirst: false)

  private static func aggregate(_ name: String, isFirst: Bool) -> SimpleAggregate {
    SimpleAggregate(
      Signature(
        name, [Parameter("x", .any)], result: "the type of x",
        summary: "The \(name) value of x in the order of the rows, nulls skipped; null where there is none.",
        examples: [.init("\(name)(speaker)", gives: "who spoke \(name)")])
    ) { arguments in
      AggregateKernel(arguments[0].type) { _ in FirstLastAccumulator(type: arguments[0].type, isFirst: isFirst) }
    }
  }
}

/// Keeps the first or last key of each group.
final class FirstLastAccumulator: Accumulator {
  private struct State: BitwiseCopyable, Sendable {
    var key: UInt64 = 0
    var isPresent: UInt64 = 0
  }

  private let isFirst: Bool
  private var encoder: ValueEncoder
  private var states = MutableVector<State>()

  init(type: DataType, isFirst: Bool) {
    self.isFirst = isFirst
    encoder = ValueEncoder(type: type)
  }

  func resize(to count: Int) { if count > states.count { states.resize(to: count, filling: State()) } }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let keys = try encoder.keys(of: values, recoding: recode)
    let isFirst = isFirst
    states.updateGroups(groups, with: keys, validity: values.validity) { state, key in
      if !isFirst || state.isPresent == 0 { state = State(key: key, isPresent: 1) }
    }
  }

  private func recode(_ map: (UInt64) -> UInt64) {
    for i in states.indices where states[i].isPresent != 0 { states[i].key = map(states[i].key) }
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? FirstLastAccumulator else { throw .bug("accumulators of different classes") }
    let map = try encoder.adopt(other.encoder, recoding: recode)
    for group in groups.indices where other.states[group].isPresent != 0 {
      let ours = Int(groups[group])
      if !isFirst || states[ours].isPresent == 0 {
        states[ours] = State(key: map(other.states[group].key), isPresent: 1)
      }
    }
  }

  func finalize(count: Int) -> Values {
    resize(to: count)
    return Values(
      (0..<count).map { states[$0].isPresent == 0 ? .null : encoder.scalar(states[$0].key) }, type: encoder.type)
  }
}
