import ReadoutEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of Lua source, and what is asked of the file system around it.
enum SourceFile {
  /// Larger files are refused: source is written by people.
  static let largest = 16 << 20

  /// The bytes of a file; `name` is how errors call it.
  static func read(_ path: String, named name: String) throws(ReadoutError) -> [UInt8] {
    guard let file = unsafe fopen(path, "rb") else {
      throw ReadoutError(.request, "cannot read", value: name, hint: unsafe String(cString: strerror(errno)))
    }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= largest {
      let count = unsafe block.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
      if count == 0 { break }
      bytes += block[..<count]
    }
    guard unsafe ferror(file) == 0 else {
      throw ReadoutError(.request, "cannot read", value: name, hint: unsafe String(cString: strerror(errno)))
    }
    guard bytes.count <= largest else {
      throw ReadoutError(.request, "too large for Lua source", value: name, hint: "at most \(largest >> 20) MB")
    }
    return bytes
  }

  /// Names of the `.lua` files of a folder, without the ending, in ascending order; none where there is no folder.
  static func names(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".lua"), name.utf8.count > 4, !name.hasPrefix(".") { names.append(String(name.dropLast(4))) }
    }
    return names.sorted()
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  /// The path with every symbolic link followed; nil where there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The folder that a path stands in: `.` for a bare name.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A folder and a name as one path; `.` is left out, since users do not write it.
  static func path(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
