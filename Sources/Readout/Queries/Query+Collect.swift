import ReadoutEngine
import ReadoutReport
import ReadoutVectors

extension ExecutionOptions {
  /// Threads for all processors.
  public static var defaultThreads: Int { Processors.count }

  /// All processors, no time limit, no reports of progress.
  public static var standard: ExecutionOptions { ExecutionOptions(threads: defaultThreads) }
}

extension Query {
  /// Runs the query and waits for the answer.
  ///
  /// The same query gives the same bytes whatever the number of threads, and may run on several threads at once. To stop
  /// it from outside, keep the ``ExecutionControl`` of the options, or use the asynchronous `collect`.
  /// - Throws: `ReadoutError` for unknown names, wrong types, values that a function refuses, a failing metric, and a
  ///   time or memory limit that was passed.
  public func collect(_ options: ExecutionOptions = .standard) throws(ReadoutError) -> Report {
    Report(try Executor.run(loadingMetrics(), options: options))
  }

  /// Runs the query on so many threads and waits for the answer.
  public func collect(threads: Int) throws(ReadoutError) -> Report {
    try collect(ExecutionOptions(threads: threads))
  }

  /// Runs the query on another thread; cancelling the task stops it, with the error `ReadoutError.cancelled`.
  public func collect(_ options: ExecutionOptions = .standard) async throws(ReadoutError) -> Report {
    let outcome = await withTaskCancellationHandler {
      await Task.detached { () -> Result<Report, ReadoutError> in
        do throws(ReadoutError) {
          return .success(Report(try Executor.run(loadingMetrics(), options: options)))
        } catch {
          return .failure(error)
        }
      }.value
    } onCancel: {
      options.control.cancel()
    }
    return try outcome.get()
  }

  /// The plan as text: what is skipped, what runs column-wise, what runs in the Lua VM, and why.
  public func explain() throws(ReadoutError) -> String { try Executor.explain(loadingMetrics()) }

  /// Runs the query, on one thread, and gives the plan with how often each metric was called: for how many rows, how many of them were
  /// computed (the others repeat arguments), and how many batches the Lua VM ran.
  public func explain(running options: ExecutionOptions) throws(ReadoutError) -> String {
    try Executor.explain(loadingMetrics(), running: options)
  }
}
