import ReadoutEngine

extension Lexer {
  /// A string in quotes, escapes resolved; `at` stands on the opening quote.
  mutating func quotedString() throws(ReadoutError) -> [UInt8] {
    let start = at
    let quote = byte()
    at += 1
    var bytes: [UInt8] = []
    while true {
      guard !isAtEnd, !byte().isLineEnd else {
        throw ReadoutError(
          .request, "unclosed string", value: String(decoding: source[start..<at], as: UTF8.self),
          hint: "close it with \(Character(Unicode.Scalar(quote)))", range: start..<at)
      }
      if byte() == quote { break }
      if byte() == UInt8(ascii: "\\") {
        try escape(into: &bytes)
      } else {
        bytes.append(byte())
        at += 1
      }
    }
    at += 1
    return bytes
  }

  /// One escape sequence; `at` stands on the backslash.
  private mutating func escape(into bytes: inout [UInt8]) throws(ReadoutError) {
    let start = at
    at += 1
    let kind = byte()
    at += isAtEnd ? 0 : 1
    switch kind {
    case UInt8(ascii: "a"): bytes.append(0x07)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "v"): bytes.append(0x0B)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): bytes.append(kind)
    case 0x0A, 0x0D:
      if byte().isLineEnd, byte() != kind { at += 1 }
      bytes.append(0x0A)
    case UInt8(ascii: "z"): while !isAtEnd, byte().isBlank { at += 1 }
    case UInt8(ascii: "x"):
      guard let high = byte().hexDigit, let low = byte(1).hexDigit else { throw invalidEscape(start) }
      at += 2
      bytes.append(high << 4 | low)
    case UInt8(ascii: "u"): try codePoint(start, into: &bytes)
    case _ where kind.isDigit:
      var value = Int(kind &- 0x30)
      for _ in 0..<2 where byte().isDigit {
        value = value * 10 + Int(byte() &- 0x30)
        at += 1
      }
      guard value <= 255 else { throw invalidEscape(start) }
      bytes.append(UInt8(value))
    default: throw invalidEscape(start)
    }
  }

  /// `\u{…}`: a code point up to 2^31, in the extended UTF-8 that Lua writes.
  private mutating func codePoint(_ start: Int, into bytes: inout [UInt8]) throws(ReadoutError) {
    guard byte() == UInt8(ascii: "{"), byte(1).hexDigit != nil else { throw invalidEscape(start) }
    at += 1
    var value: UInt32 = 0
    while let digit = byte().hexDigit {
      guard value < 1 << 27 else { throw invalidEscape(start) }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    guard byte() == UInt8(ascii: "}"), value < 1 << 31 else { throw invalidEscape(start) }
    at += 1
    if value < 0x80 {
      bytes.append(UInt8(value))
      return
    }
    var tail: [UInt8] = []
    var largestLead: UInt32 = 0x3F
    repeat {
      tail.append(0x80 | UInt8(value & 0x3F))
      value >>= 6
      largestLead >>= 1
    } while value > largestLead
    bytes.append(UInt8(truncatingIfNeeded: ~largestLead << 1 | value))
    bytes.append(contentsOf: tail.reversed())
  }

  private func invalidEscape(_ start: Int) -> ReadoutError {
    ReadoutError(
      .request, "invalid escape in a string", value: String(decoding: source[start..<at], as: UTF8.self),
      hint: "write \\\\ for a backslash, or [[…]] for a string without escapes", range: start..<at)
  }

  /// The number of `=` in the long bracket that opens here; nil where none does.
  func longBracketLevel() -> Int? {
    var level = 0
    while byte(1 + level) == UInt8(ascii: "=") { level += 1 }
    return byte(1 + level) == UInt8(ascii: "[") ? level : nil
  }

  /// The bytes between long brackets, line ends as LF and the first one left out; `at` stands on the opening bracket.
  mutating func longBracket(level: Int, isComment: Bool) throws(ReadoutError) -> [UInt8] {
    let start = at
    at += level + 2
    skipLineEnd()
    var bytes: [UInt8] = []
    while !isAtEnd {
      if byte() == UInt8(ascii: "]"), byte(1 + level) == UInt8(ascii: "]"),
        (0..<level).allSatisfy({ byte(1 + $0) == UInt8(ascii: "=") })
      {
        at += level + 2
        return bytes
      }
      if byte().isLineEnd {
        skipLineEnd()
        bytes.append(0x0A)
      } else {
        bytes.append(byte())
        at += 1
      }
    }
    throw ReadoutError(
      .request, isComment ? "unclosed comment" : "unclosed string",
      hint: "close it with ]\(String(repeating: "=", count: level))]",
      range: start..<min(start + level + 2, source.count))
  }

  /// One line end: LF, CR or both.
  private mutating func skipLineEnd() {
    guard byte().isLineEnd, !isAtEnd else { return }
    let first = byte()
    at += 1
    if byte().isLineEnd, byte() != first { at += 1 }
  }
}
