import ReadoutVectors
import Synchronization

/// The files that a run reads, with their hashes: what the record beside a report names.
///
/// Data files are hashed on one thread of their own while the run goes on; `files` waits for it. Small files, which are read
/// whole anyway, are hashed at once. A file counts once, as it was first read.
public final class InputFiles: Sendable {
  /// What a file is for. The raw value is what records call it.
  public enum Role: String, Sendable {
    case script, module, plugin, lexicon, data
    /// A `dataset.lua`.
    case description
    /// A list of words that an option names.
    case words
  }

  public struct Digest: Sendable, Equatable {
    public let byteCount: Int
    /// In hexadecimal digits.
    public let sha256: String

    public init(byteCount: Int, sha256: String) {
      self.byteCount = byteCount
      self.sha256 = sha256
    }
  }

  public struct File: Sendable {
    /// As the run named it.
    public let path: String
    public let role: Role
    /// Length and SHA-256; nil of a stream, which cannot be read again.
    public let digest: Digest?
    /// Whether it was written to between the reading and the hashing, as far as its length and time tell.
    public let hasChanged: Bool
  }

  private struct Entry {
    var path: String
    var role: Role
    /// When it was read; nil where the hash is that of the bytes that were.
    var read: FileStamp?
    /// Nil until it is known.
    var digest: Digest?
    /// Of a stream, or where no hashes are wanted.
    var isUnhashed = false
    var problem: FileProblem?
    var hasChanged = false

    var isDone: Bool { digest != nil || isUnhashed }
  }

  private struct State {
    var entries: [Entry] = []
    var paths: Set<String> = []
    /// The next entry that the thread takes; those before it are done.
    var next = 0
    var isHashing = false
    var thread: WorkerThreads.Started?
    /// Where the first `resolvedCount` entries lie, links followed.
    var places: Set<String> = []
    var resolvedCount = 0
  }

  private let state = Mutex(State())
  private let hashes: Bool

  /// - Parameter hashes: Whether hashes are wanted; else only the names are kept.
  public init(hashing hashes: Bool = true) { self.hashes = hashes }

  // The thread itself may be the last to hold this.
  deinit { state.withLock { $0.thread.take() }?.detach() }

  /// How many files were noted so far: those that what is made now can depend on.
  public var count: Int { state.withLock { $0.entries.count } }

  /// Whether a path leads, over links as well, to a file that was noted.
  public func holds(_ path: String) -> Bool {
    let place = Files.resolved(path) ?? path
    return state.withLock { state in
      for entry in state.entries[state.resolvedCount...] {
        state.places.insert(Files.resolved(entry.path) ?? entry.path)
      }
      state.resolvedCount = state.entries.count
      return state.places.contains(place)
    }
  }

  /// Notes a file that was read whole.
  public func note(_ path: String, as role: Role, contents: [UInt8]) {
    let digest = hashes ? Digest(byteCount: contents.count, sha256: SHA256.hexadecimal(of: contents.span)) : nil
    state.withLock { state in
      guard state.paths.insert(path).inserted else { return }
      state.entries.append(Entry(path: path, role: role, digest: digest, isUnhashed: !hashes))
    }
  }

  /// Notes a file that is read from now on; `-` is standard input.
  public func note(_ path: String, as role: Role) {
    state.withLock { state in
      guard state.paths.insert(path).inserted else { return }
      let isUnhashed = !hashes || Files.kind(path) != .file
      state.entries.append(Entry(path: path, role: role, read: Files.stamp(path), isUnhashed: isUnhashed))
      if isUnhashed || state.isHashing { return }
      // The last one found nothing more to do. Where there is none, `files` does it.
      state.thread?.join()
      state.thread = WorkerThreads.start { [self] in hash() }
      state.isHashing = state.thread != nil
    }
  }

  /// Hashes what is not hashed yet.
  private func hash() {
    while let (place, path) = taken() {
      var (digest, problem): (Digest?, FileProblem?)
      do throws(FileProblem) {
        let found = try Files.digest(path)
        digest = Digest(byteCount: found.byteCount, sha256: found.sha256)
      } catch {
        problem = error
      }
      let now = Files.stamp(path)
      state.withLock { state in
        state.entries[place].digest = digest
        state.entries[place].problem = problem
        state.entries[place].hasChanged = state.entries[place].read != now
      }
    }
  }

  private func taken() -> (place: Int, path: String)? {
    state.withLock { state in
      while state.next < state.entries.count, state.entries[state.next].isDone { state.next += 1 }
      guard state.next < state.entries.count else {
        state.isHashing = false
        return nil
      }
      state.next += 1
      return (state.next - 1, state.entries[state.next - 1].path)
    }
  }

  /// All files noted so far, in the order of their first reading.
  /// - Throws: `ReadoutError` for a file that cannot be read any longer.
  public func files() throws(ReadoutError) -> [File] {
    state.withLock { $0.thread.take() }?.join()
    hash()
    var files: [File] = []
    for entry in state.withLock({ $0.entries }) {
      guard entry.isDone else {
        throw ReadoutError(
          .data, "a file cannot be read any longer", value: entry.path, hint: entry.problem?.reason)
      }
      files.append(
        File(
          path: entry.path, role: entry.role, digest: entry.digest, hasChanged: entry.hasChanged))
    }
    return files
  }
}
