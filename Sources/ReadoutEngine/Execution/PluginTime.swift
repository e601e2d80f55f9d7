import Synchronization

/// The time that plugins have taken in one query, each on all threads together, and the limit on it.
///
/// A query within a query, such as the other side of a join, takes from the same limit.
public final class PluginTime: Sendable {
  /// What each plugin may take.
  public let limit: Duration
  private let taken = Mutex<[ObjectIdentifier: Duration]>([:])

  init(limit: Duration) { self.limit = limit }

  /// How long a plugin may run yet: below zero where it has taken more than its limit.
  public func left(of plugin: AnyObject) -> Duration {
    limit - taken.withLock { $0[ObjectIdentifier(plugin)] ?? .zero }
  }

  /// Counts time that a plugin has run.
  public func take(_ time: Duration, by plugin: AnyObject) {
    taken.withLock { $0[ObjectIdentifier(plugin), default: .zero] += time }
  }
}

extension ExecutionOptions {
  /// The options of a query that begins: within another one it shares that one's account of plugins' time.
  func beginningQuery() -> ExecutionOptions {
    guard let pluginTimeLimit, pluginTime == nil else { return self }
    var options = self
    options.pluginTime = PluginTime(limit: pluginTimeLimit)
    return options
  }
}
