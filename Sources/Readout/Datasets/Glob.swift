import ReadoutVectors

/// Patterns of file names: `*` is any text, `?` any one character, `[a-c]` one of a set; never across a slash.
enum Glob {
  static func isPattern(_ path: String) -> Bool { path.utf8.contains { "*?[".utf8.contains($0) } }

  /// The files that `pattern` names, in code point order. A pattern may stand in any component.
  static func files(matching pattern: String) -> [String] {
    var found = [pattern.hasPrefix("/") ? "/" : ""]
    let parts = pattern.split(separator: "/").map(String.init)
    for (number, part) in parts.enumerated() {
      let isLast = number == parts.count - 1
      found = found.flatMap { folder -> [String] in
        let base = folder.isEmpty ? "." : folder
        let names = isPattern(part) ? ((try? Files.names(in: base)) ?? []).filter { matches($0, part) } : [part]
        return names.map { folder.hasSuffix("/") || folder.isEmpty ? folder + $0 : folder + "/" + $0 }
          .filter { Files.kind($0).map { isLast ? $0 != .folder : $0 == .folder } ?? false }
      }
    }
    return found
  }

  static func matches(_ name: String, _ pattern: String) -> Bool {
    matches(Array(name.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
  }

  private static func matches(_ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    var name = name
    var pattern = pattern
    // Where to go on after a star that turned out to stand for too little.
    var retry: (name: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (name, pattern)
      } else if let scalar = name.first, let rest = step(scalar, pattern) {
        name = name.dropFirst()
        pattern = rest
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let before = retry, !before.name.isEmpty {
        name = before.name.dropFirst()
        pattern = before.pattern
        retry = (name, pattern)
      } else {
        return false
      }
    }
  }

  /// The pattern behind the piece that takes `scalar`; nil where its first piece does not.
  private static func step(
    _ scalar: Unicode.Scalar, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar>? {
    guard let first = pattern.first else { return nil }
    if first == "?" { return pattern.dropFirst() }
    guard first == "[", let end = pattern.dropFirst(2).firstIndex(of: "]") else {
      return first == scalar ? pattern.dropFirst() : nil
    }
    var set = pattern[(pattern.startIndex + 1)..<end]
    let isNegated = set.first == "!" || set.first == "^"
    if isNegated { set = set.dropFirst() }
    var isIn = false
    while let low = set.first {
      if set.count >= 3, set[set.startIndex + 1] == "-" {
        let high = set[set.startIndex + 2]
        isIn = isIn || (low <= scalar && scalar <= high)
        set = set.dropFirst(3)
      } else {
        isIn = isIn || low == scalar
        set = set.dropFirst()
      }
    }
    return isIn != isNegated ? pattern[(end + 1)...] : nil
  }
}
