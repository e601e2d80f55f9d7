import ReadoutEngine

/// What a Lua state may use before it is stopped.
public struct LuaLimits: Sendable {
  /// Bytes that one state may hold, strings made by the host included.
  public var memory: Int
  /// How long one call by the host may take: a batch of a metric's rows, or the whole of an analysis. Nil is for ever.
  public var time: Duration?
  /// Of the whole run: behind its deadline nothing begins, and what runs is stopped. Nil is no deadline.
  public var control: ExecutionControl?
  /// Whether functions are turned into column programs where that can be. Off, everything runs in the VM: for tests and
  /// measurements, which compare the two. The answers are the same.
  public var lifts: Bool

  public init(
    memory: Int = 256 << 20, time: Duration? = .seconds(60), control: ExecutionControl? = nil, lifts: Bool = true
  ) {
    self.memory = memory
    self.time = time
    self.control = control
    self.lifts = lifts
  }

  /// Whether the time of the whole run is up.
  public var isRunOver: Bool { control?.isLate ?? false }

  /// Asked before a file is run: the first calls of one that begins too late would not be stopped at once.
  public func checkRun() throws(ReadoutError) {
    guard isRunOver else { return }
    throw ReadoutError(.request, "the time limit was reached", hint: "raise --time-limit").endingQuery()
  }
}
