public import Foundation

/// Bytes as lines of text in which nothing hides: `‹CR›`, `‹BOM›`, `‹1B›` for what a reader would not see.
///
/// Output without a line end after its last line gets the line `\ no line end`.
public func visibleLines(_ bytes: Data) -> [String] {
  if bytes.isEmpty { return [] }
  var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(visible)
  if lines.last == "" { lines.removeLast() } else { lines.append(missingLineEnd) }
  return lines
}

let missingLineEnd = "\\ no line end"

private func visible(_ line: Data) -> String {
  var text = ""
  var decoder = UTF8.ForwardParser()
  var bytes = line.makeIterator()
  while true {
    switch decoder.parseScalar(from: &bytes) {
    case .valid(let encoded): text += visible(UTF8.decode(encoded))
    case .error(let length):
      // The parser does not give the bytes back; their number is enough to see that something is wrong.
      text += String(repeating: "‹invalid›", count: length)
    case .emptyInput: return text
    }
  }
}

private func visible(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\t": "\t"
  case "\r": "‹CR›"
  case "\u{FEFF}": "‹BOM›"
  case _ where scalar.value < 0x20 || scalar.value == 0x7F: "‹\(String(scalar.value, radix: 16, uppercase: true))›"
  default: String(scalar)
  }
}
