import ReadoutEngine
import ReadoutVectors

/// Where bytes come from.
public struct Source: Sendable {
  enum Origin: Sendable {
    case file(String)
    case bytes([UInt8])
    case standardInput
  }

  let origin: Origin
  /// Where a file has to lie; nil is anywhere.
  let folders: AllowedFolders?
  /// As the user named it; errors show it.
  public let name: String

  /// A file, plain or compressed (`.gz .zst .bz2 .xz .zip`, told by its first bytes); `name` is shown in place of the path.
  ///
  /// - Parameter folders: Where it has to lie; nil is anywhere.
  public static func file(_ path: String, named name: String? = nil, within folders: AllowedFolders? = nil) -> Source {
    Source(origin: .file(path), folders: folders, name: name ?? path)
  }

  /// Bytes in memory, plain or compressed.
  public static func bytes(_ bytes: [UInt8], named name: String) -> Source {
    Source(origin: .bytes(bytes), folders: nil, name: name)
  }

  /// The format that its name tells, or those of the files in it where it is a zip archive; nil where they tell none.
  func format() throws(ReadoutError) -> RecordFormat? {
    if let format = RecordFormat(ofFile: name) { return format }
    guard name.lowercased().hasSuffix(".zip") else { return nil }
    let bytes: PaddedBytes
    switch origin {
    case .bytes(let own): bytes = PaddedBytes(own)
    case .file(let path):
      // What cannot be opened is complained of where it is read.
      guard Files.kind(path) == .file, let own = try? PaddedBytes(file: path, within: folders, while: { _ in true })
      else { return nil }
      bytes = own
    case .standardInput: return nil
    }
    guard bytes.count > 1, bytes.vector[0] == 0x50, bytes.vector[1] == 0x4B else { return nil }
    return try ZipDirectory(bytes, name: name).format(name: name)
  }

  /// Standard input, read to its end.
  public static var standardInput: Source { Source(origin: .standardInput, folders: nil, name: "standard input") }

  /// The files that a path with `*`, `?` and `[…]` matches, in the order of their names' bytes; a path that exists, or has none of
  /// these, is itself. No match is an error.
  ///
  /// - Parameter folders: Where the files have to lie; nil is anywhere.
  public static func files(
    matching pattern: String, within folders: AllowedFolders? = nil
  ) throws(ReadoutError) -> [Source] {
    if !pattern.utf8.contains(where: { [0x2A, 0x3F, 0x5B].contains($0) }) || FilePaths.exists(pattern) {
      return [.file(pattern, within: folders)]
    }
    let paths = FilePaths.matching(pattern)
    guard !paths.isEmpty else {
      throw ReadoutError(
        .request, "no file matches", value: pattern, hint: "check the path; * stands for any part of a name")
    }
    return paths.map { .file($0, within: folders) }
  }
}
