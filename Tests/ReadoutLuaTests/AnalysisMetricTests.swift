import Dispatch
import ReadoutEngine
import ReadoutVectors
import Synchronization
import Testing

@testable import ReadoutLua

@Suite struct AnalysisMetricTests {
  /// The metrics that a script defines, and their state.
  private func analysis(_ source: String) throws -> Analysis {
    let state = try LuaState(limits: LuaLimits(), text: FixedText(), blame: .request)
    let analysis = Analysis(state: state, host: TestHost())
    let globals = try analysis.globals(arg: .table(items: [], fields: []), folder: ".")
    _ = try state.call(try state.compile(Array(source.utf8), file: "a.lua", globals: globals))
    return analysis
  }

  /// Runs `body` on another thread while this one holds the analysis's state; nil where it has to wait for it.
  private func whileTaken(
    _ analysis: Analysis, _ body: @escaping @Sendable () -> [Scalar]?
  ) throws -> [Scalar]? {
    let taken = Box()
    return try analysis.state.locked { () throws(ReadoutError) in
      DispatchQueue.global().async {
        taken.result.withLock { $0 = body() }
        taken.done.signal()
      }
      guard taken.done.wait(timeout: .now() + 10) == .success else { return nil }
      return taken.result.withLock { $0 }
    }
  }

  private final class Box: Sendable {
    let result = Mutex<[Scalar]?>(nil)
    let done = DispatchSemaphore(value: 0)
  }

  @Test func liftedMetricsNeedNoState() throws {
    let analysis = try analysis(
      """
      local scale = 2
      metric { name = 'scaled', params = { { 'x', 'number' } }, returns = 'number',
        each = function(x) if x < 0 then return 0.0 end return scale * x end }
      """)
    guard case .scalar(let metric) = analysis.metrics[0] else { throw Unexpected() }
    let kernel = try metric.bind([Argument(type: .number)])
    let result = try whileTaken(analysis) {
      let x = Values([.number(1.5), .number(-1), .number(4)], .number)
      return try? kernel.body([x], Evaluation(worker: Worker(index: 1), count: 3)).scalars
    }
    #expect(result == [.number(3), .number(0), .number(8)])
  }

  @Test func liftedFoldsNeedNoState() throws {
    let analysis = try analysis(
      """
      metric { name = 'total', params = { { 'x', 'integer' } }, returns = 'integer',
        init = function() return { n = 0 } end, update = function(s, x) s.n = s.n + x end,
        merge = function(s, o) s.n = s.n + o.n end, finalize = function(s) return s.n end }
      """)
    guard case .aggregate(let metric) = analysis.metrics[0] else { throw Unexpected() }
    let kernel = try metric.bind([Argument(type: .integer)])
    #expect(kernel.canMerge)
    let result = try whileTaken(analysis) {
      let worker = Worker(index: 1)
      guard let states = try? kernel.makeAccumulator(worker), let more = try? kernel.makeAccumulator(worker) else {
        return nil
      }
      for accumulator in [states, more] {
        guard (try? accumulator.resize(to: 1)) != nil else { return nil }
        let x = Values([.integer(1), .integer(2), .integer(4)], .integer)
        let rows = Evaluation(worker: worker, count: 3)
        guard (try? accumulator.update([x], groups: Vector(repeating: 0, count: 3), rows: rows)) != nil else {
          return nil
        }
      }
      guard (try? states.merge(more, groups: Vector([0]))) != nil else { return nil }
      return try? states.finalize(count: 1).scalars
    }
    #expect(result == [.integer(14)])
  }
}
