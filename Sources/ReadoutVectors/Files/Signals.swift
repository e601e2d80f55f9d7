#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

public enum Signals {
  /// Lets a write to a pipe without a reader fail with an error in place of ending the process.
  public static func ignoreClosedPipes() { _ = signal(SIGPIPE, SIG_IGN) }
}

public enum Exit {
  /// Ends the process without unwinding: what must be finished has to be finished before.
  public static func now(_ status: Int32) -> Never { exit(status) }
}
