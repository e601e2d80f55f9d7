/// Decimal numbers as text: told from other text, and read exactly.
///
/// The form is `-?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][+-]?[0-9]+)?` with digits before the exponent. So `040`, `+5`, `5.`
/// and ` 5` are not numbers here: they are codes or words, and a double would not give them back. `nan`, `inf` and `-inf`,
/// in just these letters, are, for reports write them so.
///
/// The double is the nearest to the decimal, ties to even. Up to 19 digits times a power of ten of at most 27 are done in integers:
/// 5^27 < 2^63, so the quotient with its remainder decides the rounding. The rest, rare, goes through the standard library.
public enum DecimalText {
  public enum Form: UInt8, Sendable {
    /// No number; or one that no double holds (beyond the largest, or rounding to 0).
    case none
    /// An integer of 64 bits whose double is exact.
    case integer
    /// An integer of 64 bits beyond 2^53.
    case wideInteger
    /// With a point or an exponent.
    case number
  }

  /// The form of `text` and its nearest double, 0 where there is none.
  public static func read(_ text: Span<UInt8>) -> (form: Form, value: Double) {
    var value = 0.0
    let form = unsafe text.withUnsafeBufferPointer { buffer in
      // Sound: the buffer is the span's.
      buffer.isEmpty ? .none : unsafe read(buffer.baseAddress!, buffer.count, &value)
    }
    return (form, value)
  }

  /// The integer that `text` is in that form, where 64 bits hold it.
  public static func integer(_ text: Span<UInt8>) -> Int64? {
    let negative = text.count > 0 && text[0] == 0x2D
    let first = negative ? 1 : 0
    guard text.count > first, text.count == first + 1 || text[first] != 0x30 else { return nil }
    var value: Int64 = 0
    for i in first..<text.count {
      let digit = text[i] &- 0x30
      guard digit < 10 else { return nil }
      let (tens, beyond) = value.multipliedReportingOverflow(by: 10)
      let (next, over) =
        negative
        ? tens.subtractingReportingOverflow(Int64(digit)) : tens.addingReportingOverflow(Int64(digit))
      if beyond || over { return nil }
      value = next
    }
    return value
  }

  /// The value of `nan` or `inf`; three bytes are readable.
  @unsafe private static func special(_ start: UnsafePointer<UInt8>) -> Double? {
    switch unsafe (start[0], start[1], start[2]) {
    case (0x6E, 0x61, 0x6E): .nan
    case (0x69, 0x6E, 0x66): .infinity
    default: nil
    }
  }

  /// The loop behind `read`; all of `start..<start + length` is readable.
  @unsafe static func read(_ start: UnsafePointer<UInt8>, _ length: Int, _ value: inout Double) -> Form {
    var at = 0
    let negative = unsafe start[0] == 0x2D
    if negative { at = 1 }
    var mantissa: UInt64 = 0
    let integerStart = at
    while at < length, unsafe start[at] &- 0x30 < 10 {
      unsafe mantissa = mantissa &* 10 &+ UInt64(start[at] &- 0x30)
      at &+= 1
    }
    let integerDigits = at &- integerStart
    if integerDigits == 0, length &- at == 3, let special = unsafe special(start + at) {
      if special.isNaN && negative { return .none }
      value = negative ? -special : special
      return .number
    }
    if integerDigits > 1, unsafe start[integerStart] == 0x30 { return .none }
    if at == length {
      guard integerDigits > 0 else { return .none }
      if integerDigits > 18 { return unsafe longInteger(start, length, &value) }
      value = negative ? -Double(mantissa) : Double(mantissa)
      if mantissa == 0 { value = 0 }
      return mantissa <= 1 << 53 ? .integer : .wideInteger
    }
    var exponent = 0
    var fractionDigits = 0
    if unsafe start[at] == 0x2E {
      at &+= 1
      let fractionStart = at
      while length &- at >= 8 {
        let eight = unsafe EightDigits(start + at, 8)
        if !eight.areDigits { break }
        mantissa = mantissa &* 100_000_000 &+ UInt64(bitPattern: eight.value)
        at &+= 8
      }
      while at < length, unsafe start[at] &- 0x30 < 10 {
        unsafe mantissa = mantissa &* 10 &+ UInt64(start[at] &- 0x30)
        at &+= 1
      }
      fractionDigits = at &- fractionStart
      if fractionDigits == 0 { return .none }
      exponent = 0 &- fractionDigits
    }
    if integerDigits &+ fractionDigits == 0 { return .none }
    if at < length {
      guard unsafe start[at] | 0x20 == 0x65 else { return .none }
      at &+= 1
      guard let read = unsafe exponentDigits(start, at, length) else { return .none }
      exponent &+= read
    }
    // 19 digits always fit 64 bits; leading zeros of a fraction are counted as digits, at worst a detour.
    guard integerDigits &+ fractionDigits <= 19, let exact = scaled(mantissa, exponent) else {
      return unsafe slow(start, length, &value)
    }
    value = negative ? -exact : exact
    return .number
  }

