import CVectors
import Synchronization

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
  private let path: String
  private var offset = 0
  /// What the file was like when its bytes were mapped.
  private let first: MappedFileState
  /// The number of the mapping's guard.
  private let guarding: Int32

  /// Takes over the descriptor of a regular file at `path`, opens it a second time, and shares the guard of its mapping; the descriptors
  /// are closed with the last copy.
  init(_ open: OpenFile, path: String, state: MappedFileState, guarding: Int32) {
    self.open = open
    self.inOrder = OpenFile(again: open, path: path) ?? open
    self.path = path
    self.first = state
    self.guarding = guarding
  }

  /// Whether the file still has the bytes that were mapped, as far as its size and its time of change tell; it may have grown. To be
  /// asked while the mapping lives.
  var isUnchanged: Bool {
    readout_mapping_was_cut(guarding) == 0 && MappedFileState(open.descriptor).map { $0.keeps(first) } ?? true
  }

  /// The file opened once more, for a reader of its own pace.
  func openedAgain() -> OpenFile? { OpenFile(again: open, path: path) }

  /// Of the whole file.
  var byteCount: Int { first.size }

  /// Up to where the file was read in order so far.
  var reached: Int { inOrder.reached.load(ordering: .relaxed) }

  func dropping(_ count: Int) -> FileBytes {
    var rest = self
    rest.offset += count
    return rest
  }

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
    if goesOn { _ = inOrder.reached.max(offset + range.upperBound, ordering: .relaxed) }
    return true
  }
}

/// An open file, closed with its last owner.
final class OpenFile: Sendable {
  let descriptor: Int32
  /// Up to where it was read, by those who go through it in order.
  let reached = Atomic(0)

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The same file opened once more; nil where `path` does not lead to it any longer, or the process has too many files open.
  init?(again other: OpenFile, path: String) {
    var (mine, its) = (stat(), stat())
    descriptor = openToRead(path)
    // Sound: `fstat` fills one `stat` each.
    guard descriptor >= 0, unsafe fstat(descriptor, &mine) == 0, unsafe fstat(other.descriptor, &its) == 0,
      mine.st_ino == its.st_ino, mine.st_dev == its.st_dev
    else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// What tells whether a file changed.
struct MappedFileState: Sendable {
  let kind: UInt32
  let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// nil with `errno` where the system does not say.
  init?(_ descriptor: Int32) {
    var status = stat()
    // Sound: `fstat` fills one `stat`.
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    kind = UInt32(status.st_mode) & UInt32(S_IFMT)
    size = Int(status.st_size)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    seconds = Int(time.tv_sec)
    nanoseconds = Int(time.tv_nsec)
  }

  var isFile: Bool { kind == UInt32(S_IFREG) }
  var isFolder: Bool { kind == UInt32(S_IFDIR) }

  /// Whether what was there `before` is likely to be there still: the file is longer now, or nobody wrote to it.
  func keeps(_ before: MappedFileState) -> Bool {
    size > before.size || (size == before.size && seconds == before.seconds && nanoseconds == before.nanoseconds)
  }
}
