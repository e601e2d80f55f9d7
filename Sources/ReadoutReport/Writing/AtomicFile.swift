import ReadoutEngine
import ReadoutVectors

/// A file that appears whole or not at all: written under another name in the same folder, forced to the disk, and then
/// put in place in one step. Without `commit` nothing is left.
public struct AtomicFile: ByteSink, ~Copyable {
  /// The path as it was given.
  private let path: String
  /// The file to be, symbolic links followed.
  private let target: String
  private let temporary: String
  private var file: OutputFile
  private var isCommitted = false
  /// Of unfinished files' names.
  private static let ending = ".readout-part"

  /// - Throws: `ReadoutError` where a file cannot be made beside `path`, or a folder stands there.
  public init(_ path: String) throws(ReadoutError) {
    if Files.kind(path) == .folder {
      throw ReadoutError(.request, "cannot write the report: this is a folder", value: path)
    }
    let target = Files.resolved(path) ?? path
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(target[...$0]) } ?? ""
    let name = slash.map { String(target[target.utf8.index(after: $0)...]) } ?? target
    Files.removeLeftovers(in: folder) { $0.hasPrefix(".") && $0.hasSuffix(Self.ending) }
    var attempt = 0
    while true {
      // A name of its own for each process and attempt; what cannot be claimed is stepped over.
      let temporary = "\(folder).\(name).\(Files.processNumber)-\(attempt)\(Self.ending)"
      do {
        let file = try OutputFile(creating: temporary, like: target)
        if !file.claim() {
          Files.remove(temporary)
          attempt += 1
          continue
        }
        self.file = file
        self.temporary = temporary
        self.target = target
        self.path = path
        ReportFiles.begin(temporary)
        return
      } catch {
        attempt += 1
        guard error.exists, attempt < 1000 else {
          throw ReadoutError(writing: FileProblem(path: path, code: error.code))
        }
      }
    }
  }

  public mutating func write(_ bytes: Span<UInt8>) throws(ReadoutError) {
    do { try file.write(all: bytes) } catch { throw ReadoutError(writing: FileProblem(path: path, code: error.code)) }
  }

  /// Puts the file in its place.
  public consuming func commit() throws(ReadoutError) {
    do {
      try file.synchronize()
      try ReportFiles.move(temporary, to: target, named: path)
    } catch {
      throw ReadoutError(writing: FileProblem(path: path, code: error.code))
    }
    isCommitted = true
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    Files.synchronizeFolder(slash.map { String(target[...$0]) } ?? ".")
  }

  /// Puts the file in its place as one that another will follow: it is not forced to the disk, and counts for no report of this run.
  public consuming func commitProvisionally() throws(ReadoutError) {
    do { try ReportFiles.move(temporary, to: target) } catch {
      throw ReadoutError(writing: FileProblem(path: path, code: error.code))
    }
    isCommitted = true
  }

  deinit {
    guard !isCommitted else { return }
    Files.remove(temporary)
    ReportFiles.forget(temporary)
  }
}
