#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a command does about signals. A program that embeds Readout handles its own.
public enum Signals {
  /// Lets a write fail with an error in place of ending the process: to a pipe without a reader, and beyond the largest file that the
  /// user may write (`ulimit -f`).
  public static func ignoreFailedWrites() {
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
  }

  /// When the process is interrupted or ended, takes the unfinished files away, calls `say` with one line that tells what was written,
  /// and then lets the signal do its work. To be called before there are threads.
  ///
  /// A thread of its own waits for the signals, which all others block: what it does is ordinary code, which takes locks and calls what
  /// it likes. A signal that was ignored when the process began (`nohup`) stays so.
  public static func watchForEnd(_ say: @escaping @Sendable (String) -> Void) {
    var signals = sigset_t()
    // Sound: `signals` is made here and outlives each call.
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waited = signals
    WorkerThreads.startDetached {
      var waited = waited
      var number: Int32 = 0
      while unsafe sigwait(&waited, &number) != 0 {}
      ReportFiles.end { written in
        say("readout: \(word(for: number)): \(written)")
        _ = signal(number, SIG_DFL)
        unsafe pthread_sigmask(SIG_UNBLOCK, &waited, nil)
        raise(number)
      }
    }
  }

  private static func word(for number: Int32) -> String {
    switch number {
    case SIGINT: "interrupted"
    case SIGHUP: "hung up"
    default: "terminated"
    }
  }
}

public enum Exit {
  /// Ends the process without unwinding: what must be finished has to be finished before.
  public static func now(_ status: Int32) -> Never { exit(status) }
}
