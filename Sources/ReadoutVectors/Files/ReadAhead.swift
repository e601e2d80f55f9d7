import CVectors
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Brings mapped files into the system's cache ahead of whoever parses them, on a thread of its own: so the disk goes on working while all
/// other threads parse.
///
/// The files are read in their order, plainly and from front to end, which is what the system's own reading ahead is best at. What the
/// cache has already is passed over. The thread stays a bounded number of bytes ahead of those who read in order (`TextWindow`), so that a
/// file larger than the memory does not push out of the cache what nobody has parsed yet.
public final class ReadAhead: Sendable {
  /// Files with fewer bytes are here before a thread is.
  private static let leastBytes = 4 << 20
  private static let blockBytes = 1 << 18
  private static let leadBytes = 256 << 20

  private let files: [FileBytes]
  private let leadBytes: Int
  private let isOver = Atomic(false)
  /// How far it has come, in bytes of all files together.
  let bytesRead = Atomic(0)
  private let thread = Mutex<WorkerThreads.Started?>(nil)

  /// Begins at once; nil where there is nothing to read. `stop` has to be called.
  public convenience init?(_ texts: [PaddedBytes]) { self.init(texts, leadBytes: Self.leadBytes) }

  init?(_ texts: [PaddedBytes], leadBytes: Int) {
    self.leadBytes = leadBytes
    files = texts.compactMap(\.file)
    guard files.contains(where: { $0.byteCount >= Self.leastBytes }) else { return nil }
    let started = WorkerThreads.start { [self] in run() }
    thread.withLock { $0 = started }
  }

  /// Ends the thread, and waits for that.
  public func stop() {
    isOver.store(true, ordering: .relaxed)
    thread.withLock { $0.take() }?.join()
  }

  private func run() {
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    var parsed = ParsedBytes()
    for file in files {
      guard let own = file.openedAgain() else { return }
      var at = 0
      while at < file.byteCount {
        let read = bytesRead.load(ordering: .relaxed)
        while read - parsed.count(files) > leadBytes, !isOver.load(ordering: .relaxed) { WorkerThreads.rest() }
        if isOver.load(ordering: .relaxed) { return }
        let wanted = min(Self.blockBytes, file.byteCount - at)
        if readout_is_cached(own.descriptor, at) == 0 {
          // Sound: the block has room for `wanted` bytes. Whoever parses sees errors, and a file that was cut, for himself.
          guard unsafe pread(own.descriptor, &block, wanted, off_t(at)) > 0 else { break }
        }
        at += wanted
        bytesRead.store(read + wanted, ordering: .relaxed)
      }
    }
  }

  /// How far those have come who read in order, in bytes of all files together.
  private struct ParsedBytes {
    /// Files that were read to their end, from the first one on, and their bytes.
    private var done = 0
    private var doneBytes = 0

    mutating func count(_ files: [FileBytes]) -> Int {
      while done < files.count, files[done].reached >= files[done].byteCount {
        doneBytes += files[done].byteCount
        done += 1
      }
      return doneBytes + (done < files.count ? files[done].reached : 0)
    }
  }
}
