import CVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open folder. What is done with the files in it happens in this folder, wherever its path leads by then.
public final class OpenFolder: Sendable {
  let descriptor: Int32

  /// - Parameters:
  ///   - path: Empty is the working folder.
  ///   - folders: Where it has to lie; nil is anywhere.
  public init(_ path: String, within folders: AllowedFolders? = nil) throws(FileProblem) {
    descriptor = unsafe readout_open_place(path.isEmpty ? "." : path)
    guard descriptor >= 0, let state = MappedFileState(descriptor) else { throw .last(path) }
    guard state.isFolder else { throw FileProblem(path: path, code: ENOTDIR) }
    guard folders?.hold(descriptor) ?? true else { throw FileProblem(path: path, code: EXDEV) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Puts a file in the place of another in one step.
  func move(_ name: String, to target: String) throws(FileProblem) {
    if unsafe renameat(descriptor, name, descriptor, target) != 0 { throw .last(target) }
  }

  /// Takes a file away; nothing happens where it is gone already.
  public func remove(_ name: String) { _ = unsafe unlinkat(descriptor, name, 0) }

  /// Takes away files that nobody writes any more: of `names` those that no living process has claimed. What is no regular file stays.
  func removeLeftovers(_ names: [String]) {
    for name in names {
      // A pipe without a reader is not waited for.
      let file = unsafe openat(descriptor, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard file >= 0 else { continue }
      if MappedFileState(file)?.isFile == true, flock(file, LOCK_EX | LOCK_NB) == 0 { remove(name) }
      close(file)
    }
  }

  /// Makes the names in it last through a power cut, as `fsync` does for contents.
  public func synchronize() {
    let folder = unsafe openat(descriptor, ".", O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    _ = fsync(folder)
    close(folder)
  }
}

extension Files {
  /// Makes a folder and those above it that are missing; where `folders` are given, none that lies outside of them.
  public static func makeFolder(_ path: String, within folders: AllowedFolders? = nil) throws(FileProblem) {
    if path.isEmpty || kind(path) == .folder { return }
    if path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") {
      return try makeFolder(String(path.dropLast()), within: folders)
    }
    var (above, name) = ("", path)
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex {
      above = String(path[..<slash])
      name = String(path[path.utf8.index(after: slash)...])
      try makeFolder(above, within: folders)
    }
    let folder: OpenFolder
    do { folder = try OpenFolder(above, within: folders) } catch { throw FileProblem(path: path, code: error.code) }
    if unsafe mkdirat(folder.descriptor, name, 0o777) != 0, errno != EEXIST || kind(path) != .folder {
      throw .last(path)
    }
  }
}
