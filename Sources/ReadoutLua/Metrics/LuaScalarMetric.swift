import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// A metric with `each`: a Lua function called for every row, or once for every distinct combination of arguments.
struct LuaScalarMetric: ScalarFunction {
  let definition: MetricDefinition
  let home: any MetricHome
  /// The metric's place in its plugin.
  let index: Int

  var signature: Signature { definition.signature }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel {
    let lifting = home.lifting(of: index, definition)
    let call = MetricCall(definition: definition, home: home, index: index, lifted: lifting.function)
    var kernel = ScalarKernel(
      definition.result, strict: !definition.passesNulls, canFail: true, costly: true, note: lifting.note
    ) { (arguments, rows) throws(ReadoutError) in try call.evaluate(arguments, rows) }
    kernel.mostRemembered = Combinations.most
    kernel.tally = call.tally
    return kernel
  }
}

/// One call of a metric in a query; what is remembered between batches belongs to it.
final class MetricCall: Sendable {
  let definition: MetricDefinition
  let tally = CallTally()
  private let home: any MetricHome
  private let index: Int
  /// What a worker's `RepeatedTexts` stand under.
  private let texts = TextsOfCall()
  private let lifted: LiftedFunction?

  init(definition: MetricDefinition, home: any MetricHome, index: Int, lifted: LiftedFunction?) {
    self.definition = definition
    self.home = home
    self.index = index
    self.lifted = lifted
  }

  /// Once per combination where arguments repeat few; else the lifted program, or the VM where there is none, or where the
  /// program does not cover what the batch holds.
  func evaluate(_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values {
    tally.add(rows: rows.presentCount)
    if let combinations = Combinations(of: arguments) {
      let known = try rows.worker.resource(of: self) { DistinctResults(owner: self) }
      return try known.evaluate(arguments, combinations, rows) { (arguments, rows) throws(ReadoutError) in
        try self.compute(arguments, rows)
      }
    }
    return try compute(arguments, rows)
  }

  private func compute(_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values {
    if let lifted, let values = try run(lifted, arguments, rows) {
      tally.add(computed: rows.presentCount, interpreted: false)
      return values
    }
    let texts = try rows.worker.resource(of: texts) { RepeatedTexts() }
    guard let (coded, combinations) = texts.coded(arguments, rows) else { return try call(arguments, rows) }
    return try DistinctResults(owner: self).evaluate(coded, combinations, rows) { (coded, rows) throws(ReadoutError) in
      // The dictionary is the batch's own: the VM need not remember its strings.
      let arguments = zip(arguments, coded).map { given, coded in
        if case .strings = given.payload {
          return Values(strings: coded.strings, type: coded.type, validity: coded.validity)
        }
        return coded
      }
      return try self.call(arguments, rows)
    }
  }

  /// What the program takes counts as its plugin's time.
  private func run(_ lifted: LiftedFunction, _ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values?
  {
    let time = CallTime(LuaLimits(time: nil), worker: rows.worker, plugin: home as? Plugin)
    if time.isUsedUp { throw time.error(.plugin) }
    defer { time.end() }
    return try lifted.run(arguments, rows)
  }

  /// Calls the function for each row of `rows.validity`.
  private func call(_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values {
    tally.add(computed: rows.presentCount, interpreted: true)
    let (functions, lease) = try home.functions(of: index, worker: rows.worker)
    defer { withExtendedLifetime(lease) {} }
    let state = functions.state
    return try state.locked { () throws(ReadoutError) in
      let columns = try ArgumentColumns(arguments, as: definition.parameters.map(\.type)) {
        (dictionary) throws(ReadoutError) in try state.interned(dictionary)
      }
      let wrong = { (row: Int, text: String) in
        self.definition.wrongMoment(text, phase: Int32(BRIDGE_PHASE_EACH), row: rows.rowNumber(row))
      }
      return try unsafe MetricResults.collect(definition.result, count: rows.count, wrong: wrong) {
        (result) throws(ReadoutError) in
        var failure = bridge_failure()
        do throws(ReadoutError) {
          try state.run(for: rows.worker, of: home as? Plugin) {
            unsafe columns.withBatch(count: rows.count, present: rows.validity) { batch in
              unsafe bridge_each(state.bridge, functions.number("each"), batch, &result, &failure)
            }
          }
        } catch {
          throw definition.error(error, failure, row: rows.rowNumber(failure.row))
        }
        return unsafe bridge_text_of(state.bridge)
      }
    }
  }
}

/// Something of a metric call's that a worker's resource can stand under.
private final class TextsOfCall: Sendable {}
