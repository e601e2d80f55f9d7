import ReadoutEngine

/// Cuts Lua source into tokens, as the Lua 5.4 lexer does; comments and blanks are left out.
struct Lexer {
  let source: [UInt8]
  var at = 0

  init(_ source: [UInt8]) { self.source = source }

  /// The byte `ahead` places on; 0 beyond the end.
  func byte(_ ahead: Int = 0) -> UInt8 { at + ahead < source.count ? source[at + ahead] : 0 }

  var isAtEnd: Bool { at >= source.count }

  /// The next token; `.end` at the end, also when asked again.
  mutating func next() throws(ReadoutError) -> Token {
    try skipBlanksAndComments()
    let start = at
    guard !isAtEnd else { return Token(kind: .end, range: at..<at) }
    let first = byte()
    let kind: Token.Kind
    if first.isLetter {
      kind = nameOrWord()
    } else if first.isDigit || (first == UInt8(ascii: ".") && byte(1).isDigit) {
      kind = try numeral()
    } else if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      kind = .string(try quotedString())
    } else if first == UInt8(ascii: "["), let level = longBracketLevel() {
      kind = .string(try longBracket(level: level, isComment: false))
    } else {
      kind = .symbol(try symbol())
    }
    return Token(kind: kind, range: start..<at)
  }

  private mutating func nameOrWord() -> Token.Kind {
    let start = at
    while byte().isNameByte { at += 1 }
    let text = String(decoding: source[start..<at], as: UTF8.self)
    return Symbol.words[text].map { .symbol($0) } ?? .name(text)
  }

  private mutating func symbol() throws(ReadoutError) -> Symbol {
    for length in stride(from: 3, through: 1, by: -1) where at + length <= source.count {
      let text = String(decoding: source[at..<at + length], as: UTF8.self)
      if let symbol = Symbol(rawValue: text) {
        at += length
        return symbol
      }
    }
    throw unexpectedByte()
  }

  private func unexpectedByte() -> ReadoutError {
    let rest = source[at..<min(at + 4, source.count)]
    let character = String(decoding: rest, as: UTF8.self).unicodeScalars.first.map { String($0) } ?? ""
    let hint: String? =
      switch byte() {
      case UInt8(ascii: "!"): byte(1) == UInt8(ascii: "=") ? "Lua writes ~= for not equal" : "Lua writes not"
      case UInt8(ascii: "?"): "write if_(condition, a, b)"
      case UInt8(ascii: "`"), UInt8(ascii: "$"), UInt8(ascii: "@"):
        "a column whose name is not a Lua name is written row[\"name\"]"
      case 0x80...: "a column whose name is not a Lua name is written row[\"name\"]; strings stand in quotes"
      default: nil
      }
    return ReadoutError(
      .request, "unexpected character", value: character, hint: hint, range: at..<at + max(1, character.utf8.count))
  }

  private mutating func skipBlanksAndComments() throws(ReadoutError) {
    while !isAtEnd {
      if byte().isBlank {
        at += 1
      } else if byte() == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-") {
        at += 2
        if byte() == UInt8(ascii: "["), let level = longBracketLevel() {
          _ = try longBracket(level: level, isComment: true)
        } else {
          while !isAtEnd, !byte().isLineEnd { at += 1 }
        }
      } else {
        return
      }
    }
  }
}
