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
  /// As the user named it; errors show it.
  public let name: String

  /// A file, plain or compressed (`.gz .zst .bz2 .xz .zip`, told by its first bytes); `name` is shown in place of the path.
  public static func file(_ path: String, named name: String? = nil) -> Source {
    Source(origin: .file(path), name: name ?? path)
  }

  /// Bytes in memory, plain or compressed.
  public static func bytes(_ bytes: [UInt8], named name: String) -> Source { Source(origin: .bytes(bytes), name: name) }

  /// Standard input, read to its end.
  public static var standardInput: Source { Source(origin: .standardInput, name: "standard input") }

  /// The files that a path with `*`, `?` and `[…]` matches, in the order of their names' bytes; a path that exists, or has none of
  /// these, is itself. No match is an error.
  public static func files(matching pattern: String) throws(ReadoutError) -> [Source] {
    if !pattern.utf8.contains(where: { [0x2A, 0x3F, 0x5B].contains($0) }) || FilePaths.exists(pattern) {
      return [.file(pattern)]
    }
    let paths = FilePaths.matching(pattern)
    guard !paths.isEmpty else {
      throw ReadoutError(
        .request, "no file matches", value: pattern, hint: "check the path; * stands for any part of a name")
    }
    return paths.map { .file($0) }
  }
}
