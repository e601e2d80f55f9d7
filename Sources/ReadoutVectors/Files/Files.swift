#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Questions to the file system, by path. Relative paths count from the working folder.
public enum Files {
  public enum Kind: Sendable {
    case file
    case folder
    /// A pipe, a terminal, a device.
    case other
  }

  /// What stands at a path, symbolic links followed; nil where nothing does.
  public static func kind(_ path: String) -> Kind? {
    var status = stat()
    // Sound: the path is a string that ends in 0 for the call, `status` is written by it and outlives it.
    guard unsafe stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Length and time of the last change, in nanoseconds since 1970, of what stands at a path; nil where nothing does.
  public static func stamp(_ path: String) -> FileStamp? {
    var status = stat()
    // Sound: as in `kind`.
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return FileStamp(
      byteCount: Int(status.st_size), changed: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }

  /// Makes a folder the working folder.
  public static func enter(_ folder: String) throws(FileProblem) {
    if unsafe chdir(folder) != 0 { throw .last(folder) }
  }

  /// The names in a folder in code point order, those that begin with a dot left out.
  public static func names(in folder: String) throws(FileProblem) -> [String] {
    try allNames(in: folder).filter { !$0.hasPrefix(".") }
  }

  /// The names in a folder in code point order, `.` and `..` left out.
  public static func allNames(in folder: String) throws(FileProblem) -> [String] {
    guard let handle = unsafe opendir(folder) else { throw .last(folder) }
    defer { unsafe closedir(handle) }
    var names: [String] = []
    // Sound: an entry is valid until the next `readdir` of this handle, which nobody else holds; its name ends in 0.
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { start in
        unsafe start.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The absolute path with every symbolic link and `..` resolved; nil where nothing stands there.
  public static func resolved(_ path: String) -> String? {
    // Sound: with a null buffer `realpath` allocates the string, which is copied and then freed.
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  public static var workingFolder: String { resolved(".") ?? "." }

  /// The file of the running program; nil where the system does not tell.
  public static var executable: String? {
    #if os(Linux)
      return resolved("/proc/self/exe")
    #else
      return resolved(CommandLine.arguments[0])
    #endif
  }

  /// All bytes of a file, a pipe included, as long as `goesOn` says; where `folders` are given, it has to lie in them.
  ///
  /// - Parameter most: once there are more bytes no more are read: a device may have any number.
  public static func contents(
    _ path: String, within folders: AllowedFolders? = nil, atMost most: Int = .max, while goesOn: () -> Bool = { true }
  ) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(FileProblem) {
      try forEachBlock(path, within: folders, blockBytes: 1 << 16, while: { bytes.count <= most && goesOn() }) {
        block in
        // Sound: the pointer is used inside the closure only.
        unsafe block.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      }
    } catch {
      if bytes.count <= most { throw error }
    }
    return bytes
  }

  /// Hands over the bytes of a file, a pipe included, block by block.
  static func forEachBlock(
    _ path: String, within folders: AllowedFolders? = nil, blockBytes: Int, while goesOn: () -> Bool = { true },
    _ body: (Span<UInt8>) -> Void
  ) throws(FileProblem) {
    let descriptor = openToRead(path, within: folders)
    guard descriptor >= 0 else { throw .last(path) }
    defer { close(descriptor) }
    var block = [UInt8](repeating: 0, count: blockBytes)
    while true {
      let got = readBlock(descriptor, to: &block, while: goesOn)
      if got < 0 { throw .last(path) }
      if got == 0 { return }
      body(block.span.extracting(0..<got))
    }
  }

  /// The value of an environment variable; nil where it is not set or empty.
  public static func environment(_ name: String) -> String? {
    // Sound: nobody in this process changes the environment after its start.
    guard let value = unsafe getenv(name), let text = unsafe String(validatingCString: value), !text.isEmpty else {
      return nil
    }
    return text
  }
}

/// By which one sees that a file was written to, as far as its length and time tell.
public struct FileStamp: Sendable, Equatable {
  public let byteCount: Int
  /// Nanoseconds since 1970.
  public let changed: Int64
}
