import ReadoutEngine
import ReadoutVectors

/// A metric's fold as programs: `update` a row at a time for all groups, `merge` and `finalize` over columns of states.
struct LiftedFold: Sendable {
  let layout: StateLayout
  let update: FoldProgram
  /// Of two states' slots, those of the one that is merged into first.
  let merge: ColumnProgram?
  let finalize: LiftedFunction

  /// Lifts the functions of a metric.
  init(_ definition: MetricDefinition, _ functions: MetricFunctions, isRunning: Bool) throws(Refusal) {
    let budget = LiftingBudget()
    let make = { Lifter(functions.state, isRunning: isRunning, budget: budget) }
    func held(_ key: String, _ lifter: Lifter) throws(Refusal) -> HeldFunction? {
      guard let function = functions.functions[key] else { return nil }
      return try lifter.held(function, at: nil)
    }
    let first = make()
    let (updateFunction, mergeFunction) = (try held("update", first)!, try held("merge", first))
    let initial = try make().constants(madeBy: functions.functions["init"]!)
    var layout = StateLayout()
    for (field, value) in initial {
      guard let kind = StateLayout.kind(of: value) else {
        throw Refusal(
          file: definition.file, line: definition.lines["init"] ?? 0,
          construct: "a state whose \(field) is \(value.typeName)")
      }
      layout.add(kind, to: field)
    }
    // Kinds are added until a row, and a merge, leave the kinds that they found.
    while true {
      let before = layout
      let updating = make()
      try updating.spend(layout.kinds.count, updateFunction.syntax.range)
      let row = try Self.run(updateFunction, updating, layout) { lifter in
        definition.parameters.enumerated().map { index, parameter in
          lifter.parameter(index, parameter.type, mayBeNil: definition.passesNulls)
        }
      }
      try updating.addKinds(of: row.state, to: &layout, updateFunction)
      let merging = make()
      var merged: RecordObject?
      if let mergeFunction {
        let (state, _) = try Self.run(mergeFunction, merging, layout, other: layout.slots.count) { _ in [] }
        try merging.addKinds(of: state, to: &layout, mergeFunction)
        merged = state
      }
      guard layout == before else { continue }
      let empty = layout.bits(initial)
      // The slots first: they may be new values of the builder.
      let slots = updating.slots(of: row.state, layout)
      guard
        let update = FoldProgram(
          updating.builder, arguments: definition.parameters.count, results: slots,
          empty: empty)
      else {
        throw Refusal(
          file: updateFunction.unit.file, line: updateFunction.unit.line(of: updateFunction.syntax.range),
          construct: "strings that depend on the state")
      }
      self.update = update
      merge = merged.map { state in
        let slots = merging.slots(of: state, layout)
        return ColumnProgram(merging.builder, results: slots)
      }
      break
    }
    self.layout = layout
    finalize = try Self.finalize(definition, functions, layout, make())
  }

  /// Runs `update` or `merge` on a state of the layout. The slots come after the arguments; those of the other state begin at
  /// `other`.
  private static func run(
    _ held: HeldFunction, _ lifter: Lifter, _ layout: StateLayout, other: Int? = nil,
    _ arguments: (Lifter) -> [SymbolicValue]
  ) throws(Refusal) -> (state: RecordObject, arguments: Int) {
    let arguments = arguments(lifter)
    let state = lifter.state(layout, from: arguments.count)
    var given = [lifter.value(.object(state))] + arguments
    if let other { given.append(lifter.value(.object(lifter.state(layout, from: other)))) }
    _ = try lifter.call(held.syntax, in: held.unit, scope: Scope(root: held), given, at: held.syntax.range)
    return (state, arguments.count)
  }

  private static func finalize(
    _ definition: MetricDefinition, _ functions: MetricFunctions, _ layout: StateLayout, _ lifter: Lifter
  ) throws(Refusal) -> LiftedFunction {
    let held = try lifter.held(functions.functions["finalize"]!, at: nil)
    let state = lifter.state(layout, from: 0)
    let names = layout.slots.map { $0.isTest ? "state.\($0.field) is \($0.kind)" : "state.\($0.field)" }
    return try LiftedFunction(held, [lifter.value(.object(state))], names, definition.result, lifter)
  }
}
