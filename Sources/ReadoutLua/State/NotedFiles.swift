import ReadoutEngine

/// Where a Lua state notes the files that it compiles: the first as what it is, those that it requires as modules.
struct NotedFiles: Sendable {
  let files: InputFiles
  let role: InputFiles.Role

  /// Nil where nothing is noted.
  init?(_ files: InputFiles?, as role: InputFiles.Role) {
    guard let files else { return nil }
    self.files = files
    self.role = role
  }
}
