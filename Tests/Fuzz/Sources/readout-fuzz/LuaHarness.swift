import ReadoutEngine

@testable import Readout
@testable import ReadoutLua

extension Harness {
  /// Our own parser of Lua, and what finds a metric's functions in a source.
  static let lua = Harness("lua", "Lua source, as the lifter and the purity check read it") { bytes in
    reads { () throws(ReadoutError) in
      let unit = try SourceUnit(file: "input.lua", SourceText(bytes))
      for line in 1...3 {
        let place = FunctionDefinition(file: "input.lua", lines: line...line, parameters: 1)
        if let function = unit.function(at: place, place: { count in count - 1 }) {
          _ = unit.change(of: "a", seenBy: function, isRunning: false)
        }
      }
    }
  }

  /// A plugin: run in its sandbox and checked, and its metrics run over a few rows, lifted and in the VM, which has to come to the same.
  static let plugin = Harness("plugin", "plugins: run in the sandbox, checked, lifted, and called") { bytes in
    reads { () throws(ReadoutError) in
      let limits = LuaLimits(memory: 16 << 20, time: .milliseconds(100))
      let plugin = try PluginInstance(
        file: "input.lua", source: bytes, limits: limits, text: EngineText(lexicons: Lexicons([])), inputs: nil)
      let definitions = try plugin.definitions(of: SourceText(bytes))
      for (index, definition) in definitions.prefix(4).enumerated() {
        let outcomes = [true, false].map { lifts in
          let call = MetricOverSample(definition, PluginHome(plugin, lifts: lifts), index)
          return Outcome { () throws(ReadoutError) in try call.results() }
        }
        if outcomes[0] != outcomes[1], !outcomes.contains(where: \.isLimit) {
          broken("lifted and interpreted differ", definition.name, "\(outcomes[0])", "\(outcomes[1])")
        }
      }
    }
  }
}

extension Outcome {
  /// Whether a bound ended it, which need not strike twice at the same place.
  fileprivate var isLimit: Bool {
    guard case .failure(let text) = self else { return false }
    return ["limit", "memory", "stack overflow"].contains { text.contains($0) }
  }
}
