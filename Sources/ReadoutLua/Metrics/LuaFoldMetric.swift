import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// A metric with `init`, `update`, `finalize` and perhaps `merge`: Lua functions that fold the rows of a group.
struct LuaFoldMetric: AggregateFunction {
  let definition: MetricDefinition
  let home: any MetricHome
  let index: Int

  var signature: Signature { definition.signature }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> AggregateKernel {
    let metric = self
    let lifting = home.lifting(of: index, definition)
    let law = try home.law(of: self)
    let tally = CallTally()
    var kernel = AggregateKernel(
      definition.result, canMerge: law.canMerge,
      note: lifting.note + (law.reason.map { "; runs in row order: \($0)" } ?? "")
    ) { (worker) throws(ReadoutError) in
      guard let fold = lifting.fold else { return try LuaAccumulator(metric, worker: worker, tally: tally) }
      return LiftedAccumulator(fold, metric.definition, tally) { () throws(ReadoutError) in
        try LuaAccumulator(metric, worker: worker, tally: tally)
      }
    }
    kernel.tally = tally
    return kernel
  }
}

/// The states of a Lua fold: a table by group number, in the worker's Lua state.
///
/// A group without a state yet is empty; `init` makes its state when its first row comes, or its result is asked for.
final class LuaAccumulator: GroupwiseAccumulator {
  private let definition: MetricDefinition
  private let functions: MetricFunctions
  private let lease: AnyObject
  private let states: LuaReference
  private var state: LuaState { functions.state }
  /// How many instructions of the VM a call may take; nil is without limit.
  private let instructions: Int32?
  private let tally: CallTally?
  private let worker: Worker
  private let plugin: Plugin?

  init(
    _ metric: LuaFoldMetric, worker: Worker, instructions: Int32? = nil, tally: CallTally? = nil
  ) throws(ReadoutError) {
    self.tally = tally
    self.worker = worker
    let plugin = metric.home as? Plugin
    self.plugin = plugin
    definition = metric.definition
    self.instructions = instructions
    (functions, lease) = try metric.home.functions(of: metric.index, worker: worker)
    let state = functions.state
    states = try state.locked { () throws(ReadoutError) in
      var number: Int32 = 0
      try state.run(for: worker, of: plugin) { unsafe bridge_table(state.bridge, 0, &number) }
      return LuaReference(number, of: state.host)
    }
  }

  private var fold: bridge_fold {
    bridge_fold(
      init: functions.number("init"), update: functions.number("update"), merge: functions.number("merge"),
      finalize: functions.number("finalize"), states: states.number)
  }

  func resize(to count: Int) throws(ReadoutError) {}

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError) {
    // What fails before the first row is told as that row's, or group's: there must be one.
    if rows.count == 0 { return }
    var present: Bitmap?
    if !definition.passesNulls {
      for values in arguments {
        if case .null = values.payload { return }
        present = Bitmap.both(present, values.validity)
      }
    }
    let fold = fold
    let taken = present?.setCount ?? rows.count
    tally?.add(rows: taken)
    tally?.add(computed: taken, interpreted: true)
    try state.locked { () throws(ReadoutError) in
      let columns = try ArgumentColumns(arguments, as: definition.parameters.map(\.type)) {
        (dictionary) throws(ReadoutError) in try state.interned(dictionary)
      }
      var failure = bridge_failure()
      do throws(ReadoutError) {
        try state.run(instructions, for: worker, of: plugin) {
          unsafe groups.withUnsafeBufferPointer { groups in
            unsafe columns.withBatch(count: rows.count, present: present) { batch in
              unsafe rows.withRowNumbers(in: batch) { batch in
                unsafe bridge_update(state.bridge, fold, batch, groups.baseAddress, &failure)
              }
            }
          }
        }
      } catch {
        throw definition.error(
          error, failure, row: rows.rowNumber(failure.row), group: Int(groups[failure.row]))
      }
    }
  }

  /// The states travel as plain bytes, also between accumulators of one state: what can be merged must not depend on which
  /// worker took which rows.
  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? LuaAccumulator else { throw .bug("accumulators of two classes are merged") }
    try take(try other.packed(count: groups.count), groups: groups)
  }

  /// Takes packed states, that of their group `g` into our group `groups[g]`.
  func take(_ packed: [UInt8], groups: Vector<UInt32>) throws(ReadoutError) {
    if groups.isEmpty { return }
    let fold = fold
    try state.locked { () throws(ReadoutError) in
      var failure = bridge_failure()
      do throws(ReadoutError) {
        try state.run(instructions, for: worker, of: plugin) {
          unsafe packed.withUnsafeBufferPointer { bytes in
            unsafe groups.withUnsafeBufferPointer { groups in
              unsafe bridge_merge(
                state.bridge, fold, bytes.baseAddress, bytes.count, groups.baseAddress, groups.count, &failure)
            }
          }
        }
      } catch {
        throw definition.error(error, failure, row: nil, group: failure.row)
      }
    }
  }

  /// The states of groups `0..<count` as bytes.
  private func packed(count: Int) throws(ReadoutError) -> [UInt8] {
    let fold = fold
    return try state.locked { () throws(ReadoutError) in
      var failure = bridge_failure()
      var bytes: UnsafePointer<UInt8>?
      var length = 0
      do throws(ReadoutError) {
        try state.run(instructions, for: worker, of: plugin) {
          unsafe bridge_pack(state.bridge, fold, count, &bytes, &length, &failure)
        }
      } catch {
        throw definition.error(error, failure, row: nil)
      }
      // Sound: the state keeps the bytes until its next call, and nobody calls it inside `locked`.
      return unsafe Array(UnsafeBufferPointer(start: bytes, count: length))
    }
  }

  func finalize(
    count: Int, only groups: Vector<UInt32>, numbers: Vector<UInt64>
  ) throws(ReadoutError) -> Values {
    if groups.isEmpty { return Values(type: definition.result, payload: .null, count: 0) }
    let fold = fold
    return try state.locked { () throws(ReadoutError) in
      let wrong = { (group: Int, text: String) in
        self.definition.wrongMoment(text, phase: Int32(BRIDGE_PHASE_FINALIZE), row: nil, group: Int(groups[group]))
      }
      return try unsafe MetricResults.collect(definition.result, count: groups.count, wrong: wrong) {
        (result) throws(ReadoutError) in
        var failure = bridge_failure()
        do throws(ReadoutError) {
          try state.run(instructions, for: worker, of: plugin) {
            unsafe groups.withUnsafeBufferPointer { groups in
              unsafe numbers.withUnsafeBufferPointer { numbers in
                unsafe bridge_finalize(
                  state.bridge, fold, groups.baseAddress, numbers.baseAddress, groups.count, &result, &failure)
              }
            }
          }
        } catch {
          throw definition.error(error, failure, row: nil, group: Int(groups[failure.row]))
        }
        return unsafe bridge_text_of(state.bridge)
      }
    }
  }
}

extension Evaluation {
  /// Calls `body` with the batch told which rows of the table it holds.
  fileprivate func withRowNumbers(in batch: bridge_batch, _ body: (bridge_batch) -> Int32) -> Int32 {
    var batch = unsafe batch
    unsafe batch.first_row = UInt64(firstRow)
    guard let selection else { return unsafe body(batch) }
    return unsafe selection.withUnsafeBufferPointer { rows in
      unsafe batch.selection = rows.baseAddress
      return unsafe body(batch)
    }
  }
}
