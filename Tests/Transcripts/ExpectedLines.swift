/// Lines that an output must have: literally, but for `…` alone on a line (any lines, or none) and `‹…›` within one
/// (any text).
public struct ExpectedLines: Sendable, Equatable {
  public var lines: [String]

  public init(_ lines: [String]) { self.lines = lines }

  public func matches(_ actual: [String]) -> Bool {
    var (line, expected) = (0, 0)
    // The place to go on from when the last gap has to take one more line.
    var gap: (expected: Int, line: Int)?
    while line < actual.count {
      if expected < lines.count, lines[expected] == "…" {
        gap = (expected, line)
        expected += 1
      } else if expected < lines.count, Self.matches(lines[expected], actual[line]) {
        expected += 1
        line += 1
      } else if let last = gap {
        gap!.line += 1
        line = last.line + 1
        expected = last.expected + 1
      } else {
        return false
      }
    }
    return lines[expected...].allSatisfy { $0 == "…" }
  }

  static func matches(_ pattern: String, _ text: String) -> Bool {
    if pattern == text { return true }
    let pieces = pattern.split(separator: "‹…›", omittingEmptySubsequences: false)
    guard pieces.count > 1, text.hasPrefix(pieces[0]) else { return false }
    var rest = text.dropFirst(pieces[0].count)
    for piece in pieces[1...].dropLast() {
      guard let found = rest.firstRange(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(pieces.last!)
  }

  /// The two side by side as a diff: `-` expected, `+` came.
  public static func difference(expected: [String], actual: [String]) -> String {
    let changes = actual.difference(from: expected)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var text: [String] = []
    var (old, new) = (0, 0)
    while old < expected.count || new < actual.count {
      if removed.contains(old) {
        text.append("  - " + expected[old])
        old += 1
      } else if inserted.contains(new) {
        text.append("  + " + actual[new])
        new += 1
      } else {
        text.append("    " + expected[old])
        old += 1
        new += 1
      }
    }
    return text.joined(separator: "\n")
  }
}
