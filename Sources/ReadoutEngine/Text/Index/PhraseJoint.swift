import ReadoutVectors

/// What may stand between two words of a phrase that is counted: blanks, line ends, hyphens and apostrophes, or nothing.
enum PhraseJoint {
  /// Whether a phrase goes on across `bytes[start..<end]`, which lies between two words.
  @inline(__always)
  static func joins(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    if start &+ 1 == end, bytes[start] == 0x20 { return true }
    return joinsAll(bytes, start, end)
  }

  @inline(never)
  private static func joinsAll(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end {
      let byte = bytes[at]
      switch byte {
      case 0x09, 0x0A, 0x0D, 0x20, 0x27, 0x2D: at &+= 1
      case 0x80...:
        let (value, length) = bytes.codePoint(at: at)
        switch value {
        // No-break space, soft hyphen, the typographic apostrophe, hyphens, the ideographic space.
        case 0xA0, 0xAD, 0x2019, 0x2010, 0x2011, 0x3000: at &+= length
        default: return false
        }
      default: return false
      }
    }
    return true
  }
}
