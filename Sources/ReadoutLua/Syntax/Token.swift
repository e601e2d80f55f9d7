/// A word of Lua source and the bytes it stands at.
struct Token: Equatable {
  enum Kind: Equatable {
    case name(String)
    /// A reserved word, an operator or punctuation, as it is written.
    case symbol(Symbol)
    case integer(Int64)
    case number(Double)
    /// The bytes of a string, escapes resolved.
    case string([UInt8])
    case end
  }

  var kind: Kind
  var range: Range<Int>
}

/// The reserved words, operators and punctuation of Lua 5.4.
enum Symbol: String, CaseIterable {
  case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or,
    `repeat`, `return`, then, `true`, until, `while`
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case floorSlash = "//"
  case percent = "%"
  case caret = "^"
  case hash = "#"
  case ampersand = "&"
  case tilde = "~"
  case bar = "|"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case equal = "=="
  case notEqual = "~="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case assign = "="
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBrace = "{"
  case rightBrace = "}"
  case leftBracket = "["
  case rightBracket = "]"
  case label = "::"
  case semicolon = ";"
  case colon = ":"
  case comma = ","
  case dot = "."
  case concatenate = ".."
  case ellipsis = "..."

  /// The reserved words by their spelling.
  static let words: [String: Symbol] = Dictionary(
    uniqueKeysWithValues: allCases.filter { $0.rawValue.utf8.first!.isLetter }.map { ($0.rawValue, $0) })
}

/// The classes of bytes that Lua's grammar knows, as in the C locale.
extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }
  var isNameByte: Bool { isLetter || isDigit }
  var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
  /// The value of a hexadecimal digit, or nil.
  var hexDigit: UInt8? {
    if isDigit { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
}
