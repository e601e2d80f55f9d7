import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

/// Random functions of rows, given to `where` and `derive`, lifted and in the VM: the same rows, values and errors.
@Suite struct RowFunctionDifferentialTests {
  @Test(arguments: ["where", "derive"]) func liftedFunctionsMeanWhatTheVMMeans(_ step: String) throws {
    let programs = (DifferentialTests.setting("READOUT_PROGRAMS") ?? 2_000) / 20
    let firstSeed = UInt64(DifferentialTests.setting("READOUT_SEED") ?? 1)
    print("lifting \(step): \(programs) programs, seeds from \(firstSeed)")
    var lifted = 0
    for seed in firstSeed..<firstSeed + UInt64(programs) {
      let program = RandomProgram(seed: seed, result: step == "where" ? .boolean : nil)
      var random = SplitMix64(seed: ~seed)
      for (isWild, nullEvery) in [(false, nil), (false, 4), (true, 6)] as [(Bool, Int?)] {
        let columns = program.parameters.map {
          RandomColumns.column($0, isWild: isWild, nullEvery: nullEvery, &random)
        }
        let script = Self.script(step, program)
        let ours: (printed: String, isLifted: Bool)
        let theirs: (printed: String, isLifted: Bool)
        do {
          ours = try Self.outcome(script, columns, lifts: true)
          theirs = try Self.outcome(script, columns, lifts: false)
        } catch {
          Issue.record("seed \(seed): \(error)\n\(script)")
          return
        }
        if ours.isLifted { lifted += 1 }
        #expect(ours.printed == theirs.printed, "seed \(seed)\n\(script)\n\(columns.map(\.scalars))")
        guard ours.printed == theirs.printed else { return }
      }
    }
    print("lifting \(step): \(lifted) of \(3 * programs) runs lifted")
    // What `derive` cannot plan is lifted, but does not show in the plan.
    #expect(lifted * 4 > programs)
  }

  /// Prints every value, floats by their digits, or the error with its place; then whether the plan says that the function is lifted.
  private static func script(_ step: String, _ program: RandomProgram) -> String {
    let call = step == "where" ? "q:where(f):column 'n'" : "q:derive('out', f):column 'out'"
    let plan = step == "where" ? "q:where(f):explain()" : "q:derive('out', f):explain()"
    return RandomProgram.preamble + """
      local q = open('data').statements
      local f = \(program.rowFunction)
      local ok, e = pcall(function()
        local c = \(call)
        for i = 1, c.n do
          local v = c[i]
          print(math.type(v) or type(v), v ~= v and 'nan' or math.type(v) == 'float' and ('%.17g'):format(v) or v)
        end
      end)
      if not ok then print(tostring(e), e.line, e.row, e.step) end
      local planned, text = pcall(function() return \(plan) end)
      print('lifted ' .. tostring(planned and text:find(' lifted: ', 1, true) ~= nil))
      """
  }

  private static func outcome(
    _ script: String, _ columns: [Values], lifts: Bool
  ) throws -> (printed: String, isLifted: Bool) {
    let host = TestHost()
    let count = RandomColumns.rows
    let all = columns + [Values(integers: Vector(Int64(0)..<Int64(count)))]
    let names = columns.indices.map { "p\($0)" } + ["n"]
    host.table = Table(
      fields: zip(names, all).map { Table.Field($0, $1.type) },
      columns: all.map { Column(encoding: Values($0.scalars, $0.type)) }, rowCount: count)
    let printed = try output(script, host, limits: LuaLimits(time: nil, lifts: lifts))
    let lines = printed.split(separator: "\n")
    return (lines.dropLast().joined(separator: "\n"), lines.last == "lifted true")
  }
}
