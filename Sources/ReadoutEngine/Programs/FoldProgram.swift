import ReadoutVectors

/// A function that takes a row into a state of numbers and truth values: what a fold's `update` becomes.
///
/// What depends on the row alone is a column program; the rest is a lane program that goes from state to state.
public struct FoldProgram: Sendable {
  private let columns: ColumnProgram
  private let lanes: LaneProgram
  private let empty: [UInt64]
  private let inputs: Int

  /// - Parameters:
  ///   - arguments: how many of the builder's parameters are the row's arguments; the slots of the state come after them.
  ///   - results: the slots of the state after the row.
  ///   - empty: the bits of the state of a group without rows.
  /// - Returns: nil where the state holds what is no number or truth value.
  public init?(_ builder: ProgramBuilder, arguments: Int, results: [Int], empty: [UInt64]) {
    var ofState = [Bool](repeating: false, count: builder.nodes.count)
    var isNeeded = ofState
    for (index, node) in builder.nodes.enumerated() {
      if case .parameter(let number) = node.operation, number >= arguments {
        ofState[index] = true
      } else {
        ofState[index] = node.operands.contains { ofState[$0] }
      }
    }
    var waiting = results + builder.watched.filter { ofState[$0] }
    while let index = waiting.popLast() {
      if isNeeded[index] { continue }
      isNeeded[index] = true
      if ofState[index] { waiting += builder.nodes[index].operands }
    }
    var lanes = LaneProgramBuilder()
    var values: [Int: Int] = [:]
    var frontier: [Int] = []
    for (index, node) in builder.nodes.enumerated() where isNeeded[index] && !ofState[index] {
      if let bits = builder.bits(index) {
        values[index] = lanes.constant(bits)
      } else {
        if node.type == .string { return nil }
        frontier.append(index)
        values[index] = lanes.input(node.type.lane)
      }
    }
    // All slots are inputs, in their order, whether or not the update reads them.
    let slots = empty.indices.map { _ in lanes.slot() }
    for (index, node) in builder.nodes.enumerated() where isNeeded[index] && ofState[index] {
      switch node.operation {
      case .parameter(let number): values[index] = slots[number - arguments]
      case .lane(let operation): values[index] = lanes.apply(operation, node.operands.map { values[$0]! })
      default: return nil
      }
    }
    for index in builder.watched where ofState[index] { lanes.watch(values[index]!) }
    for result in results { lanes.setSlot(values[result]!) }
    self.lanes = lanes.program()
    self.empty = empty
    inputs = frontier.count
    columns = ColumnProgram(builder, results: frontier, watched: builder.watched.filter { !ofState[$0] })
  }

  /// Steps that look at whole columns.
  var columnSteps: Int { columns.columnSteps }

  /// The states of no groups yet.
  public func makeStates() -> LaneFold { LaneFold(lanes, columns: inputs, empty: empty) }

  /// Takes a batch's rows that `rows.validity` leaves; true, and nothing is changed, where the program does not cover them.
  /// An error changes nothing either.
  public func update(
    _ states: inout LaneFold, _ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation
  ) throws(ReadoutError) -> Bool {
    guard let computed = try columns.run(arguments, rows) else { return true }
    let inputs = computed.map { values -> LaneInput in
      switch (values.payload, values.type) {
      case (.constant(.integer(let value)), _): .constant(UInt64(bitPattern: value))
      case (.constant(.number(let value)), _): .constant(value.bitPattern)
      case (.constant(.boolean(let value)), _): .constant(value ? 1 : 0)
      case (_, .number): .numbers(values.numbers)
      case (_, .boolean): .bytes(values.booleans)
      default: .integers(values.integers)
      }
    }
    return states.update(inputs, groups: groups, present: rows.validity)
  }
}
