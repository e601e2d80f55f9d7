/// The checksum of gzip and zip (ISO 3309, polynomial 0xEDB88320), eight bytes at a step.
public enum CRC32 {
  /// Continues `crc` (0 at first) over `bytes`.
  public static func update(_ crc: UInt32, _ bytes: Span<UInt8>) -> UInt32 {
    var crc = ~crc
    let tables = tables.span
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      // Sound: whole steps of eight bytes lie inside the buffer; table places are a byte plus a multiple of 256 below 2048.
      let raw = unsafe UnsafeRawPointer(base)
      var at = 0
      while at &+ 8 <= buffer.count {
        let word = unsafe UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ UInt64(crc)
        var next: UInt32 = 0
        for step in 0..<8 {
          next ^= tables[Int(truncatingIfNeeded: word &>> UInt64(step &* 8) & 0xFF) &+ (7 &- step) &* 256]
        }
        crc = next
        at &+= 8
      }
      while at < buffer.count {
        crc = unsafe tables[Int(truncatingIfNeeded: crc & 0xFF ^ UInt32(base[at]))] ^ crc &>> 8
        at &+= 1
      }
    }
    return ~crc
  }

  /// Table k, 256 entries each: the effect of a byte that stands k bytes before the end of a step.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      tables[byte] = (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }
    for place in 256..<8 * 256 {
      let before = tables[place - 256]
      tables[place] = tables[Int(before & 0xFF)] ^ before >> 8
    }
    return tables
  }()
}
