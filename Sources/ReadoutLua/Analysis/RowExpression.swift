import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// A Lua function of the row as a function of the columns that the row has: `where(function(row) … end)`, and `derive` where its type
/// is known.
struct RowExpression: ScalarFunction {
  let signature: Signature
  let columns: [String]
  private let rows: RowFunction
  private let row: RowTable
  private let result: DataType

  init(
    name: String, rows: RowFunction, columns: [String], result: DataType, state: LuaState
  ) throws(ReadoutError) {
    self.rows = rows
    self.columns = columns
    self.result = result
    row = try RowTable(columns: columns, in: state)
    signature = Signature(
      name, columns.map { Parameter($0, .any) }, result: result.rawValue, summary: "A function of the row.")
  }

  /// The call of the function, registered in the query under its name.
  var call: Expression { Expression(.call(signature.name, columns.map { Expression(.column($0)) })) }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel {
    let types = arguments.map(\.type)
    let (rows, row, result) = (rows, row, result)
    let lifting = MetricLifting(rows, columns: columns, types: types, result: result, in: row.state)
    let lifted = lifting.function
    let tally = CallTally()
    var kernel = ScalarKernel(
      result, strict: false, canFail: true, costly: true, note: lifting.note
    ) { (arguments, evaluation) throws(ReadoutError) in
      tally.add(rows: evaluation.count)
      if let lifted, let values = try lifted.run(arguments, evaluation) {
        tally.add(computed: evaluation.count, interpreted: false)
        return values
      }
      tally.add(computed: evaluation.count, interpreted: true)
      return try row.state.locked { () throws(ReadoutError) in
        let wrong = { (_: Int, _: String) in ReadoutError.bug("a function of the row gives no moments") }
        return try unsafe MetricResults.collect(result, count: evaluation.count, wrong: wrong) {
          (result) throws(ReadoutError) in
          try unsafe rows.call(arguments, types, evaluation, row, &result)
          return unsafe bridge_text_of(row.state.bridge)
        }
      }
    }
    kernel.tally = tally
    return kernel
  }
}
