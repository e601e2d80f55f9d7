import ReadoutEngine

extension Lexer {
  /// A numeral, read as Lua reads it: an integer that leaves 64 bits is a float in decimal and wraps in hexadecimal.
  mutating func numeral() throws(ReadoutError) -> Token.Kind {
    let start = at
    let isHexadecimal = byte() == UInt8(ascii: "0") && byte(1) | 0x20 == UInt8(ascii: "x")
    if isHexadecimal { at += 2 }
    let exponent = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
    while true {
      if byte() | 0x20 == exponent {
        at += 1
        if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "-") { at += 1 }
      } else if byte().hexDigit != nil || byte() == UInt8(ascii: ".") {
        at += 1
      } else {
        break
      }
    }
    while byte().isNameByte { at += 1 }
    let digits = source[start..<at]
    if let value = isHexadecimal ? Self.hexadecimalInteger(digits) : Self.decimalInteger(digits) {
      return .integer(value)
    }
    let text = String(decoding: digits, as: UTF8.self)
    if let value = Double(text) { return .number(value) }
    throw ReadoutError(
      .request, "malformed number", value: text,
      hint: digits.contains(UInt8(ascii: "_")) ? "Lua has no digit separators" : nil, range: start..<at)
  }

  /// The value of decimal digits that fit 64 bits; nil otherwise.
  private static func decimalInteger(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard digit.isDigit else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int64(digit &- 0x30))
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }

  /// The value of `0x` and digits, modulo 2^64; nil where there is anything else.
  private static func hexadecimalInteger(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard digits.count > 2 else { return nil }
    var value: UInt64 = 0
    for digit in digits.dropFirst(2) {
      guard let digit = digit.hexDigit else { return nil }
      value = value &<< 4 | UInt64(digit)
    }
    return Int64(bitPattern: value)
  }
}
