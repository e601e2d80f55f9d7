import ReadoutVectors

/// The check of gzip's own checksum, which libarchive leaves out.
enum GzipCheck {
  /// Whether `text` is what a gzip file of one member says it holds. Of several members only the last one's sum is at hand, so
  /// they pass.
  static func passes(_ packed: Span<UInt8>, text: Span<UInt8>) -> Bool {
    guard packed.count >= 18, packed[0] == 0x1F, packed[1] == 0x8B else { return true }
    let end = packed.count
    let sum = word(packed, end - 8)
    let length = word(packed, end - 4)
    if length == UInt32(truncatingIfNeeded: text.count), sum == CRC32.update(0, text) { return true }
    return hasSecondMember(packed)
  }

  private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32($1 * 8) }
  }

  /// Whether a plausible header stands behind the first: deflate, no reserved flag, known values for effort and system.
  private static func hasSecondMember(_ packed: Span<UInt8>) -> Bool {
    guard packed.count > 36 else { return false }
    for at in 18..<packed.count - 17 where packed[at] == 0x1F && packed[at + 1] == 0x8B && packed[at + 2] == 8 {
      let (flags, effort, system) = (packed[at + 3], packed[at + 8], packed[at + 9])
      if flags & 0xE0 == 0, [0, 2, 4].contains(effort), system <= 13 || system == 255 { return true }
    }
    return false
  }
}
