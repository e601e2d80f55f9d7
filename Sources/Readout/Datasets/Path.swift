import ReadoutEngine
import ReadoutVectors

/// Paths as text; nothing here asks the file system.
enum Path {
  /// `name` inside `folder`; an absolute `name` stands for itself.
  static func join(_ folder: String, _ name: String) -> String {
    if name.hasPrefix("/") || folder.isEmpty || folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder that holds `path`: `.` for a bare name.
  static func folder(of path: String) -> String {
    let bytes = path.utf8
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == bytes.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component, slashes at the end left out.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name without its endings of format and compression: `events.csv.gz` is `events`.
  static func stem(of path: String) -> String {
    var name = name(of: path)
    for ending in DataFile.compressions + DataFile.formats {
      if name.utf8.count > ending.utf8.count, name.lowercased().hasSuffix(ending) {
        name.removeLast(ending.count)
      }
    }
    return name
  }

  /// Without `.` and `..` components, as text: symbolic links are not looked at.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : (joined.isEmpty ? "." : joined)
  }

  /// The absolute path with links resolved as far as it exists; what is not there yet is kept as text.
  static func resolved(_ path: String) -> String {
    let clean = normalized(path)
    if let found = Files.resolved(path) ?? Files.resolved(clean) { return found }
    var end = clean.endIndex
    // What is longer stands nowhere.
    while clean.utf8.count <= ReadoutError.mostPathBytes,
      let slash = clean.utf8[..<end].lastIndex(of: UInt8(ascii: "/"))
    {
      if let above = Files.resolved(slash == clean.startIndex ? "/" : String(clean[..<slash])) {
        return join(above, String(clean[clean.utf8.index(after: slash)...]))
      }
      end = slash
    }
    return join(Files.workingFolder, clean)
  }

  /// The way from a folder to a path, both resolved: `../datasets/opcon`; `.` where they are the same.
  static func relative(_ path: String, from folder: String) -> String {
    let (to, from) = (path.split(separator: "/"), folder.split(separator: "/"))
    let shared = zip(to, from).prefix { $0 == $1 }.count
    let parts = Array(repeating: "..", count: from.count - shared) + to[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  /// Whether `path` is `folder` or lies in it; both resolved.
  static func contains(_ folder: String, _ path: String) -> Bool { AllowedFolders([folder]).contains(path) }
}

/// The endings by which a data file is known.
enum DataFile {
  static let formats = [".csv", ".tsv", ".tab", ".txt", ".jsonl", ".ndjson", ".json"]
  static let compressions = [".gz", ".zst", ".bz2", ".xz", ".zip"]

  /// Whether a file in a folder is read as a table: `.csv`, `.tsv`, `.tab`, `.jsonl` or `.ndjson`, compressed or not. A `.json` may be anything, and is
  /// read where it is named.
  static func isData(_ name: String) -> Bool {
    var name = name.lowercased()
    for ending in compressions where name.hasSuffix(ending) { name.removeLast(ending.count) }
    return [".csv", ".tsv", ".tab", ".jsonl", ".ndjson"].contains { name.hasSuffix($0) && name.count > $0.count }
  }
}
