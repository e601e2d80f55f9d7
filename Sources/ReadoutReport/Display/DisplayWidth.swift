/// How many columns of a terminal a text takes.
///
/// By code point: East Asian wide and fullwidth ones take two, combining marks and format characters none, all others
/// one. A character that a terminal joins from several wide code points (a family, a flag) is counted at their sum.
enum DisplayWidth {
  static func of(_ text: some StringProtocol) -> Int {
    var width = 0
    for scalar in text.unicodeScalars { width += of(scalar) }
    return width
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    if contains(zero, value) { return 0 }
    return contains(wide, value) ? 2 : 1
  }

  /// The longest beginning of `text` that takes at most `width` columns.
  static func prefix(of text: String, width: Int) -> Substring {
    var taken = 0
    var end = text.unicodeScalars.startIndex
    for index in text.unicodeScalars.indices {
      taken += of(text.unicodeScalars[index])
      if taken > width { break }
      end = text.unicodeScalars.index(after: index)
    }
    return text[..<end]
  }

  private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
