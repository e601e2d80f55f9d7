import CUnicode

/// Properties of code points that Swift's library keeps to itself, as ICU knows them. Slow: make a table.
public enum UnicodeProperties {
  /// The Word_Break property (UAX #29), in ICU's numbering.
  public static func wordBreak(_ value: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: readout_word_break(value)) }
  /// The Sentence_Break property (UAX #29), in ICU's numbering.
  public static func sentenceBreak(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: readout_sentence_break(value))
  }
  public static func isPictographic(_ value: UInt32) -> Bool { readout_is_pictographic(value) != 0 }
  /// Whether a text with this code point may be in another form than NFC.
  public static func mayCompose(_ value: UInt32) -> Bool { readout_may_compose(value) != 0 }

  /// The code points in canonical composition (NFC).
  public static func composed(_ scalars: [UInt32]) -> [UInt32] {
    normalized(scalars, decomposes: false)
  }

  /// The code points in canonical decomposition (NFD).
  public static func decomposed(_ scalars: [UInt32]) -> [UInt32] {
    normalized(scalars, decomposes: true)
  }

  private static func normalized(_ scalars: [UInt32], decomposes: Bool) -> [UInt32] {
    if scalars.isEmpty { return [] }
    var units: [UInt16] = []
    for value in scalars {
      if value >= 0x1_0000 {
        units.append(UInt16(truncatingIfNeeded: 0xD800 + (value - 0x1_0000) >> 10))
        units.append(UInt16(truncatingIfNeeded: 0xDC00 + (value & 0x3FF)))
      } else {
        units.append(UInt16(truncatingIfNeeded: value))
      }
    }
    // No code point decomposes canonically into more than four.
    var out = [UInt16](repeating: 0, count: units.count * 4)
    let capacity = Int32(out.count)
    // Sound: both arrays live through the call, and the capacity is the second's.
    let count = unsafe units.withUnsafeBufferPointer { text in
      unsafe out.withUnsafeMutableBufferPointer { target in
        let (from, length) = unsafe (UnsafePointer(text.baseAddress!), Int32(text.count))
        return unsafe decomposes
          ? readout_nfd(from, length, target.baseAddress!, capacity)
          : readout_nfc(from, length, target.baseAddress!, capacity)
      }
    }
    // Without ICU's data the text stays as it is.
    guard count >= 0, count <= capacity else { return scalars }
    return String(decoding: out[0..<Int(count)], as: UTF16.self).unicodeScalars.map(\.value)
  }
}
