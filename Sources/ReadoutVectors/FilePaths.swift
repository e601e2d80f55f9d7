#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names of files as the system finds them.
public enum FilePaths {
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The paths that a shell pattern matches, in the order of their bytes.
  public static func matching(_ pattern: String) -> [String] {
    var found = unsafe glob_t()
    // Sound: `glob` fills `gl_pathc` C strings, which live until `globfree`.
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    var paths: [String] = []
    for i in 0..<Int(unsafe found.gl_pathc) {
      if let path = unsafe found.gl_pathv[i] { unsafe paths.append(String(cString: path)) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
