import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutLua

/// Random folds over random columns, groups and cuts, lifted and in the VM: results bit for bit, errors word for word.
@Suite struct FoldDifferentialTests {
  @Test func liftedFoldsMeanWhatTheVMMeans() throws {
    let folds = 300
    print("lifting: \(folds) folds, seeds from 1")
    var lifted = 0
    for start in stride(from: 0, to: folds, by: 50) {
      let seeds = (start..<start + 50).map { UInt64($0) + 1 }
      let source = "return {\n" + seeds.map { RandomFold(seed: $0).source }.joined() + "}\n"
      let plugin = try TestPlugin(source)
      let other = try plugin.interpreted
      for (index, seed) in seeds.enumerated() {
        guard plugin.plugin.lifting(of: index, plugin.plugin.metrics[index]).fold != nil else { continue }
        lifted += 1
        try compare(index, plugin, other, seed)
      }
    }
    print("lifting: \(lifted) of \(folds) folds lifted")
    #expect(lifted * 3 > folds * 2)
  }

  private func compare(_ index: Int, _ lifted: TestPlugin, _ interpreted: TestPlugin, _ seed: UInt64) throws {
    var random = SplitMix64(seed: ~seed)
    for (isWild, nullEvery, groupCount) in [(false, nil, 3), (false, 4, 30), (true, 5, 1), (false, nil, 16)]
      as [(Bool, Int?, Int)]
    {
      let columns = [
        RandomColumns.column(.number, isWild: isWild, nullEvery: nullEvery, &random),
        RandomColumns.column(.integer, isWild: isWild, nullEvery: nullEvery, &random),
      ]
      let groups = (0..<RandomColumns.rows).map { _ in UInt32(random.below(groupCount)) }
      let parts = 1 + random.below(3)
      let ours = Result { () throws(ReadoutError) in
        try lifted.fold(columns, groups: groups, parts: parts, metric: index)
      }
      let theirs = Result { () throws(ReadoutError) in
        try interpreted.fold(columns, groups: groups, parts: parts, metric: index)
      }
      let same: Bool =
        switch (ours, theirs) {
        case (.success(let a), .success(let b)):
          a.count == b.count
            && (0..<a.count).allSatisfy { row in
              if case .number(let x) = a[row], case .number(let y) = b[row] {
                return x.bitPattern == y.bitPattern || x.isNaN && y.isNaN
              }
              return a[row] == b[row]
            }
        case (.failure(let a), .failure(let b)): a == b
        default: false
        }
      #expect(
        same,
        "seed \(seed), \(parts) parts\n\(RandomFold(seed: seed).source)\(ours.map(\.scalars))\n\(theirs.map(\.scalars))"
      )
      if !same { return }
    }
  }
}

/// A random fold over a number and an integer, its state three numbers and now and then a field that is nil at first.
private struct RandomFold {
  let seed: UInt64

  var source: String {
    var random = SplitMix64(seed: seed)
    let fields = ["n", "a", "b"]
    func leaf(_ random: inout SplitMix64, _ state: String) -> String {
      random.pick([
        "x", "k", "1", "0.5", "2", "\(state).n", "\(state).a", "\(state).b", "x", "(\(state).last or 0)",
      ])
    }
    func expression(_ random: inout SplitMix64, _ depth: Int) -> String {
      if depth == 0 { return leaf(&random, "s") }
      let op = random.pick(["+", "-", "*", "/", "+", "*", "//", "%"])
      return "(\(expression(&random, depth - 1)) \(op) \(expression(&random, random.below(depth))))"
    }
    var update = ""
    for _ in 0...random.below(4) {
      let field = random.pick(fields)
      switch random.below(5) {
      case 0:
        update +=
          "      if \(expression(&random, 1)) \(random.pick(["<", ">=", "=="])) \(expression(&random, 1)) then s.\(field) = \(expression(&random, 1)) end\n"
      case 1: update += "      s.last = \(expression(&random, 1))\n"
      case 2: update += "      s.\(field) = math.max(s.\(field), \(expression(&random, 1)))\n"
      default: update += "      s.\(field) = s.\(field) + \(expression(&random, 2))\n"
      }
    }
    let start = { (random: inout SplitMix64) in random.pick(["0", "0.0", "1", "-0.0"]) }
    let merge = fields.map { "      s.\($0) = s.\($0) \(random.pick(["+", "-", "*"])) o.\($0)\n" }.joined()
    return """
        { name = "f\(seed)", params = { { "x", "number" }, { "k", "integer" } }, returns = "number",
          init = function() return { n = \(start(&random)), a = \(start(&random)), b = \(start(&random)) } end,
          update = function(s, x, k)
      \(update)    end,
          merge = function(s, o)
            if o.n == 0 and s.n == 0 then return end
      \(merge)      if o.last then s.last = o.last end
          end,
          finalize = function(s)
            if s.n == 1 then return nil end
            return s.a + s.b \(random.pick(["+", "*"])) (s.last or 1) - s.n
          end },

      """
  }
}
