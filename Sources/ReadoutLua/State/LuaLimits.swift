/// What a Lua state may use before it is stopped.
public struct LuaLimits: Sendable {
  /// Bytes that one state may hold, strings made by the host included.
  public var memory: Int
  /// How long one call by the host may take: a batch of a metric's rows, or the whole of an analysis. Nil is for ever.
  public var time: Duration?

  public init(memory: Int = 256 << 20, time: Duration? = .seconds(60)) {
    self.memory = memory
    self.time = time
  }
}
