import ReadoutEngine

@testable import ReadoutLua

extension Harness {
  /// Our own parser of Lua, and what finds a metric's functions in a source.
  static let lua = Harness("lua", "Lua source, as the lifter and the purity check read it") { bytes in
    guard let unit = SourceUnit(file: "input.lua", bytes) else { return }
    for line in 1...3 {
      let place = FunctionDefinition(file: "input.lua", lines: line...line, parameters: 1)
      if let function = unit.function(at: place, place: { count in count - 1 }) {
        _ = unit.change(of: "a", seenBy: function, isRunning: false)
      }
    }
  }

  /// A plugin: run in its sandbox, checked, its metrics lifted. What reads texts has a harness of its own.
  static let plugin = Harness("plugin", "plugins: run in the sandbox, checked and lifted") { bytes in
    reads { () throws(ReadoutError) in
      let limits = LuaLimits(memory: 16 << 20, time: .milliseconds(500))
      let plugin = try PluginInstance(
        file: "input.lua", source: bytes, limits: limits, text: NoTextFunctions(), inputs: nil)
      let definitions = try plugin.definitions(of: SourceText(bytes))
      for (definition, functions) in zip(definitions, plugin.metrics) {
        _ = MetricLifting(definition, functions, isRunning: false).note
      }
    }
  }
}
