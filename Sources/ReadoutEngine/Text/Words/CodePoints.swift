/// UTF-8 read by code point. A byte that belongs to no valid sequence reads as U+FFFD of length 1, so that every scan
/// ends.
extension Span where Element == UInt8 {
  /// The code point that starts at `index`, and its bytes.
  @inline(__always)
  func codePoint(at index: Int) -> (value: UInt32, length: Int) {
    let first = self[index]
    if first < 0x80 { return (UInt32(first), 1) }
    return longCodePoint(at: index, first)
  }

  private func longCodePoint(at index: Int, _ first: UInt8) -> (value: UInt32, length: Int) {
    func continuation(_ offset: Int) -> UInt32? {
      guard index + offset < count, self[index + offset] & 0xC0 == 0x80 else { return nil }
      return UInt32(self[index + offset] & 0x3F)
    }
    let replacement: (UInt32, Int) = (0xFFFD, 1)
    guard let second = continuation(1) else { return replacement }
    if first < 0xE0 { return first >= 0xC2 ? (UInt32(first & 0x1F) << 6 | second, 2) : replacement }
    guard let third = continuation(2) else { return replacement }
    if first < 0xF0 {
      let value = UInt32(first & 0x0F) << 12 | second << 6 | third
      return value >= 0x800 && !(0xD800...0xDFFF).contains(value) ? (value, 3) : replacement
    }
    guard first < 0xF5, let fourth = continuation(3) else { return replacement }
    let value = UInt32(first & 0x07) << 18 | second << 12 | third << 6 | fourth
    return (0x10000...0x10FFFF).contains(value) ? (value, 4) : replacement
  }

  /// The code point that ends just before `index`, which is not 0.
  func codePoint(before index: Int) -> (value: UInt32, length: Int) {
    for length in 1...4 where length <= index {
      let found = codePoint(at: index - length)
      if found.length == length && (length > 1 || self[index - 1] & 0xC0 != 0x80) { return found }
    }
    return (0xFFFD, 1)
  }

  /// How many code points: bytes that do not continue one.
  var codePointCount: Int {
    var total = 0
    for i in indices { total &+= self[i] & 0xC0 == 0x80 ? 0 : 1 }
    return total
  }

  /// The byte at which code point `number` (from 0) starts, or `count` beyond the last.
  func offset(ofCodePoint number: Int) -> Int {
    var seen = -1
    for i in indices where self[i] & 0xC0 != 0x80 {
      seen &+= 1
      if seen == number { return i }
    }
    return count
  }

  var isASCII: Bool {
    var all: UInt8 = 0
    for i in indices { all |= self[i] }
    return all < 0x80
  }
}
