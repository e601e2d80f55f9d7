import Readout
import ReadoutEngine
import Testing

/// What a plugin may take in one query.
@Suite struct PluginTimeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    // Slow, and not lifted: it calls a function by `pcall`.
    let slow = { (name: String, rounds: String) in
      """
      return {
        name = "\(name)", params = { { "i", "integer" } }, returns = "integer",
        each = function(i)
          local t = { i }
          for k = 1, \(rounds) do pcall(rawset, t, 1, t[1] ~ k) end
          return t[1]
        end,
      }
      """
    }
    try folder.write("plugins/slow.lua", slow("slow", "2000"))
    try folder.write("plugins/forever.lua", slow("forever", "math.huge"))
    try folder.write(
      "plugins/folding.lua",
      """
      return {
        name = "folding", params = { { "i", "integer" } }, returns = "integer",
        init = function() return { n = 0 } end,
        update = function(state, i) for k = 1, 2000 do pcall(rawset, state, "n", state.n ~ i) end end,
        finalize = function(state) return state.n end,
      }
      """)
    try folder.write("t.csv", "i\n" + (0..<20_000).map { "\($0)\n" }.joined())
  }

  private func query(_ limit: Duration?) throws -> (Session, Query) {
    let session = Session(threads: 2, pluginTimeLimit: limit, plugins: ["\(folder.path)/plugins"])
    return (session, try session.open("\(folder.path)/t.csv")["t"])
  }

  /// No call takes long, all together take seconds.
  @Test(arguments: [("derive", "x = slow(i)", "slow"), ("measure", "x = folding(i)", "folding")])
  func manyCallsAddUp(_ step: String, _ text: String, _ name: String) throws {
    let (session, table) = try query(.milliseconds(100))
    let asked = try step == "derive" ? table.derive(text) : table.measure(text)
    let error = #expect(throws: ReadoutError.self) { try session.run(asked) }
    #expect(error?.message == "plugin \(folder.path)/plugins/\(name).lua has used up its time in the query")
    #expect(error?.value == "0.1 seconds")
    #expect(error?.blame == .plugin)
    #expect(error?.place.file == "\(folder.path)/plugins/\(name).lua")
    #expect(error?.hint?.contains("--plugin-time-limit") == true)
  }

  /// Each is loaded in milliseconds, all together would take many seconds: a name that none has ends them all.
  @Test func loadingAddsUp() throws {
    for number in 0..<400 {
      try folder.write("many/p\(number).lua", "for i = 1, 5e6 do end\nreturn {}")
    }
    let plugins = PluginFolders(["\(folder.path)/many"], timeLimit: .seconds(2))
    let error = #expect(throws: ReadoutError.self) { try plugins.functions(named: "nosuch") }
    #expect(error?.message == "the plugins take too long to load")
    #expect(error?.value == "2.0 seconds")
    #expect(error?.endsQuery == true)
  }

  /// A description has what is left of the time that the caller gives.
  @Test func descriptionsHaveADeadline() throws {
    try folder.write("endless/dataset.lua", "while true do end")
    let options = ExecutionOptions(threads: 1, control: ExecutionControl(timeLimit: .milliseconds(300)))
    for _ in 0..<2 {
      let error = #expect(throws: ReadoutError.self) {
        try Dataset(opening: "\(folder.path)/endless", options: options)
      }
      #expect(error?.message.contains("time limit") == true)
      #expect(error?.endsQuery == true)
    }
  }

  @Test func thereIsALimitWhereNobodySaysOne() {
    #expect(ExecutionOptions.standard.pluginTimeLimit == .seconds(600))
  }

  @Test func oneCallIsStopped() throws {
    let (session, table) = try query(.milliseconds(100))
    let error = #expect(throws: ReadoutError.self) { try session.run(table.limit(1).derive("x = forever(i)")) }
    #expect(error?.message.hasPrefix("plugin \(folder.path)/plugins/forever.lua has used up") == true)
    #expect((3...6).contains(error?.place.line ?? 0))
    #expect(error?.row == 1)
  }

  @Test func whoDoesLittleIsLeftAlone() throws {
    let (session, table) = try query(.seconds(60))
    let (free, same) = try query(nil)
    let asked = { (table: Query) in try table.limit(50).derive("x = slow(i)") }
    #expect(try session.run(asked(table)).text(as: .csv) == free.run(asked(same)).text(as: .csv))
  }
}
