import Readout
import Testing

/// One process that embeds Readout and asks from many threads at once.
@Suite struct ConcurrencyTests {
  private static let metric = """
    return { name = "spread", summary = "Spread.", params = { { "x", "number" } }, returns = "number",
      init = function() return { low = math.huge, high = -math.huge } end,
      update = function(state, x) state.low = math.min(state.low, x) state.high = math.max(state.high, x) end,
      merge = function(a, b) a.low = math.min(a.low, b.low) a.high = math.max(a.high, b.high) end,
      finalize = function(state) return state.high - state.low end }
    """

  private static func answer(_ query: Query) throws -> String {
    try query.where("i % 3 ~= 0").by("g")
      .measure("n = count(), d = distinct(s), p = spread(x), t = sum(mentions(s, 'text'))")
      .sort("-n").collect(threads: 2).text(as: .csv)
  }

  /// Some ask one session, some have one of their own, and some queries are cancelled meanwhile.
  @Test func aHundredQueriesAtOnce() async throws {
    let folder = try TemporaryFolder()
    let plugins = "\(folder.path)/plugins"
    try folder.write("plugins/spread.lua", Self.metric)
    let rows = (0..<2_000).map { "\($0),g\($0 % 7),\(Double($0) / 8),some text with \($0 % 13) words\n" }
    let file = try folder.write("t.csv", "i,g,x,s\n" + rows.joined())
    let dataset = try Session(plugins: [plugins]).open(file)
    let expected = try Self.answer(dataset["t"])
    #expect(expected.split(separator: "\n").count == 8)
    try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<100 {
        group.addTask {
          if number % 4 == 3 { return try Self.answer(Session(plugins: [plugins]).open(file)["t"]) }
          if number % 10 == 0 {
            let task = Task { try await dataset["t"].by("g, i").measure("p = spread(x)").collect(.standard).rows.count }
            task.cancel()
            _ = try? await task.value
          }
          return try Self.answer(dataset["t"])
        }
      }
      for try await answer in group { #expect(answer == expected) }
    }
  }
}
