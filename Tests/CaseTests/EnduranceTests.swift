import Foundation
import Testing
import Transcripts

/// A process that asks and asks does not grow.
///
/// `READOUT_ROUNDS=10000` asks ten thousand times, 300 where it is not set.
@Suite struct EnduranceTests {
  private static let rounds = ProcessInfo.processInfo.environment["READOUT_ROUNDS"] ?? "300"

  private static let metrics = """
    return {
      { name = "half", summary = "Half.", params = { { "x", "number" } }, returns = "number",
        each = function(x) if x > 3 then return x / 2 end return nil end },
      { name = "letters", summary = "Letters.", params = { { "s", "string" } }, returns = "integer",
        each = function(s) local n = 0 for _ in s:gmatch("%a") do n = n + 1 end return n end },
      { name = "spread", summary = "Spread.", params = { { "x", "number" } }, returns = "number",
        init = function() return { low = math.huge, high = -math.huge } end,
        update = function(state, x) state.low = math.min(state.low, x) state.high = math.max(state.high, x) end,
        merge = function(a, b) a.low = math.min(a.low, b.low) a.high = math.max(a.high, b.high) end,
        finalize = function(state) return state.high - state.low end },
    }
    """

  @Test(arguments: ["queries", "loads"]) func doesNotGrow(_ kind: String) async throws {
    let workspace = try Workspace()
    for name in ["half", "letters", "spread"] { try workspace.write(Self.metrics, to: "plugins/\(name).lua") }
    let rows = (0..<200).map { "\($0),g\($0 % 7),\(Double($0) / 8),some text with \($0 % 13) words\n" }
    try workspace.write("i,g,x,s\n" + rows.joined(), to: "t.csv")
    let tool = Repository.binaries.appending(path: "Endurance").path
    let outcome = try await workspace.run("'\(tool)' \(kind) \(Self.rounds) .", timeLimit: .seconds(1200))
    let output = String(decoding: outcome.output, as: UTF8.self)
    let growth = try #require(Int(output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(output)")
    print("\(Self.rounds) \(kind): the process grew by \(growth / 1024) kB")
    #expect(growth < 8 << 20)
  }
}
