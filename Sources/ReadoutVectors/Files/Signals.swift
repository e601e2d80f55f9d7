import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a command does about signals. A program that embeds Readout handles its own.
public enum Signals {
  /// Lets a write to a pipe without a reader fail with an error in place of ending the process.
  public static func ignoreClosedPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Takes the file of `UnfinishedFile` away when the process is interrupted or ended, which it then is.
  public static func removeUnfinishedFile() {
    // The slot exists before a signal can come: its first use is not safe in a handler.
    UnfinishedFile.release(UnfinishedFile.keep(""))
    for number in [SIGINT, SIGTERM, SIGHUP] {
      _ = signal(number) { number in
        UnfinishedFile.removeFromSignalHandler()
        _ = signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}

/// The file that is being written, for a signal handler to find. One at a time: further ones are not kept.
public enum UnfinishedFile {
  /// The address of a C string, or 0.
  private static let path = Atomic<UInt>(0)

  /// Keeps a path; 0 where there is one already.
  public static func keep(_ name: String) -> UInt {
    // Sound: the copy is freed by `release`, which takes it out of the slot first.
    guard let copy = unsafe strdup(name) else { return 0 }
    let address = UInt(bitPattern: copy)
    if path.compareExchange(expected: 0, desired: address, ordering: .sequentiallyConsistent).exchanged {
      return address
    }
    unsafe free(copy)
    return 0
  }

  /// Forgets what `keep` gave the number for.
  public static func release(_ kept: UInt) {
    guard kept != 0, path.compareExchange(expected: kept, desired: 0, ordering: .sequentiallyConsistent).exchanged
    else { return }
    unsafe free(UnsafeMutablePointer<CChar>(bitPattern: kept))
  }

  /// Only loads an atomic and calls `unlink`, as a handler may.
  fileprivate static func removeFromSignalHandler() {
    let address = path.load(ordering: .sequentiallyConsistent)
    if let name = unsafe UnsafePointer<CChar>(bitPattern: address) { _ = unsafe unlink(name) }
  }
}

public enum Exit {
  /// Ends the process without unwinding: what must be finished has to be finished before.
  public static func now(_ status: Int32) -> Never { exit(status) }
}
