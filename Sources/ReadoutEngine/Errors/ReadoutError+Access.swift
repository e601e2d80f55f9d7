extension ReadoutError {
  /// A file that lies outside of the folders in which an analysis may read; `path` as the user knows it.
  public static func outsideOfReadableFolders(_ path: String) -> ReadoutError {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    return ReadoutError(
      .request, "an analysis may not read this", value: path,
      hint: "it reads in its own folder and in the working folder; allow another with --allow-read "
        + (folder.isEmpty ? "/" : folder))
  }
}
