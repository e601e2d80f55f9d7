import ReadoutEngine

/// A source as it is compiled, and its lines, to turn byte offsets into places.
struct SourceText {
  /// The file's bytes, with blanks for what Lua's own loader skips: every offset and line is that of the file.
  let bytes: [UInt8]
  /// Offset of the first byte of each line.
  private let starts: [Int]

  private static var vmPlace: Regex<(Substring, Substring)> { #/:(\d+): /# }

  init(_ source: [UInt8]) {
    bytes = Self.readable(source)
    var starts = [0]
    for (at, byte) in bytes.enumerated() where byte == 0x0A { starts.append(at + 1) }
    self.starts = starts
  }

  /// The source without a byte order mark, and without a first line that begins with `#`, such as `#!/usr/bin/env lua`.
  private static func readable(_ source: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = source.starts(with: mark) ? mark.count : 0
    let isSkipped = start < source.count && source[start] == UInt8(ascii: "#")
    let end = isSkipped ? source[start...].firstIndex(of: 0x0A) ?? source.count : start
    if end == 0 { return source }
    return [UInt8](repeating: 0x20, count: end) + source[end...]
  }

  /// One-based.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The lines that a range of bytes lies in.
  func lines(of range: Range<Int>) -> ClosedRange<Int> {
    line(of: range.lowerBound)...line(of: max(range.lowerBound, range.upperBound - 1))
  }

  /// The error with its range turned into the file's line.
  func placing(_ error: ReadoutError, in file: String) -> ReadoutError {
    var placed = error.at(file: file, line: error.range.map { line(of: $0.lowerBound) })
    placed.range = nil
    return placed
  }

  /// Whether an error is a syntax error of the VM, whose message starts with a (cut) name and the line:
  /// `…/x.lua:3: '=' expected near 'y'`.
  func isPlaced(vmMessage error: ReadoutError) -> Bool { error.message.firstMatch(of: Self.vmPlace) != nil }

  /// Such an error with its place set and its message without it.
  func placing(vmMessage error: ReadoutError, in file: String) -> ReadoutError {
    guard let match = error.message.firstMatch(of: Self.vmPlace), let line = Int(match.1) else {
      return error.at(file: file)
    }
    var placed = error
    placed.place = .init(file: file, line: line)
    placed.message = String(error.message[match.range.upperBound...])
    return placed
  }
}
