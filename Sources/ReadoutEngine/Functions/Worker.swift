/// One thread's share of a query: what kernels keep between batches, such as a Lua state.
///
/// Used by one thread at a time and never shared, so it needs no lock.
public final class Worker {
  /// 0 to the number of threads - 1.
  public let index: Int
  private var resources: [ObjectIdentifier: AnyObject] = [:]

  /// By which long work of a single batch ends early; nil where nothing limits it.
  public let control: ExecutionControl?
  /// What plugins have taken in the query so far; nil where nothing limits it.
  public let pluginTime: PluginTime?

  /// A worker of a query; without its options, of work that nothing limits.
  public convenience init(index: Int, _ options: ExecutionOptions? = nil) {
    self.init(index: index, control: options?.control, pluginTime: options?.pluginTime)
  }

  private init(index: Int, control: ExecutionControl?, pluginTime: PluginTime?) {
    self.index = index
    self.control = control
    self.pluginTime = pluginTime
  }

  /// A worker of the same query that knows nothing yet: what it comes to know ends with it.
  func withoutResources() -> Worker { Worker(index: index, control: control, pluginTime: pluginTime) }

  /// The resource of `owner` in this worker, made on first use.
  public func resource<R: AnyObject>(of owner: AnyObject, make: () throws(ReadoutError) -> R) throws(ReadoutError) -> R
  {
    if let known = resources[ObjectIdentifier(owner)] as? R { return known }
    let made = try make()
    resources[ObjectIdentifier(owner)] = made
    return made
  }
}
