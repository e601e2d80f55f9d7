/// Checks of UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
public enum UTF8Check {
  /// The length of the well-formed sequence at `at`; 0 where there is none or it is cut by the end.
  @inlinable
  public static func sequenceLength(_ bytes: Span<UInt8>, at: Int) -> Int {
    let lead = bytes[at]
    if lead < 0x80 { return 1 }
    if lead < 0xC2 { return 0 }
    guard at + 1 < bytes.count else { return 0 }
    let second = bytes[at + 1]
    if lead < 0xE0 { return second & 0xC0 == 0x80 ? 2 : 0 }
    guard at + 2 < bytes.count, bytes[at + 2] & 0xC0 == 0x80 else { return 0 }
    if lead < 0xF0 {
      let lowest: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
      let highest: UInt8 = lead == 0xED ? 0x9F : 0xBF
      return second >= lowest && second <= highest ? 3 : 0
    }
    guard lead < 0xF5, at + 3 < bytes.count, bytes[at + 3] & 0xC0 == 0x80 else { return 0 }
    let lowest: UInt8 = lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
    return second >= lowest && second <= highest ? 4 : 0
  }

  /// The offset of the first byte that is no part of UTF-8; nil where all is well.
  public static func firstInvalid(_ bytes: Span<UInt8>) -> Int? {
    // Mostly ASCII: a loop that vectorises.
    var all: UInt8 = 0
    for at in bytes.indices { all |= bytes[at] }
    if all < 0x80 { return nil }
    var at = 0
    while at < bytes.count {
      let length = sequenceLength(bytes, at: at)
      if length == 0 { return at }
      at &+= length
    }
    return nil
  }
}
