/// How a query is run from Swift; nothing here changes its answer.
public struct RunOptions: Sendable {
  /// Threads that work on it.
  public var threads: Int
  /// The work is stopped with an error when it takes longer.
  public var timeLimit: Duration?
  /// Told now and then how many of how many rows of the current scan are done, from any thread.
  public var progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?

  public init(
    threads: Int = Processors.count, timeLimit: Duration? = nil,
    progress: (@Sendable (_ done: Int, _ of: Int) -> Void)? = nil
  ) {
    self.threads = threads
    self.timeLimit = timeLimit
    self.progress = progress
  }
}

extension Query {
  /// Runs the query and waits for the answer.
  ///
  /// The same query gives the same bytes whatever the number of threads, and may run on several threads at once. Inside
  /// a `Task` that is cancelled, use the asynchronous `collect`.
  /// - Throws: `ReadoutError` for unknown names, wrong types, values that a function refuses, a failing metric, and a
  ///   time or memory limit that was passed.
  public func collect(threads: Int = Processors.count) throws(ReadoutError) -> Report {
    try collect(RunOptions(threads: threads))
  }

  /// Runs the query and waits for the answer, with a time limit or reports of progress.
  public func collect(_ options: RunOptions, control: ExecutionControl? = nil) throws(ReadoutError) -> Report {
    let control = control ?? ExecutionControl(timeLimit: options.timeLimit)
    let execution = ExecutionOptions(threads: options.threads, control: control, progress: options.progress)
    return Report(try Executor.run(loadingMetrics(), options: execution))
  }

  /// Runs the query on another thread; cancelling the task stops it, with the error `ReadoutError.cancelled`.
  public func collect(_ options: RunOptions = RunOptions()) async throws(ReadoutError) -> Report {
    let control = ExecutionControl(timeLimit: options.timeLimit)
    let outcome = await withTaskCancellationHandler {
      await Task.detached { () -> Result<Report, ReadoutError> in
        do throws(ReadoutError) {
          return .success(try collect(options, control: control))
        } catch {
          return .failure(error)
        }
      }.value
    } onCancel: {
      control.cancel()
    }
    return try outcome.get()
  }

  /// The plan as text: what is skipped, what runs column-wise, what runs in the Lua VM, and why.
  public func explain() throws(ReadoutError) -> String { try Executor.explain(loadingMetrics()) }
}
