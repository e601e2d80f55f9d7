#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file or stream to write to; closed with its owner.
public struct OutputFile: ~Copyable {
  /// As errors name it.
  public let path: String
  private let descriptor: Int32
  private let isOwned: Bool

  private init(path: String, descriptor: Int32, isOwned: Bool) {
    self.path = path
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  /// Makes a file that must not exist yet, with the usual permissions, or with those of the file `like` beside it.
  public init(creating name: String, in folder: OpenFolder, like: String) throws(FileProblem) {
    let descriptor = unsafe openat(folder.descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last(name) }
    var status = stat()
    // Sound: as in `Files.kind`.
    if unsafe fstatat(folder.descriptor, like, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG {
      _ = fchmod(descriptor, status.st_mode & 0o7777)
    }
    self.init(path: name, descriptor: descriptor, isOwned: true)
  }

  /// Marks the file as one that a living process writes, until it is closed or the process ends, however that comes about. False where
  /// another process is removing it as a leftover, or has.
  public func claim() -> Bool {
    // Where the file system knows no locks, nobody removes leftovers either.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return errno != EWOULDBLOCK }
    var status = stat()
    // Sound: as in `Files.kind`.
    return unsafe fstat(descriptor, &status) != 0 || status.st_nlink > 0
  }

  /// Opens what is there already: a pipe, a terminal, `/dev/stdout`; where `folders` are given, it has to lie in them.
  public init(opening path: String, within folders: AllowedFolders? = nil) throws(FileProblem) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(path) }
    guard folders?.hold(descriptor) ?? true else {
      close(descriptor)
      throw FileProblem(path: path, code: EXDEV)
    }
    self.init(path: path, descriptor: descriptor, isOwned: true)
  }

  public static var standardOutput: OutputFile {
    OutputFile(path: "standard output", descriptor: 1, isOwned: false)
  }
  public static var standardError: OutputFile {
    OutputFile(path: "standard error", descriptor: 2, isOwned: false)
  }

  deinit { if isOwned { close(descriptor) } }

  /// Writes all of `bytes`, going on after partial writes and signals.
  public func write(all bytes: Span<UInt8>) throws(FileProblem) {
    var done = 0
    while done < bytes.count {
      let rest = bytes.extracting(done..<bytes.count)
      // Sound: `write` reads at most `count` bytes of the span.
      let wrote = unsafe rest.withUnsafeBufferPointer { unsafe Self.write(descriptor, $0) }
      if wrote < 0 {
        if errno == EINTR { continue }
        throw .last(path)
      }
      done += wrote
    }
  }

  private static func write(_ descriptor: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Waits until the bytes are on the disk.
  public func synchronize() throws(FileProblem) { if fsync(descriptor) != 0 { throw .last(path) } }

  /// Whether somebody looks at it.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal; nil where it is none or does not say.
  public var terminalColumns: Int? {
    var size = winsize()
    // Sound: `ioctl` with `TIOCGWINSZ` fills one `winsize`.
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

extension Files {
  /// Takes away files that nobody writes any more: those in `folder`, which `path` leads to, that `isLeftover` names and no living process has
  /// claimed. Looks through a folder once in the life of a process.
  public static func removeLeftovers(in folder: OpenFolder, _ path: String, _ isLeftover: (String) -> Bool) {
    guard ReportFiles.isNew(path), let names = try? allNames(in: path.isEmpty ? "." : path) else { return }
    folder.removeLeftovers(names.filter(isLeftover))
  }

  public static var processNumber: Int32 { getpid() }
}
