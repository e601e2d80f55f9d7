import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Random programs over random columns, lifted and in the VM: results bit for bit, errors word for word.
///
/// READOUT_PROGRAMS sets how many programs, READOUT_SEED the first seed; a program's own seed is printed where it fails.
@Suite struct DifferentialTests {
  private static let perPlugin = 50

  @Test func liftedFunctionsMeanWhatTheVMMeans() throws {
    let programs = Self.setting("READOUT_PROGRAMS") ?? 2_000
    let firstSeed = UInt64(Self.setting("READOUT_SEED") ?? 1)
    print("lifting: \(programs) programs, seeds from \(firstSeed)")
    var lifted = 0
    var refusals: [String: Int] = [:]
    for start in stride(from: 0, to: programs, by: Self.perPlugin) {
      let seeds = (start..<min(start + Self.perPlugin, programs)).map { firstSeed + UInt64($0) }
      let all = seeds.map { RandomProgram(seed: $0) }
      let source =
        RandomProgram.preamble + "return {\n"
        + zip(seeds, all).map { $1.source(named: "m\($0)") }.joined() + "}\n"
      // Without a time limit: a job of the night may be stopped for a while, and goes on.
      let plugin = try TestPlugin(source, limits: LuaLimits(time: nil))
      let pair = (plugin, try TestPlugin(sharing: plugin, limits: LuaLimits(time: nil, lifts: false)))
      for (index, seed) in seeds.enumerated() {
        let definition = pair.0.plugin.metrics[index]
        let lifting = pair.0.plugin.lifting(of: index, definition)
        if lifting.function != nil {
          lifted += 1
        } else {
          refusals[lifting.refusal?.construct ?? "", default: 0] += 1
          continue
        }
        try compare(all[index], index, pair.0, pair.1, seed: seed)
      }
    }
    print("lifting: \(lifted) of \(programs) programs lifted")
    if unsafe getenv("READOUT_REFUSALS") != nil {
      for (construct, count) in refusals.sorted(by: { $0.value > $1.value }) { print("  \(count) \(construct)") }
    }
    #expect(lifted * 2 > programs)
  }

  private func compare(
    _ program: RandomProgram, _ index: Int, _ lifted: TestPlugin, _ interpreted: TestPlugin, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: ~seed)
    for (isWild, nullEvery) in [(false, nil), (false, 4), (true, 6), (true, nil)] as [(Bool, Int?)] {
      let columns = program.parameters.map {
        RandomColumns.column($0, isWild: isWild, nullEvery: nullEvery, &random)
      }
      let ours = Self.outcome(lifted, index, columns)
      let theirs = Self.outcome(interpreted, index, columns)
      guard ours != theirs else { continue }
      Issue.record(
        """
        seed \(seed), \(isWild ? "wild" : "tame") columns: lifted gives \(ours.difference(from: theirs))
        \(program.source(named: "m\(seed)"))\(columns.map { "\($0.scalars)" }.joined(separator: "\n"))
        """)
      return
    }
  }

  private static func outcome(_ plugin: TestPlugin, _ index: Int, _ columns: [Values]) -> Outcome {
    do throws(ReadoutError) {
      let values = try plugin.evaluate(columns, metric: index)
      return .values((0..<values.count).map { Outcome.bits(values, $0) })
    } catch {
      return .error(error)
    }
  }

  static func setting(_ name: String) -> Int? {
    unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) }
  }
}

/// What came of a batch, with floats told apart by their bits and every nan alike.
private enum Outcome: Equatable {
  case values([String])
  case error(ReadoutError)

  static func bits(_ values: Values, _ row: Int) -> String {
    if values.isNull(row) { return "null" }
    switch values.payload {
    case .numbers(let vector): return vector[row].isNaN ? "nan" : "\(vector[row]) \(vector[row].bitPattern)"
    case .strings(let strings): return "\(Array(strings.vector(row)))"
    case .coded(let codes, let dictionary): return "\(Array(dictionary.strings.vector(Int(codes[row]))))"
    default: return "\(values[row])"
    }
  }

  func difference(from other: Outcome) -> String {
    guard case .values(let ours) = self, case .values(let theirs) = other else { return "\(self)\nnot \(other)" }
    let row = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }!
    return "\(row.element.0) in row \(row.offset + 1), not \(row.element.1)"
  }
}
