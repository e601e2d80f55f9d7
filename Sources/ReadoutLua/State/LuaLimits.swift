/// What a Lua state may use before it is stopped.
public struct LuaLimits: Sendable {
  /// Bytes that one state may hold, strings made by the host included.
  public var memory: Int
  /// How long one call by the host may take: a batch of a metric's rows, or the whole of an analysis. Nil is for ever.
  public var time: Duration?
  /// Whether functions are turned into column programs where that can be. Off, everything runs in the VM: for tests and
  /// measurements, which compare the two. The answers are the same.
  public var lifts: Bool

  public init(memory: Int = 256 << 20, time: Duration? = .seconds(60), lifts: Bool = true) {
    self.memory = memory
    self.time = time
    self.lifts = lifts
  }
}
