#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, and the place in it where some bytes begin.
struct FileBytes: Sendable {
  private let open: OpenFile
  private let offset: Int

  /// Takes the descriptor over; it is closed with the last copy.
  init(descriptor: Int32) {
    open = OpenFile(descriptor)
    offset = 0
  }

  private init(_ open: OpenFile, offset: Int) {
    self.open = open
    self.offset = offset
  }

  var descriptor: Int32 { open.descriptor }

  func dropping(_ count: Int) -> FileBytes { FileBytes(open, offset: offset + count) }

  /// Reads the bytes of `range` to `target`, which has room for them; false where the file does not give them.
  @unsafe func read(_ range: Range<Int>, to target: UnsafeMutablePointer<UInt8>) -> Bool {
    var done = 0
    while done < range.count {
      let got = unsafe pread(
        descriptor, target + done, range.count - done, off_t(offset + range.lowerBound + done))
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return false }
      done += got
    }
    return true
  }

  private final class OpenFile: Sendable {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }
}
