#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, and the place in it where some bytes begin.
///
/// It is open twice: the system reads ahead for each descriptor by itself, and does so best for one that goes through the file in order.
struct FileBytes: Sendable {
  private let open: OpenFile
  private let inOrder: OpenFile
  private let offset: Int

  /// Takes the descriptor over; it is closed with the last copy.
  init(descriptor: Int32) {
    open = OpenFile(descriptor)
    inOrder = open
    offset = 0
  }

  private init(_ open: OpenFile, _ inOrder: OpenFile, offset: Int) {
    self.open = open
    self.inOrder = inOrder
    self.offset = offset
  }

  /// With a second descriptor of its file, a regular one at `path`.
  func openedAgain(_ path: String) -> FileBytes {
    FileBytes(open, OpenFile(again: open, path: path) ?? open, offset: offset)
  }

  var descriptor: Int32 { open.descriptor }

  func dropping(_ count: Int) -> FileBytes { FileBytes(open, inOrder, offset: offset + count) }

  /// Reads the bytes of `range` to `target`, which has room for them; false where the file does not give them.
  @unsafe func read(_ range: Range<Int>, to target: UnsafeMutablePointer<UInt8>, inOrder goesOn: Bool) -> Bool {
    let descriptor = goesOn ? inOrder.descriptor : open.descriptor
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

    /// The same file opened once more; nil where `path` does not lead to it any longer.
    init?(again other: OpenFile, path: String) {
      var (mine, its) = (stat(), stat())
      descriptor = openToRead(path)
      // Sound: `fstat` fills one `stat` each.
      guard descriptor >= 0, unsafe fstat(descriptor, &mine) == 0, unsafe fstat(other.descriptor, &its) == 0,
        mine.st_ino == its.st_ino, mine.st_dev == its.st_dev
      else { return nil }
    }
    deinit { close(descriptor) }
  }
}

/// A descriptor of the file for reading, or -1.
func openToRead(_ path: String) -> Int32 { unsafe open(path, O_RDONLY | O_CLOEXEC) }
