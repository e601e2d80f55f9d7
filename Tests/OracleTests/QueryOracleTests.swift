import Foundation
import ReadoutEngine
import Testing

/// Random queries over random tables against a row-at-a-time evaluator. A failure prints its seed:
/// `READOUT_SEEDS=31..31 swift test --filter QueryOracleTests` runs it alone.
@Suite struct QueryOracleTests {
  @Test(arguments: Seeds.upTo(400)) func agreesWithTheOracle(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try check(rows: random.pick([0, 1, 2, 17, 64, 65, 300, 1000]), seed: seed)
  }

  @Test(arguments: Seeds.upTo(3)) func agreesWithTheOracleOverSeveralChunks(seed: UInt64) throws {
    try check(rows: Table.chunkRows + 1 + Int(seed % 3) * 5000, seed: seed &+ 1_000_000)
  }

  private func check(rows: Int, seed: UInt64) throws {
    let input = RandomTable(rows: rows, seed: seed)
    var maker = RandomQuery(seed: seed)
    let steps = maker.steps()
    let query = steps.reduce(Query(input.table, named: "random")) { $0.adding($1) }
    let title = "seed \(seed), \(rows) rows: \(steps.map(\.text).joined(separator: " "))"

    let expected = Result { try input.naive.running(query.steps) }
    let answers = [1, 2, 8].map { threads in
      Result { try Executor.run(query, options: ExecutionOptions(threads: threads)) }
    }
    switch (expected, answers[0]) {
    case (.success(let expected), .success(let answer)):
      let isAggregate = steps.contains { if case .measure = $0 { true } else { false } }
      if let difference = Comparison.difference(answer, expected, tolerance: isAggregate ? 1e-9 : 0) {
        Issue.record("\(title)\n\(difference)")
      }
      for other in answers.dropFirst() {
        guard case .success(let table) = other, Comparison.areIdentical(answer, table) else {
          Issue.record("\(title)\nthe answer depends on the number of threads")
          continue
        }
      }
    case (.failure, .failure): break
    case (.failure(let error), .success):
      // What a limit cuts off, or what was derived and is dropped again, need not be computed.
      let mayBeDropped = steps.contains {
        switch $0 {
        case .limit, .derive: true
        default: false
        }
      }
      if !mayBeDropped { Issue.record("\(title)\nno error, but the oracle has: \(error)") }
    case (.success, .failure(let error)): Issue.record("\(title)\n\(error)")
    }
  }
}

extension Query.Step.Verb {
  /// The step as a user would write it.
  var text: String {
    func list(_ items: [ListItem]) -> String {
      items.map { ($0.name.map { "\($0) = " } ?? "") + $0.expression.description }.joined(separator: ", ")
    }
    switch self {
    case .filter(let condition): return ":where [[\(condition)]]"
    case .derive(let items), .select(let items), .by(let items), .measure(let items):
      return ":\(name) [[\(list(items))]]"
    case .sort(let items):
      return
        ":sort [[\(items.map { ($0.isDescending ? "-" : "") + $0.expression.description }.joined(separator: ", "))]]"
    case .limit(let count, let skip): return ":limit(\(count), \(skip))"
    case .table(let step): return ":\(step.name)"
    }
  }
}
