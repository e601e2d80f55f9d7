import ReadoutEngine
import ReadoutVectors

/// Turns text in another encoding into UTF-8.
enum TextDecoder {
  /// The encoding that a byte order mark or a pattern of NUL bytes gives away, and the bytes of the mark.
  static func mark(_ bytes: Span<UInt8>) -> (encoding: TextEncoding, length: Int)? {
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 1 }
    if byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF { return (.utf8, 3) }
    if byte(0) == 0xFF, byte(1) == 0xFE { return (.utf16LittleEndian, 2) }
    if byte(0) == 0xFE, byte(1) == 0xFF { return (.utf16BigEndian, 2) }
    // Without a mark: the first two characters of a header are ASCII, so every other byte is NUL.
    guard bytes.count >= 4 else { return nil }
    if byte(0) != 0, byte(1) == 0, byte(2) != 0, byte(3) == 0 { return (.utf16LittleEndian, 0) }
    if byte(0) == 0, byte(1) != 0, byte(2) == 0, byte(3) != 0 { return (.utf16BigEndian, 0) }
    return nil
  }

  /// Whether the text begins with the byte order mark of UTF-32; no text in UTF-16 begins with a NUL.
  static func isUTF32(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 4 else { return false }
    let mark = [bytes[0], bytes[1], bytes[2], bytes[3]]
    return mark == [0xFF, 0xFE, 0, 0] || mark == [0, 0, 0xFE, 0xFF]
  }

  /// Every byte is a character; the five that Windows leaves open become U+0081 and so on, as the web reads them.
  static func windows1252(_ bytes: Span<UInt8>) -> PaddedBytes {
    var builder = PaddedBytesBuilder(capacity: bytes.count + bytes.count / 16)
    for i in bytes.indices {
      let byte = bytes[i]
      if byte < 0x80 {
        builder.append(byte)
      } else {
        append(Unicode.Scalar(byte < 0xA0 ? windows1252Upper[Int(byte) - 0x80] : UInt16(byte))!, to: &builder)
      }
    }
    return builder.freeze()
  }

  /// nil with the offset of the first half that has no partner, or of an odd last byte.
  static func utf16(_ bytes: Span<UInt8>, from start: Int, bigEndian: Bool) -> Result<PaddedBytes, InvalidText> {
    var builder = PaddedBytesBuilder(capacity: bytes.count / 2)
    func unit(_ at: Int) -> UInt16 {
      bigEndian ? UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]) : UInt16(bytes[at + 1]) << 8 | UInt16(bytes[at])
    }
    var at = start
    while at < bytes.count {
      guard at + 1 < bytes.count else { return .failure(InvalidText(offset: at)) }
      let first = unit(at)
      if let scalar = Unicode.Scalar(first) {
        append(scalar, to: &builder)
        at += 2
        continue
      }
      guard first < 0xDC00, at + 3 < bytes.count, unit(at + 2) & 0xFC00 == 0xDC00 else {
        return .failure(InvalidText(offset: at))
      }
      let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit(at + 2) & 0x3FF))
      append(Unicode.Scalar(value)!, to: &builder)
      at += 4
    }
    return .success(builder.freeze())
  }

  struct InvalidText: Error {
    let offset: Int
  }

  private static func append(_ scalar: Unicode.Scalar, to builder: inout PaddedBytesBuilder) {
    for byte in UTF8.encode(scalar)! { builder.append(byte) }
  }

  /// Whether text that is no UTF-8 looks like Windows-1252: hardly any byte above 127 belongs to a UTF-8 sequence, none of the five
  /// open code points occurs, and letters, quotes or dashes outweigh the rest by far.
  static func looksLikeWindows1252(_ bytes: Span<UInt8>) -> Bool {
    var sequences = 0
    var plausible = 0
    var odd = 0
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
        at &+= 1
        continue
      }
      let length = UTF8Check.sequenceLength(bytes, at: at)
      if length > 1 {
        sequences += 1
        at &+= length
        continue
      }
      switch byte {
      case 0x81, 0x8D, 0x8F, 0x90, 0x9D: return false
      case 0x80, 0x84, 0x85, 0x8A, 0x8C, 0x8E, 0x91...0x97, 0x9A, 0x9C, 0x9E, 0x9F, 0xA0, 0xA7, 0xAB, 0xB0, 0xBB,
        0xBF...0xFF:
        plausible += 1
      default: odd += 1
      }
      at &+= 1
    }
    return plausible > 0 && sequences * 20 <= plausible && odd * 10 <= plausible
  }

  /// The characters of the bytes 0x80 to 0x9F.
  private static let windows1252Upper: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}
