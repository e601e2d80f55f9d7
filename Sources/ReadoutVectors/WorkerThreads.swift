#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Plain threads of the system, waited for together. Foundation's would bring all of Foundation into the start of a program.
public enum WorkerThreads {
  /// Calls `body(0)` to `body(count - 1)`, each on a thread of its own, the first on this one; returns when all have.
  ///
  /// Where the system gives no more threads, the calls left over run on this one.
  public static func run(_ count: Int, stackBytes: Int = 8 << 20, _ body: @escaping @Sendable (_ thread: Int) -> Void) {
    var attributes = pthread_attr_t()
    // Sound: the attributes are initialised before use, destroyed after, and live through both.
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackBytes)
    var started: [pthread_t] = []
    var leftOver: [Int] = []
    for thread in 1..<max(1, count) {
      // Sound: the attributes live through the call.
      if let handle = unsafe newThread(&attributes, { body(thread) }) {
        started.append(handle)
      } else {
        leftOver.append(thread)
      }
    }
    if count > 0 { body(0) }
    for thread in leftOver { body(thread) }
    for handle in started { pthread_join(handle, nil) }
  }

  /// Calls `body` on a thread of its own, which nobody waits for; false where the system gives none.
  @discardableResult
  public static func startDetached(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let handle = unsafe newThread(nil, body) else { return false }
    pthread_detach(handle)
    return true
  }

  /// Begins to run `body` on a thread of its own; nil where the system gives none, and nothing runs.
  public static func start(_ body: @escaping @Sendable () -> Void) -> Started? {
    let handle = unsafe newThread(nil, body)
    return handle.map { Started(handle: $0) }
  }

  /// A new thread that runs `body`; nil where the system gives none.
  @unsafe private static func newThread(
    _ attributes: UnsafePointer<pthread_attr_t>?, _ body: @escaping @Sendable () -> Void
  ) -> pthread_t? {
    #if canImport(Darwin)
      var handle: pthread_t?
    #else
      var handle = pthread_t()
    #endif
    let call = unsafe Unmanaged.passRetained(Call(body))
    // Sound: the call is retained until the thread takes it, or released here where no thread was made.
    guard unsafe pthread_create(&handle, attributes, entry, call.toOpaque()) == 0 else {
      unsafe call.release()
      return nil
    }
    return handle
  }

  /// A thread that was begun by `start`; it has to be joined or detached.
  public struct Started: @unchecked Sendable {
    // Sound: a thread's handle may be used from every thread.
    fileprivate let handle: pthread_t

    /// Waits until its body has returned; may be called once.
    public func join() { pthread_join(handle, nil) }

    /// Lets it end by itself, in place of `join`.
    public func detach() { pthread_detach(handle) }
  }

  /// Leaves the processor to others for some microseconds.
  public static func rest() { usleep(50) }

  private final class Call: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  #if canImport(Darwin)
    private static let entry: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
      unsafe Unmanaged<Call>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }
  #else
    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      // `pthread_create` hands over what it was given, and that was not nil.
      unsafe Unmanaged<Call>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }
  #endif
}
