import ReadoutVectors

/// A string as Lua reads it where a number is wanted: `" 0x10 "` is 16, `"1e2"` is 100.0, `"12 a"` is none.
///
/// An integer that leaves 64 bits is a float in decimal and wraps in hexadecimal, as `luaO_str2num` has it.
public enum Numeral: Sendable, Equatable {
  case none
  case integer(Int64)
  case number(Double)
  /// One that Lua may read and this does not: hexadecimal floats, and very long numerals.
  case unknown

  /// Longer ones are rare, and take the C library's care to round.
  private static let longest = 40

  public init(_ bytes: Span<UInt8>) {
    var (at, end) = (0, bytes.count)
    while at < end, Self.isSpace(bytes[at]) { at += 1 }
    while end > at, Self.isSpace(bytes[end - 1]) { end -= 1 }
    guard end - at <= Self.longest else {
      self = .unknown
      return
    }
    let isNegative = at < end && bytes[at] == 0x2D
    if at < end, bytes[at] == 0x2D || bytes[at] == 0x2B { at += 1 }
    if end - at > 1, bytes[at] == 0x30, bytes[at + 1] | 0x20 == 0x78 {
      self = Self.hexadecimal(bytes, at + 2..<end, isNegative)
    } else {
      self = Self.decimal(bytes, at..<end, isNegative)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

  private static func hexadecimal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ isNegative: Bool) -> Numeral {
    var value: UInt64 = 0
    if range.isEmpty { return .none }
    for at in range {
      let byte = bytes[at]
      switch byte {
      case 0x30...0x39: value = value &<< 4 | UInt64(byte &- 0x30)
      case 0x41...0x46, 0x61...0x66: value = value &<< 4 | UInt64((byte | 0x20) &- 0x57)
      case 0x2E, 0x50, 0x70: return .unknown
      default: return .none
      }
    }
    return .integer(Int64(bitPattern: isNegative ? 0 &- value : value))
  }

  /// Digits with a point and an exponent, all of it but one digit optional.
  private static func decimal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ isNegative: Bool) -> Numeral {
    var at = range.lowerBound
    var text = isNegative ? "-" : ""
    var (whole, digits, isInteger) = (UInt64(0), 0, true)
    func digit() -> UInt8? { at < range.upperBound && bytes[at] &- 0x30 < 10 ? bytes[at] : nil }
    while let next = digit() {
      text.unicodeScalars.append(Unicode.Scalar(next))
      let (product, tooLarge) = whole.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(UInt64(next &- 0x30))
      if tooLarge || overflow { isInteger = false }
      whole = sum
      (digits, at) = (digits + 1, at + 1)
    }
    if at == range.upperBound, digits > 0, isInteger {
      if let value = isNegative ? Int64(exactly: whole).map({ -$0 }) : Int64(exactly: whole) { return .integer(value) }
      if isNegative, whole == Int64.min.magnitude { return .integer(.min) }
    }
    if digits == 0 { text += "0" }
    if at < range.upperBound, bytes[at] == 0x2E {
      text += "."
      at += 1
      var fraction = 0
      while let next = digit() {
        text.unicodeScalars.append(Unicode.Scalar(next))
        (fraction, at) = (fraction + 1, at + 1)
      }
      if fraction == 0 { text += "0" }
      digits += fraction
    }
    guard digits > 0 else { return .none }
    if at < range.upperBound, bytes[at] | 0x20 == 0x65 {
      text += "e"
      at += 1
      if at < range.upperBound, bytes[at] == 0x2D || bytes[at] == 0x2B {
        text.unicodeScalars.append(Unicode.Scalar(bytes[at]))
        at += 1
      }
      let start = at
      while let next = digit() {
        text.unicodeScalars.append(Unicode.Scalar(next))
        at += 1
      }
      if at == start { return .none }
    }
    guard at == range.upperBound else { return .none }
    guard let value = Double(text), value.isFinite else { return .unknown }
    return .number(value)
  }
}

extension ByteStrings {
  /// What a string is as a number: 0 is none, 1 an integer, 2 a float, 3 one that only Lua knows.
  public static let numeralKind = ColumnOperation("numeral", detail: "kind", result: .integer) { a, count, wanted in
    Values(
      integers: numerals(a[0].strings, count, wanted) {
        switch $0 {
        case .none: 0
        case .integer: 1
        case .number: 2
        case .unknown: 3
        }
      })
  }

  /// The integer that a string is; any other way 0.
  public static let numeralInteger = ColumnOperation("tonumber", detail: "integer", result: .integer) {
    a, count, wanted in
    Values(integers: numerals(a[0].strings, count, wanted) { if case .integer(let value) = $0 { value } else { 0 } })
  }

  /// The float that a string is; any other way 0.
  public static let numeralNumber = ColumnOperation("tonumber", detail: "number", result: .number) { a, count, wanted in
    Values(numbers: numerals(a[0].strings, count, wanted) { if case .number(let value) = $0 { value } else { 0 } })
  }

  private static func numerals<Result>(
    _ strings: StringVector, _ count: Int, _ wanted: Vector<UInt8>?, _ value: (Numeral) -> Result
  ) -> Vector<Result> {
    Vector(count: count) { row in
      if let wanted, wanted[row] == 0 { return value(.none) }
      return strings.withBytes(row) { value(Numeral($0)) }
    }
  }
}
