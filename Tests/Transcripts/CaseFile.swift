/// A case: files, commands, and the exact output of each command.
///
/// ```
/// # Comments say what is shown.
/// -- file votes.csv
/// country,vote
/// KOR,1
/// -- end
///
/// $ readout query votes.csv --where "vote > 0" --format csv
/// country,vote
/// KOR,1
///
/// $ readout query votes.csv \
/// >   --where "vot > 0"
/// ! readout: unknown column: vot
/// ! …
/// ? 1
/// ```
///
/// After a command come the lines of its standard output, then those of standard error behind `! `, then the exit status
/// behind `? ` where it is not 0. A blank line ends them. An output line that is empty, or that could be taken for one of
/// the marks, stands behind a `\`. `-- repository` copies the repository's plugins, datasets and analyses into the folder,
/// which is new for each file; the commands of a file share it.
public struct CaseFile: Sendable {
  /// The file's path below `Tests/Cases`.
  public let path: String
  var parts: [Part]

  enum Part: Sendable, Equatable {
    /// Comments and blank lines.
    case prose(String)
    case file(name: String, lines: [String])
    case repository
    case command(Command)
  }

  public struct Command: Sendable, Equatable {
    /// One-based line of the `$`.
    public var line: Int
    /// As written, without the marks; several lines go to the shell as they are.
    public var text: [String]
    public var output: [String] = []
    public var errors: [String] = []
    public var status: Int32 = 0
  }

  public struct FormatError: Error, CustomStringConvertible {
    public var description: String
  }

  public init(path: String, text: String) throws {
    self.path = path
    parts = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    var next = 0
    while next < lines.count {
      let line = lines[next]
      next += 1
      if line == "-- repository" {
        parts.append(.repository)
      } else if line.hasPrefix("-- file ") {
        guard let end = lines[next...].firstIndex(of: "-- end") else {
          throw FormatError(description: "\(path):\(next): no -- end after -- file")
        }
        parts.append(.file(name: String(line.dropFirst(8)), lines: Array(lines[next..<end])))
        next = end + 1
      } else if line.hasPrefix("$ ") {
        var command = Command(line: next, text: [String(line.dropFirst(2))])
        next = try command.readRest(of: lines, from: next, path: path)
        parts.append(.command(command))
      } else if line.isEmpty || line == "#" || line.hasPrefix("# ") {
        parts.append(.prose(line))
      } else {
        throw FormatError(description: "\(path):\(next): neither a comment, a file nor a command: \(line)")
      }
    }
  }

  public var commandCount: Int {
    parts.count { part in if case .command = part { true } else { false } }
  }

  /// The text that parses to this case.
  public var text: String {
    var lines: [String] = []
    for part in parts {
      switch part {
      case .prose(let line): lines.append(line)
      case .repository: lines.append("-- repository")
      case .file(let name, let content): lines += ["-- file \(name)"] + content + ["-- end"]
      case .command(let command): lines += command.lines
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension CaseFile.Command {
  private static let marks = ["\\", "$ ", "! ", "? ", "# ", "> ", "-- "]

  mutating func readRest(of lines: [String], from start: Int, path: String) throws -> Int {
    var next = start
    while next < lines.count, lines[next].hasPrefix("> ") {
      text.append(String(lines[next].dropFirst(2)))
      next += 1
    }
    while next < lines.count, !lines[next].isEmpty, !lines[next].hasPrefix("$ "), !lines[next].hasPrefix("-- "),
      !lines[next].hasPrefix("# ")
    {
      let line = lines[next]
      next += 1
      if line == "!" || line.hasPrefix("! ") {
        errors.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("? ") {
        guard let status = Int32(line.dropFirst(2)) else {
          throw CaseFile.FormatError(description: "\(path):\(next): no exit status: \(line)")
        }
        self.status = status
      } else if errors.isEmpty {
        output.append(line.hasPrefix("\\") && line != missingLineEnd ? String(line.dropFirst()) : line)
      } else {
        throw CaseFile.FormatError(description: "\(path):\(next): standard output comes before standard error")
      }
    }
    return next
  }

  var lines: [String] {
    var lines = ["$ " + text[0]] + text.dropFirst().map { "> " + $0 }
    lines += output.map { line in
      if line == missingLineEnd { return line }
      return line.isEmpty || Self.marks.contains { line.hasPrefix($0) } ? "\\" + line : line
    }
    lines += errors.map { $0.isEmpty ? "!" : "! " + $0 }
    if status != 0 { lines.append("? \(status)") }
    return lines
  }
}
