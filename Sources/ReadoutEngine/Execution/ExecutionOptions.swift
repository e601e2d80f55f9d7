import Synchronization

/// How a query is run; nothing here changes its answer.
public struct ExecutionOptions: Sendable {
  /// What a plugin may take where nobody says: twenty times what ten million rows take a metric of 3 µs in the VM, and an
  /// end to one that does a little too much for each row.
  public static let defaultPluginTimeLimit = Duration.seconds(600)

  /// Threads that anything runs on; what asks for more gets so many. Each keeps a little for itself, also where it has no work.
  public static let mostThreads = 1024
  public static func allowed(threads: Int) -> Int { min(max(1, threads), mostThreads) }

  public var threads: Int
  public var control: ExecutionControl
  /// How long each plugin may run in Lua in one query, its calls on all threads added up; nil is without limit.
  public var pluginTimeLimit: Duration?
  /// The account of it, of the query that runs.
  var pluginTime: PluginTime?
  /// Told after each batch how many of how many rows of the current scan are done; from any thread.
  public var progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?

  public init(
    threads: Int, control: ExecutionControl = ExecutionControl(),
    pluginTimeLimit: Duration? = defaultPluginTimeLimit,
    progress: (@Sendable (_ done: Int, _ of: Int) -> Void)? = nil
  ) {
    self.threads = Self.allowed(threads: threads)
    self.control = control
    self.pluginTimeLimit = pluginTimeLimit
    self.progress = progress
  }
}

/// Stops a running query from outside: by cancelling, or at a deadline.
public final class ExecutionControl: Sendable {
  private let cancelled = Atomic<Bool>(false)
  /// How long the work may take from when this was made; nil is without limit.
  public let timeLimit: Duration?
  /// The moment after which work stops; nil is never.
  public let deadline: ContinuousClock.Instant?
  /// Whether the deadline lies behind.
  public var isLate: Bool { deadline.map { ContinuousClock.now > $0 } ?? false }

  public init(timeLimit: Duration? = nil) {
    self.timeLimit = timeLimit
    deadline = timeLimit.map { ContinuousClock.now.advanced(by: $0) }
  }

  public func cancel() { cancelled.store(true, ordering: .relaxed) }
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
}
