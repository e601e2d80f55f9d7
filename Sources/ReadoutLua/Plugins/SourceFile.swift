import ReadoutEngine
import ReadoutVectors

/// A file of Lua source.
enum SourceFile {
  /// Larger files are refused: source is written by people.
  static let largest = 16 << 20

  /// The bytes of a file; `name` is how errors call it. Where `folders` are given, it has to lie in them.
  ///
  /// What never ends, as a pipe may, is read until the run is over.
  static func read(
    _ path: String, named name: String, within folders: AllowedFolders? = nil, limits: LuaLimits
  ) throws(ReadoutError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try Files.contents(path, within: folders, atMost: largest, while: { !limits.isRunOver })
    } catch {
      try limits.checkRun()
      throw ReadoutError(.request, "cannot read", value: name, hint: error.reason)
    }
    guard bytes.count <= largest else {
      throw ReadoutError(.request, "too large for Lua source", value: name, hint: "at most \(largest >> 20) MB")
    }
    return bytes
  }

  /// The folder that a path stands in: `.` for a bare name.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A folder and a name as one path; `.` is left out, since users do not write it.
  static func path(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
