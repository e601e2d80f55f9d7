#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the operating system said when it refused something with a file.
public struct FileProblem: Error, Sendable, Equatable {
  /// The path as it was given.
  public var path: String
  /// The `errno` of the call.
  public var code: Int32

  public init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  /// Takes the `errno` of the call that has just failed.
  static func last(_ path: String) -> FileProblem { FileProblem(path: path, code: errno) }

  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  /// Whether a folder stands where a file is wanted.
  public var isFolder: Bool { code == EISDIR }
  /// Whether a file was to be made that is there already.
  public var exists: Bool { code == EEXIST }
  /// Whether it lies outside of the `AllowedFolders`.
  public var isOutside: Bool { code == EXDEV }
  /// Whether whoever reads it was told to end.
  public var isEnded: Bool { code == ECANCELED }
  /// Whether the reader of a pipe has gone.
  public var isClosedPipe: Bool { code == EPIPE }

  /// `No such file or directory`, in the words of the C library.
  public var reason: String {
    if isOutside { return "it leads out of the folders that may be used" }
    // Sound: `strerror` gives a string that stays valid until this thread asks again; it is copied at once.
    return unsafe String(cString: strerror(code))
  }
}
