/// A step that puts events beside the rows of a query.
protocol EventPairingStep: PairingStep {
  var pairing: EventPairing { get set }
}

extension EventPairingStep {
  var other: Query {
    get { pairing.other }
    set { pairing.other = newValue }
  }
}

/// A step that gives pairs of rows and events: how they are found is all that tells one from another.
struct BoundEventPairs: BoundTableStep {
  typealias Find = @Sendable (_ input: Table, _ ready: ReadyEvents, ExecutionOptions) throws(ReadoutError) -> RowPairs

  let bound: BoundEventPairing
  let explanation: [String]
  let find: Find

  /// - Parameter text: For `explain`, behind the name and keys of the step.
  init(_ step: some EventPairingStep, _ bound: BoundEventPairing, _ text: String, _ find: @escaping Find) {
    self.bound = bound
    self.find = find
    explanation =
      ["\(step.name) \(step.other.sourceName)\(step.pairing.keysText), \(text), \(bound.kind.rawValue)"]
      + step.otherPlan
  }

  var fields: [Table.Field]? { bound.paired.fields }

  func columnsRead(for needed: Set<Int>) -> Set<Int>? { bound.columnsRead(for: needed) }

  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table {
    try run(over: input, needing: nil, options: options)
  }

  func run(over input: Table, needing needed: Set<Int>?, options: ExecutionOptions) throws(ReadoutError) -> Table {
    let find = find
    return try bound.run(over: input, needing: needed, options) { (ready) throws(ReadoutError) in
      try find(input, ready, options)
    }
  }
}
