import ReadoutEngine
import ReadoutVectors

@testable import ReadoutLua

/// The metrics of one instance of a plugin, lifted or not.
final class PluginHome: MetricHome {
  private let instance: PluginInstance
  private let lifts: Bool

  init(_ instance: PluginInstance, lifts: Bool) {
    self.instance = instance
    self.lifts = lifts
  }

  func functions(of index: Int, worker: Worker) throws(ReadoutError) -> (functions: MetricFunctions, lease: AnyObject) {
    (instance.metrics[index], self)
  }

  func lifting(of index: Int, _ definition: MetricDefinition) -> MetricLifting {
    lifts ? MetricLifting(definition, instance.metrics[index], isRunning: false) : MetricLifting(interpreted: nil)
  }

  func law(of metric: LuaFoldMetric) throws(ReadoutError) -> MergeLaw { try MergeTrial.law(of: metric) }
}

/// One metric over six rows of every type that its parameters have, as a query calls it.
struct MetricOverSample {
  private let definition: MetricDefinition
  private let home: PluginHome
  private let index: Int
  private let worker = Worker(index: 0)

  init(_ definition: MetricDefinition, _ home: PluginHome, _ index: Int) {
    self.definition = definition
    self.home = home
    self.index = index
  }

  private static func sample(_ type: DataType, shifted shift: Int) -> Values {
    let scalars: [Scalar] =
      switch type {
      case .integer: [1, .null, -3, .integer(.max), 0, 1]
      case .number: [0.5, .number(-0.0), .null, .number(.infinity), .number(.nan), 1e300]
      case .boolean: [.boolean(true), .null, .boolean(false), .boolean(true), .boolean(false), .boolean(true)]
      case .date: [.date(0), .date(20_396), .null, .date(-719_528), .date(2_932_896), .date(1)]
      case .timestamp:
        [.timestamp(0), .timestamp(1_762_248_600_123_456), .null, .timestamp(-1), .timestamp(60_000_000), .null]
      case .list: [.list(["a", "b"]), .null, .list([]), .list(["a"]), .list(["x,y", "\"q\""]), .list(["b"])]
      default: ["It may rain.", .null, "", "naïve 한국어 war, peace", "KOR", "a b a\n1.5 0x10"]
      }
    return Values((0..<6).map { scalars[($0 + shift) % 6] }, type: type)
  }

  func results() throws(ReadoutError) -> [String] {
    let columns = definition.parameters.enumerated().map { Self.sample($0.element.type, shifted: $0.offset) }
    let arguments = definition.parameters.map { Argument(type: $0.type) }
    switch definition.kind {
    case .each:
      let kernel = try LuaScalarMetric(definition: definition, home: home, index: index).bind(arguments)
      var present: Bitmap?
      if kernel.isStrict {
        for column in columns { present = Bitmap.both(present, column.validity) }
      }
      let values = try kernel.body(columns, Evaluation(worker: worker, count: 6, validity: present))
      return shown(
        Values(
          type: values.type, payload: values.payload, validity: Bitmap.both(values.validity, present), count: 6))
    case .fold:
      let kernel = try LuaFoldMetric(definition: definition, home: home, index: index).bind(arguments)
      let groups = Vector<UInt32>([0, 1, 0, 2, 1, 0])
      let parts = try [kernel.makeAccumulator(worker), kernel.makeAccumulator(worker)]
      for part in kernel.canMerge ? parts : [parts[0]] {
        try part.resize(to: 3)
        try part.update(columns, groups: groups, rows: Evaluation(worker: worker, count: 6))
      }
      if kernel.canMerge { try parts[0].merge(parts[1], groups: Vector([2, 0, 1])) }
      return shown(try parts[0].finalize(count: 3))
    }
  }

  private func shown(_ values: Values) -> [String] { (0..<values.count).map { "\(values[$0])" } }
}
