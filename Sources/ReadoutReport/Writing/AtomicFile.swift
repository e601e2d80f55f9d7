import ReadoutEngine
import ReadoutVectors

/// A file that appears whole or not at all: written under another name in the same folder, forced to the disk, and then
/// put in place in one step. Without `commit` nothing is left.
public struct AtomicFile: ByteSink, ~Copyable {
  /// The path as it was given.
  private let path: String
  /// The name of the file to be, in the folder that symbolic links lead to.
  private let target: String
  private let unfinished: UnfinishedFile
  private var file: OutputFile
  private var isCommitted = false

  /// - Parameter folders: Where the file has to lie; nil is anywhere.
  /// - Throws: `ReadoutError` where a file cannot be made beside `path`, or a folder stands there.
  public init(_ path: String, within folders: AllowedFolders? = nil) throws(ReadoutError) {
    if Files.kind(path) == .folder {
      throw ReadoutError(.request, "cannot write the report: this is a folder", value: path)
    }
    let found = Files.resolved(path) ?? path
    let slash = found.utf8.lastIndex(of: UInt8(ascii: "/"))
    let above = slash.map { String(found[...$0]) } ?? ""
    let name = slash.map { String(found[found.utf8.index(after: $0)...]) } ?? found
    do throws(FileProblem) {
      // From here on the folder is the one that was opened: what its path leads to does not matter any longer.
      let folder = try OpenFolder(above, within: folders)
      Files.removeLeftovers(in: folder, above) { ReportName.isUnfinished($0) }
      var attempt = 0
      while true {
        // A name of its own for each process and attempt; what cannot be claimed is stepped over.
        let unfinished = UnfinishedFile(
          ".\(name).\(Files.processNumber)-\(attempt)\(ReportName.unfinishedEnding)", in: folder)
        attempt += 1
        do throws(FileProblem) {
          let file = try OutputFile(creating: unfinished.name, in: folder, like: name)
          if !file.claim() {
            folder.remove(unfinished.name)
            continue
          }
          self.file = file
          self.unfinished = unfinished
          self.target = name
          self.path = path
          ReportFiles.begin(unfinished)
          return
        } catch {
          guard error.exists, attempt < 1000 else { throw error }
        }
      }
    } catch {
      throw ReadoutError(writing: FileProblem(path: path, code: error.code))
    }
  }

  public mutating func write(_ bytes: Span<UInt8>) throws(ReadoutError) {
    do { try file.write(all: bytes) } catch { throw ReadoutError(writing: FileProblem(path: path, code: error.code)) }
  }

  /// Puts the file in its place.
  public consuming func commit() throws(ReadoutError) {
    do {
      try file.synchronize()
      try ReportFiles.move(unfinished, to: target, named: path)
    } catch {
      throw ReadoutError(writing: FileProblem(path: path, code: error.code))
    }
    isCommitted = true
    unfinished.folder.synchronize()
  }

  /// Puts the file in its place as one that another will follow: it is not forced to the disk, and counts for no report of this run.
  public consuming func commitProvisionally() throws(ReadoutError) {
    do { try ReportFiles.move(unfinished, to: target) } catch {
      throw ReadoutError(writing: FileProblem(path: path, code: error.code))
    }
    isCommitted = true
  }

  deinit { if !isCommitted { ReportFiles.remove(unfinished) } }
}
