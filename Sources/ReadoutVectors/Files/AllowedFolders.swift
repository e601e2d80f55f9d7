import CVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folders that files have to lie in, symbolic links and `..` followed.
///
/// It is asked of a file that is open already: a path that is checked first and opened then may lead elsewhere by then, an open file
/// stays what it is.
public struct AllowedFolders: Sendable {
  private let folders: [String]

  /// - Parameter folders: Absolute, their links resolved.
  public init(_ folders: [String]) { self.folders = folders }

  /// Whether an absolute path without links is one of the folders, or lies in one. By its bytes: two names that look the same are two names.
  public func contains(_ path: String) -> Bool {
    folders.contains { folder in
      let inside = folder.hasSuffix("/") ? folder : folder + "/"
      return path.utf8.elementsEqual(folder.utf8) || path.utf8.starts(with: inside.utf8)
    }
  }

  /// Whether an open file lies in the folders; false where the system does not tell where it lies (Linux without `/proc`).
  func hold(_ descriptor: Int32) -> Bool { Self.path(of: descriptor).map(contains) ?? false }

  /// Where an open file lies now.
  private static func path(of descriptor: Int32) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
    // Sound: both calls write at most `PATH_MAX` bytes into the buffer, which is longer.
    #if os(Linux)
      let length = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe readlink(
          "/proc/self/fd/\(descriptor)", bytes.baseAddress!.assumingMemoryBound(to: CChar.self), Int(PATH_MAX))
      }
      guard length > 0 else { return nil }
      return String(decoding: buffer[..<length], as: UTF8.self)
    #else
      let status = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe fcntl(descriptor, F_GETPATH, bytes.baseAddress!)
      }
      guard status == 0 else { return nil }
      return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    #endif
  }
}

/// A descriptor of the file for `readBlock`; -1 with `errno`, which is `EXDEV` where the file lies outside of `folders`. Opening a pipe
/// waits for nobody.
func openToRead(_ path: String, within folders: AllowedFolders? = nil) -> Int32 {
  let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
  guard let folders else { return unsafe open(path, flags) }
  #if os(Linux)
    // First as a mere place: a device or pipe outside is not even opened.
    let place = OpenFile(unsafe readout_open_place(path))
    guard place.descriptor >= 0 else { return -1 }
    guard folders.hold(place.descriptor) else {
      errno = EXDEV
      return -1
    }
    return unsafe open("/proc/self/fd/\(place.descriptor)", flags)
  #else
    let file = unsafe open(path, flags)
    if file < 0 || folders.hold(file) { return file }
    close(file)
    errno = EXDEV
    return -1
  #endif
}

/// Reads what an open file has next to the beginning of `block`, and waits for it as long as `goesOn` says, which is asked ten times a
/// second. The number of bytes; 0 at the end; -1 with `errno`, which is `ECANCELED` where it is not to go on.
func readBlock(_ descriptor: Int32, to block: inout [UInt8], while goesOn: () -> Bool) -> Int {
  while goesOn() {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // Sound: `poll` fills one `pollfd`, and `read` writes at most the block's size into the block.
    if unsafe poll(&waited, 1, 100) == 0 { continue }
    let got = unsafe block.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if got >= 0 || (errno != EINTR && errno != EAGAIN) { return got }
  }
  errno = ECANCELED
  return -1
}
