import ReadoutVectors

/// Bytes of a report that are not written out yet.
typealias ReportBytes = MutableVector<UInt8>

/// Numbers as text, straight into the bytes.
extension MutableVector where Element == UInt8 {
  mutating func append(decimal value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: value.magnitude)
  }

  /// Decimal digits, with zeros in front up to `width`.
  mutating func append(digits value: UInt64, width: Int = 1) {
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length &+= 1
    }
    length = Swift.max(length, width)
    append(repeating: UInt8(ascii: "0"), count: length)
    var at = count
    rest = value
    while rest > 0 {
      at &-= 1
      self[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// The shortest decimal that reads back as exactly this double, in Swift's notation: `5.0`, `0.25`, `1e-05`, `nan`.
  ///
  /// Numbers of at most fifteen digits, six of them behind the point, are written without the general algorithm: where
  /// `n / 10^6` is the double again, both exact, `n` without its trailing zeros is the only decimal so short.
  mutating func append(number value: Double) {
    let magnitude = value.magnitude
    if magnitude < 1e9, magnitude >= 1e-3 {
      let millionths = (magnitude * 1e6).rounded()
      if millionths / 1e6 == magnitude {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(millionths: UInt64(millionths))
        return
      }
    }
    append(ascii: value.description)
  }

  private mutating func append(millionths value: UInt64) {
    append(digits: value / 1_000_000)
    append(UInt8(ascii: "."))
    var fraction = value % 1_000_000
    var places = 6
    while places > 1, fraction % 10 == 0 {
      fraction /= 10
      places &-= 1
    }
    append(digits: fraction, width: places)
  }

  mutating func append(ascii text: String) {
    for byte in text.utf8 { append(byte) }
  }
}
