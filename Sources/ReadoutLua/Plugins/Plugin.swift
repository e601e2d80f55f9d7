import ReadoutEngine
import Synchronization

/// A file of metrics, loaded and checked.
///
/// Its metrics run in Lua states of its own, one for each worker of a query; states are kept for the next query.
public final class Plugin: MetricHome {
  /// The file as the user knows it: `plugins/hedging.lua`.
  public let file: String
  let metrics: [MetricDefinition]
  private let source: [UInt8]
  let limits: LuaLimits
  private let text: any TextFunctions
  private let inputs: InputFiles?
  private let idle = Mutex<[PluginInstance]>([])
  private let liftings = Mutex<[Int: MetricLifting]>([:])
  private let laws = Mutex<[Int: MergeLaw]>([:])

  /// Runs the file and checks the metrics that it returns.
  ///
  /// - Parameter text: What `words`, `mentions` and `lexicon` do in it.
  /// - Parameter inputs: Where the file, and the modules that it requires, are noted.
  /// - Throws: `ReadoutError` with blame `.plugin` that names the file, the line where it is known, and what would be right.
  public init(
    file: String, limits: LuaLimits = LuaLimits(), text: any TextFunctions, inputs: InputFiles? = nil
  ) throws(ReadoutError) {
    self.inputs = inputs
    self.file = file
    self.limits = limits
    self.text = text
    try limits.checkRun()
    do throws(ReadoutError) {
      source = try SourceFile.read(file, named: file, limits: limits)
      let first = try PluginInstance(file: file, source: source, limits: limits, text: text, inputs: inputs)
      metrics = try first.definitions(of: SourceText(source))
      idle.withLock { $0.append(first) }
    } catch var error {
      error.blame = error.blame == .bug ? .bug : .plugin
      throw error.at(file: file)
    }
  }

  /// The metrics as functions that expressions may call.
  public var functions: [FunctionRegistry.Entry] {
    metrics.enumerated().map { index, definition in
      switch definition.kind {
      case .each: .scalar(LuaScalarMetric(definition: definition, home: self, index: index))
      case .fold: .aggregate(LuaFoldMetric(definition: definition, home: self, index: index))
      }
    }
  }

  func functions(of index: Int, worker: Worker) throws(ReadoutError) -> (functions: MetricFunctions, lease: AnyObject) {
    let lease = try worker.resource(of: self) { () throws(ReadoutError) in
      if let waiting = idle.withLock({ $0.popLast() }) { return PluginLease(of: self, instance: waiting) }
      let new = try PluginInstance(file: file, source: source, limits: limits, text: text, inputs: inputs)
      return PluginLease(of: self, instance: new)
    }
    return (lease.instance.metrics[index], lease)
  }

  func lifting(of index: Int, _ definition: MetricDefinition) -> MetricLifting {
    liftings.withLock { known in
      if let lifting = known[index] { return lifting }
      guard
        let (functions, lease) = try? self.functions(of: index, worker: Worker(index: 0))
      else { return MetricLifting(interpreted: nil) }
      let lifting = MetricLifting(definition, functions, isRunning: false)
      withExtendedLifetime(lease) {}
      known[index] = lifting
      return lifting
    }
  }

  func law(of metric: LuaFoldMetric) throws(ReadoutError) -> MergeLaw {
    try laws.withLock { (known) throws(ReadoutError) in
      if let law = known[metric.index] { return law }
      let law = try MergeTrial.law(of: metric)
      known[metric.index] = law
      return law
    }
  }

  fileprivate func take(back instance: PluginInstance) {
    idle.withLock { if $0.count < 64 { $0.append(instance) } }
  }
}

/// An instance in use by a worker; it goes back to its plugin when the worker and what it made are gone.
private final class PluginLease {
  let instance: PluginInstance
  private let plugin: Plugin

  init(of plugin: Plugin, instance: PluginInstance) {
    self.plugin = plugin
    self.instance = instance
  }

  deinit { plugin.take(back: instance) }
}
