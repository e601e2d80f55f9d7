import ReadoutEngine
import Testing

/// Laws of every scalar function: a column as codes, as bytes and as literals gives the same, row by row; a null argument
/// gives null; what fails for a row alone fails for the column.
@Suite struct ScalarLawTests {
  static let functions: [String] = FunctionRegistry.builtIn.names.filter {
    if case .scalar = FunctionRegistry.builtIn[$0] { true } else { false }
  }
  /// Functions for which a null argument is an argument like any other.
  static let notStrict: Set<String> = ["if_"]

  @Test func theContractsFunctionsAreThere() {
    let wanted =
      """
      abs floor ceil round sqrt exp log least greatest lower upper trim length sub starts_with ends_with contains
      replace split matches extract year quarter month week day weekday hour bucket strftime string number integer
      boolean date timestamp try_number try_integer try_boolean try_date try_timestamp words mentions lexicon
      """
    let missing = wanted.split(whereSeparator: \.isWhitespace).map(String.init).filter {
      FunctionRegistry.builtIn[$0] == nil
    }
    #expect(missing == [])
  }

  @Test(arguments: functions) func encodingsAgree(_ name: String) throws {
    var succeeded = 0
    for seed in Seeds.upTo(8) {
      var random = SeededGenerator(seed: seed &* 15_485_863)
      let arguments = RandomArguments(
        for: FunctionRegistry.builtIn[name]!.signature, rows: 30, nullEvery: random.pick([3, 1_000_000]), &random)
      // A literal nil has no type of its own, so what a null gives is said by the rule, not by a call.
      let alone = arguments.rows.map { row in
        Result { row.contains(.null) && !Self.notStrict.contains(name) ? .null : try value(of: name, row) }
      }
      let good = alone.indices.filter { (try? alone[$0].get()) != nil }
      if good.count < alone.count {
        #expect(throws: (any Error).self, "\(name), seed \(seed): a row fails alone, the column does not") {
          try column(name, arguments, rows: Array(alone.indices), bytes: false)
        }
      }
      let computed = good.count { !arguments.rows[$0].contains(.null) }
      succeeded += computed
      // Constants that no row is right with (a bucket of minutes of a date) are an error of the whole.
      if computed == 0 { continue }
      for bytes in [false, true] {
        let answer = try column(name, arguments, rows: good, bytes: bytes)
        for (row, value) in zip(good, answer) {
          let expected = try alone[row].get()
          #expect(
            Comparison.isClose(value, expected, tolerance: 0),
            "\(name)(\(arguments.rows[row])), seed \(seed), \(bytes ? "bytes" : "coded"): \(value), alone \(expected)")
        }
      }
    }
    #expect(succeeded > 20, "\(name): hardly an argument was accepted, so nothing was compared")
  }

  /// The engine's functions, with a lexicon for the one that needs files.
  private static let registry: FunctionRegistry = {
    var registry = FunctionRegistry.builtIn
    let terms = [(term: "OPCON", weight: 1.5), (term: "may", weight: -1), (term: "wait*", weight: 0.25)]
    if let lexicon = try? Lexicon(name: "cues", terms: terms) { registry.register(Lexicons([lexicon]).function) }
    return registry
  }()

  /// The value of a call with literals, over a table of one row.
  private func value(of name: String, _ row: [Scalar]) throws -> Scalar {
    let call = Expression(.call(name, row.map { Expression(.literal($0)) }))
    return try derive(call, over: Table(fields: [], columns: [], rowCount: 1))[0]
  }

  /// The values over columns that hold the arguments; constants stay literals.
  private func column(_ name: String, _ arguments: RandomArguments, rows: [Int], bytes: Bool) throws -> [Scalar] {
    let fields = arguments.types.enumerated().map { Table.Field("c\($0)", $1) }
    let half = rows.count / 2
    let table = RandomTable.encode(
      rows.map { arguments.rows[$0] }, fields: fields,
      shape: RandomTable.Shape(chunks: [half, rows.count - half].filter { $0 > 0 }, bytes: bytes))
    let call = Expression(
      .call(
        name,
        arguments.constants.enumerated().map { index, constant in
          Expression(constant.map { .literal($0) } ?? .column("c\(index)"))
        }))
    return try derive(call, over: table)
  }

  private func derive(_ call: Expression, over table: Table) throws -> [Scalar] {
    let query = Query(table, named: "arguments", functions: Self.registry).adding(
      .select([ListItem(name: "result", call)]))
    let answer = try Executor.run(query, options: ExecutionOptions(threads: 2))
    let values = answer.whole(0)
    return (0..<answer.rowCount).map { values[$0] }
  }
}