  @unsafe private static func exponentDigits(_ start: UnsafePointer<UInt8>, _ from: Int, _ length: Int) -> Int? {
    var at = from
    guard at < length else { return nil }
    let sign = unsafe start[at]
    if sign == 0x2B || sign == 0x2D { at += 1 }
    guard at < length else { return nil }
    var exponent = 0
    while at < length {
      let digit = unsafe start[at] &- 0x30
      guard digit < 10 else { return nil }
      exponent = min(exponent * 10 + Int(digit), 100_000)
      at += 1
    }
    return sign == 0x2D ? -exponent : exponent
  }

  @unsafe private static func longInteger(_ start: UnsafePointer<UInt8>, _ length: Int, _ value: inout Double) -> Form {
    guard let integer = unsafe integer(Span(_unsafeStart: start, count: length)) else { return .none }
    value = Double(integer)
    return .wideInteger
  }

  @unsafe private static func slow(_ start: UnsafePointer<UInt8>, _ length: Int, _ value: inout Double) -> Form {
    let text = unsafe String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    // The standard library wants a digit before the point.
    let whole = text.hasPrefix(".") ? "0" + text : text.hasPrefix("-.") ? "-0" + text.dropFirst() : text
    guard let read = Double(whole), read.isFinite else { return .none }
    if read == 0, text.utf8.prefix(while: { $0 | 0x20 != 0x65 }).contains(where: { $0 &- 0x31 < 9 }) { return .none }
    value = read
    return .number
  }

  /// `mantissa * 10^exponent`, correctly rounded; nil where the exponent is too large for integers.
  @inline(__always)
  static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    // Both factors are exact, so one multiplication or division rounds once (Clinger 1990).
    if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      let power = powersOfTen[exponent < 0 ? 0 &- exponent : exponent]
      return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }
    return scaledWide(mantissa, exponent)
  }

  @inline(never)
  static func scaledWide(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa == 0 { return 0 }
    guard exponent >= -27, exponent <= 27 else { return nil }
    if exponent >= 0 {
      // m * 5^e exactly in 128 bits, then times 2^e.
      let product = mantissa.multipliedFullWidth(by: powersOfFive[exponent])
      return rounded(UInt128(product.high) << 64 | UInt128(product.low), exponentOfTwo: exponent, sticky: false)
    }
    // m * 2^k / 5^-e with 64 or more bits of quotient; a remainder can only break a tie upwards.
    let divisor = powersOfFive[0 &- exponent]
    let shift = mantissa.leadingZeroBitCount
    let top = mantissa << UInt64(shift)
    let high = top / divisor
    let (low, remainder) = divisor.dividingFullWidth((top % divisor, 0))
    return rounded(
      UInt128(high) << 64 | UInt128(low), exponentOfTwo: exponent &- shift &- 64, sticky: remainder != 0)
  }

  /// The nearest double to `(bits + something in 0..<1 if sticky) * 2^exponentOfTwo`; no result is subnormal or infinite here.
  private static func rounded(_ bits: UInt128, exponentOfTwo: Int, sticky: Bool) -> Double {
    let width = 128 - bits.leadingZeroBitCount
    if width <= 53 { return scalbn(UInt64(truncatingIfNeeded: bits), exponentOfTwo) }
    let drop = width - 53
    var kept = UInt64(truncatingIfNeeded: bits >> UInt128(drop))
    let rest = bits & ((1 << UInt128(drop)) - 1)
    let half: UInt128 = 1 << UInt128(drop - 1)
    if rest > half || (rest == half && (sticky || kept & 1 == 1)) { kept += 1 }
    return scalbn(kept, exponentOfTwo + drop)
  }

  private static func scalbn(_ integer: UInt64, _ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: Double(integer))
  }

  static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
  static let powersOfFive: [UInt64] = (0...27).map { (0..<$0).reduce(1) { power, _ in power * 5 } }
}
