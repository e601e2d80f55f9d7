import ReadoutEngine
import ReadoutReport
import ReadoutVectors

/// Which files an analysis may touch: it reads in its own folder, in the working folder and where it was allowed to, and
/// writes below the output folder. Symbolic links and `..` do not lead out: what counts is where a path ends up.
public struct FileAccess: Sendable {
  /// Where files may be read: whoever opens one asks again, of the open file.
  let readable: AllowedFolders
  /// Where reports may be written.
  let writable: AllowedFolders
  private let analysisFolder: String?
  private let output: String

  /// - Parameters:
  ///   - analysis: The script's path; nil where there is none.
  ///   - output: The folder of `--out`; reports are written below it.
  ///   - allowed: The folders of `--allow-read`.
  public init(analysis: String? = nil, output: String = ".", allowed: [String] = []) {
    analysisFolder = analysis.map { Path.folder(of: $0) }
    readable = AllowedFolders(([".", analysisFolder ?? "."] + allowed).map { Path.resolved($0) })
    writable = AllowedFolders([Path.resolved(output)])
    self.output = output
  }

  /// The path to read for what the script wrote: taken from the working folder, or else from the analysis's own.
  /// - Throws: `ReadoutError` where it leads out of the folders that may be read.
  public func reading(_ path: String) throws(ReadoutError) -> String {
    try ReadoutError.check(path: path)
    var found = path
    if let analysisFolder, !path.hasPrefix("/"), !exists(path) {
      let beside = Path.join(analysisFolder, path)
      if exists(beside) { found = beside }
    }
    try check(found, shown: path)
    return found
  }

  /// Refuses a path that leads out of the folders that may be read.
  func check(_ path: String, shown: String) throws(ReadoutError) {
    try ReadoutError.check(path: path)
    let target = Path.resolved(path)
    // The system ends a path at a NUL.
    guard !path.utf8.contains(0), readable.contains(target) else { throw .outsideOfReadableFolders(shown) }
  }

  /// The path to write for what the script wrote, its folder made where it is missing.
  /// - Throws: `ReadoutError` where it leads out of the output folder, or no report may have that name.
  public func writing(_ path: String) throws(ReadoutError) -> String {
    try ReportName.check(path)
    let wanted = Path.join(output, path)
    let inside = !path.hasPrefix("/") && writable.contains(Path.resolved(wanted))
    guard inside, Path.normalized(path) != ".", !path.utf8.contains(0) else {
      throw ReadoutError(
        .request, "a report may not be written outside the output folder", value: path,
        hint: "give a relative path; --out names the folder")
    }
    do {
      try Files.makeFolder(output)
      try Files.makeFolder(Path.folder(of: wanted), within: writable)
    } catch {
      throw ReadoutError(writing: error)
    }
    return wanted
  }

  /// Whether something stands at the path, or above a pattern or table's name.
  private func exists(_ path: String) -> Bool {
    if Files.kind(path) != nil { return true }
    let start = path.prefix { !"*?[".contains($0) }
    let folder = Path.folder(of: String(start) + "x")
    return start.utf8.count < path.utf8.count && Files.kind(folder) == .folder && folder != "."
  }
}
