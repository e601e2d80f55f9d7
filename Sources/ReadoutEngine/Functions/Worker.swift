/// One thread's share of a query: what kernels keep between batches, such as a Lua state.
///
/// Used by one thread at a time and never shared, so it needs no lock.
public final class Worker {
  /// 0 to the number of threads - 1.
  public let index: Int
  private var resources: [ObjectIdentifier: AnyObject] = [:]

  /// By which long work of a single batch ends early; nil where nothing limits it.
  let control: ExecutionControl?

  public init(index: Int, control: ExecutionControl? = nil) {
    self.index = index
    self.control = control
  }

  /// The resource of `owner` in this worker, made on first use.
  public func resource<R: AnyObject>(of owner: AnyObject, make: () throws(ReadoutError) -> R) throws(ReadoutError) -> R
  {
    if let known = resources[ObjectIdentifier(owner)] as? R { return known }
    let made = try make()
    resources[ObjectIdentifier(owner)] = made
    return made
  }
}
