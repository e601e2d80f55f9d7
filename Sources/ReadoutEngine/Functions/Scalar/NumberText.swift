/// Numbers as decimal text, read. White space around them is skipped.
enum NumberText {
  /// A decimal integer with an optional sign that fits 64 bits, else nil.
  static func integer(_ bytes: Span<UInt8>) -> Int64? {
    let range = trimmed(bytes)
    var at = range.lowerBound
    guard at < range.upperBound else { return nil }
    let isNegative = bytes[at] == 0x2D
    if isNegative || bytes[at] == 0x2B { at += 1 }
    guard at < range.upperBound else { return nil }
    var value: Int64 = 0
    while at < range.upperBound {
      let digit = bytes[at] &- 0x30
      guard digit < 10 else { return nil }
      // Counted downwards, since there is one more negative number.
      let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooFar) = product.subtractingReportingOverflow(Int64(digit))
      if tooBig || tooFar { return nil }
      value = sum
      at += 1
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// A decimal number: digits, a point, an exponent; or `inf`, `-inf`, `nan`, as `string(x)` writes them. Rounded
  /// correctly; nil for digits beyond the largest double, such as `1e400`.
  static func number(_ bytes: Span<UInt8>) -> Double? {
    let range = trimmed(bytes)
    var at = range.lowerBound
    let end = range.upperBound
    let isNegative = at < end && bytes[at] == 0x2D
    if at < end, isNegative || bytes[at] == 0x2B { at += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var hasDigit = false
    var afterPoint = false
    while at < end {
      let byte = bytes[at]
      if byte == 0x2E, !afterPoint {
        afterPoint = true
      } else if byte &- 0x30 < 10 {
        hasDigit = true
        if digits < 18 { mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30) }
        if mantissa > 0 { digits += 1 }
        if afterPoint { exponent -= 1 }
      } else {
        break
      }
      at += 1
    }
    guard hasDigit else { return special(bytes, range) }
    if at < end {
      guard bytes[at] | 0x20 == 0x65, let written = integer(bytes.extracting(at + 1..<end)),
        bytes[end - 1] &- 0x30 < 10,
        at + 1 < end, bytes[at + 1] > 0x20
      else { return nil }
      exponent += Int(max(-100_000, min(100_000, written)))
    }
    // Clinger's fast path: a whole number below 2^53 and a power of ten up to 22 are exact, so one operation rounds
    // once.
    if digits < 16, abs(exponent) <= 22 {
      let value = Double(mantissa)
      let scaled = exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
      return isNegative ? -scaled : scaled
    }
    let read = Double(String(decoding: (range.lowerBound..<end).map { bytes[$0] }, as: UTF8.self))
    return read?.isInfinite == true ? nil : read
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  private static func special(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    switch String(decoding: range.map { bytes[$0] }, as: UTF8.self) {
    case "inf": .infinity
    case "-inf": -.infinity
    case "nan", "-nan": .nan
    default: nil
    }
  }

  private static func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var (start, end) = (0, bytes.count)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}
