import ReadoutEngine
import ReadoutVectors

/// The states of a lifted fold as arrays of numbers; in the VM from the first batch on that the programs do not cover.
///
/// The states move to the VM as they are, and it takes the batch: what comes of it, an error or not, is what it would always have
/// given.
final class LiftedAccumulator: GroupwiseAccumulator {
  private let fold: LiftedFold
  private let definition: MetricDefinition
  private let makeInterpreted: () throws(ReadoutError) -> LuaAccumulator
  private let tally: CallTally
  private var states: LaneFold
  private var interpreted: LuaAccumulator?

  init(
    _ fold: LiftedFold, _ definition: MetricDefinition, _ tally: CallTally,
    makeInterpreted: @escaping () throws(ReadoutError) -> LuaAccumulator
  ) {
    self.fold = fold
    self.definition = definition
    self.tally = tally
    self.makeInterpreted = makeInterpreted
    states = fold.update.makeStates()
  }

  func resize(to count: Int) throws(ReadoutError) {
    states.resize(to: count)
    try interpreted?.resize(to: count)
  }

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError) {
    if let interpreted { return try interpreted.update(arguments, groups: groups, rows: rows) }
    var rows = rows
    if !definition.passesNulls {
      for values in arguments {
        if case .null = values.payload { return }
        rows.validity = Bitmap.both(rows.validity, values.validity)
      }
    }
    // What ends the program, its time for one, ends the VM's call as well, which says so.
    if (try? fold.update.update(&states, arguments, groups: groups, rows: rows)) ?? true {
      return try moved().update(arguments, groups: groups, rows: rows)
    }
    tally.add(rows: rows.presentCount)
    tally.add(computed: rows.presentCount, interpreted: false)
  }

  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? LiftedAccumulator else { throw .bug("accumulators of two classes are merged") }
    if interpreted == nil, other.interpreted == nil, mergeStates(other, groups) { return }
    try moved().merge(try other.moved(), groups: groups)
  }

  func finalize(
    count: Int, only groups: Vector<UInt32>, numbers: Vector<UInt64>
  ) throws(ReadoutError) -> Values {
    if let interpreted { return try interpreted.finalize(count: count, only: groups, numbers: numbers) }
    states.resize(to: count)
    let slots = fold.layout.slots.enumerated().map {
      column(of: $0.offset, $0.element.type, states.slot($0.offset, count: count).gather(groups))
    }
    let rows = Evaluation(worker: Worker(index: 0), count: groups.count)
    if let values = try fold.finalize.run(slots, rows) { return values }
    return try moved().finalize(count: count, only: groups, numbers: numbers)
  }

  // MARK: States

  /// A slot as a program reads it.
  private func column(of slot: Int, _ type: ProgramNode.ValueType, _ bits: Vector<Int64>) -> Values {
    switch type {
    case .truth: Values(booleans: bits.map { $0 != 0 ? 1 : 0 })
    case .number: Values(numbers: bits.map { Double(bitPattern: UInt64(bitPattern: $0)) })
    default: Values(integers: bits)
    }
  }

  /// False, and nothing is changed, where the program does not cover it.
  private func mergeStates(_ other: LiftedAccumulator, _ groups: Vector<UInt32>) -> Bool {
    guard let merge = fold.merge else { return false }
    let types = fold.layout.slots.map(\.type)
    let both = (0..<groups.count).filter { other.states.isSeen($0) && states.isSeen(Int(groups[$0])) }
    var results: [Values] = []
    if !both.isEmpty {
      let columns = types.enumerated().map { slot, type in
        column(of: slot, type, Vector(both.map { Int64(bitPattern: states.bits(slot, Int(groups[$0]))) }))
      }
      let others = types.enumerated().map { slot, type in
        column(of: slot, type, Vector(both.map { Int64(bitPattern: other.states.bits(slot, $0)) }))
      }
      let rows = Evaluation(worker: Worker(index: 0), count: both.count)
      guard let merged = try? merge.run(columns + others, rows) else { return false }
      results = merged
    }
    for group in 0..<groups.count where other.states.isSeen(group) && !states.isSeen(Int(groups[group])) {
      states.set(Int(groups[group]), types.indices.map { other.states.bits($0, group) })
    }
    let words = zip(results, types).map { Self.words(of: $0, $1) }
    for (place, group) in both.enumerated() {
      states.set(Int(groups[group]), words.map { UInt64(bitPattern: $0[place]) })
    }
    return true
  }

  private static func words(of values: Values, _ type: ProgramNode.ValueType) -> Vector<Int64> {
    switch type {
    case .truth: values.booleans.map { -Int64($0) }
    case .number: values.numbers.map { Int64(bitPattern: $0.bitPattern) }
    default: values.integers
    }
  }

  /// The states in the VM.
  private func moved() throws(ReadoutError) -> LuaAccumulator {
    if let interpreted { return interpreted }
    let made = try makeInterpreted()
    var packed = PackedStates()
    for group in 0..<states.count {
      if states.isSeen(group) {
        packed.add(fold.layout.values { states.bits($0, group) })
      } else {
        packed.addNone()
      }
    }
    try made.resize(to: states.count)
    try made.take(packed.bytes, groups: Vector(0..<UInt32(states.count)))
    interpreted = made
    states = fold.update.makeStates()
    return made
  }
}
