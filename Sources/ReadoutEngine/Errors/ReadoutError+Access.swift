extension ReadoutError {
  /// Bytes of the longest path that a system takes.
  public static let mostPathBytes = 4096

  /// Refuses a path that is longer than any system takes, before anything is made of it.
  public static func check(path: String) throws(ReadoutError) {
    guard path.utf8.count > mostPathBytes else { return }
    throw ReadoutError(
      .request, "path too long", value: path, hint: "a path has at most \(ShownNumber.grouped(mostPathBytes)) bytes")
  }

  /// A file that lies outside of the folders in which an analysis may read; `path` as the user knows it.
  public static func outsideOfReadableFolders(_ path: String) -> ReadoutError {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    return ReadoutError(
      .request, "an analysis may not read this", value: path,
      hint: "it reads in its own folder and in the working folder; allow another with --allow-read "
        + (folder.isEmpty ? "/" : folder))
  }
}
