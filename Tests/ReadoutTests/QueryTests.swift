import Readout
import ReadoutEngine
import Testing

@Suite struct QueryTests {
  private static let rows = 200_000

  private func numbers() throws -> Query {
    let table = try Table([
      TableColumn("k", (0..<Self.rows).map { "k\($0 % 97)" }), TableColumn("x", (0..<Self.rows).map { Double($0) / 7 }),
    ])
    return try Dataset(tables: ["t": table])["t"]
  }

  @Test func everyStep() throws {
    let report = try numbers().where("x >= 1").derive("y = x * 2").by("k").measure("n = count(), s = mean(y)")
      .where("n > 2060").select("key = k, n").sort("-n, key").limit(2, skip: 1).collect()
    #expect(report.names == ["key", "n"])
    #expect(report.rowCount == 2)
  }

  @Test func stepsDoNotChangeTheirQuery() throws {
    let query = try numbers()
    _ = try query.where("x > 10")
    #expect(query.steps.isEmpty)
  }

  @Test func errorsNameStepAndCharacter() throws {
    let syntax = #expect(throws: ReadoutError.self) { try numbers().where("x > ") }
    #expect(syntax?.place.step == "where")
    let name = #expect(throws: ReadoutError.self) {
      try numbers().by("k").measure("n = count(), m = mean(z)").collect()
    }
    #expect(name?.message == "unknown column" && name?.value == "z" && name?.place.detail == "character 23")
    #expect(throws: ReadoutError.self) { try numbers().limit(-1) }
  }

  @Test func severalThreadsAtOnceGiveTheSameBytes() async throws {
    let query = try numbers().by("k").measure("n = count(), m = mean(x), s = stddev(x)").sort("-n, k")
    let expected = try query.collect(threads: 1).bytes(as: .csv)
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for threads in [1, 2, 3, 8, 2, 1] { group.addTask { try query.collect(threads: threads).bytes(as: .csv) } }
      for try await bytes in group { #expect(bytes == expected) }
    }
  }

  @Test func aCancelledTaskStopsTheQuery() async throws {
    var metrics = Metrics.builtIn
    metrics.register(metric: "slow") { (x: Double) in
      var sum = x
      for i in 0..<100 { sum += Double(i).squareRoot() }
      return sum
    }
    let query = try numbers().using(metrics).measure("s = sum(slow(x))")
    let task = Task { try await query.collect(ExecutionOptions(threads: 1)) }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    let error = await #expect(throws: ReadoutError.self) { try await task.value }
    #expect(error?.message == ReadoutError.cancelled.message)
  }

  @Test func aTimeLimitStopsTheQuery() throws {
    let control = ExecutionControl(timeLimit: .milliseconds(0))
    #expect(throws: ReadoutError.self) {
      try numbers().measure("s = sum(x)").collect(ExecutionOptions(threads: 1, control: control))
    }
  }
}
