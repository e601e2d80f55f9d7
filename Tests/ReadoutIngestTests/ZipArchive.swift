import ReadoutVectors

/// A zip archive as its specification (PKWARE, APPNOTE 6.3) has it, written byte by byte: what the tests need, in any form they need.
struct ZipArchive {
  struct Entry {
    var path: String
    var text: [UInt8]
    /// What the sums behind the text say it is, in place of the text's own.
    var checksum: UInt32?
    var isEncrypted = false
    /// Sizes and sum stand behind the text, as a program writes them that does not know them before.
    var hasDescriptor = false
    /// Sizes stand in the wide field.
    var isWide = false
    /// The text as DEFLATE packed it (RFC 1951); nil stores it as it is.
    var deflated: [UInt8]?
  }

  var entries: [Entry]

  init(_ entries: Entry...) { self.entries = entries }

  var bytes: [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = archive.count
      let sum = entry.checksum ?? CRC32.update(0, entry.text.span)
      let (stored, size) = (entry.deflated ?? entry.text, UInt64(entry.text.count))
      let packed = UInt64(stored.count)
      let method: UInt16 = entry.deflated == nil ? 0 : 8
      let flags: UInt16 = (entry.isEncrypted ? 1 : 0) | (entry.hasDescriptor ? 8 : 0)
      let wide =
        entry.isWide ? Self.number(UInt16(1)) + Self.number(UInt16(16)) + Self.number(size) + Self.number(packed) : []
      let (shown, shownPacked) = entry.isWide ? (UInt32.max, UInt32.max) : (UInt32(size), UInt32(packed))
      func header(isLocal: Bool) -> [UInt8] {
        let later = isLocal && entry.hasDescriptor
        return Self.number(UInt16(entry.isWide ? 45 : 20)) + Self.number(flags) + Self.number(method)
          + Self.number(UInt16(0)) + Self.number(UInt16(0x21)) + Self.number(later ? 0 : sum)
          + Self.number(later ? 0 : shownPacked) + Self.number(later ? 0 : shown)
          + Self.number(UInt16(entry.path.utf8.count)) + Self.number(UInt16(wide.count))
      }
      archive += Array("PK\u{3}\u{4}".utf8) + header(isLocal: true) + Array(entry.path.utf8) + wide + stored
      if entry.hasDescriptor {
        archive +=
          Array("PK\u{7}\u{8}".utf8) + Self.number(sum) + Self.number(UInt32(packed)) + Self.number(UInt32(size))
      }
      directory += Array("PK\u{1}\u{2}".utf8) + Self.number(UInt16(0x0314)) + header(isLocal: false)
      directory += [UInt8](repeating: 0, count: 6)
      directory +=
        Self.number(UInt32(entry.path.hasSuffix("/") ? 0x41ED_0010 : 0x81A4_0000)) + Self.number(UInt32(offset))
      directory += Array(entry.path.utf8) + wide
    }
    let start = UInt32(archive.count)
    let count = UInt16(entries.count)
    return archive + directory + Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + Self.number(count) + Self.number(count)
      + Self.number(UInt32(directory.count)) + Self.number(start) + [0, 0]
  }

  private static func number<I: FixedWidthInteger>(_ value: I) -> [UInt8] {
    (0..<I.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> I($0 * 8)) }
  }
}

extension ZipArchive.Entry {
  init(_ path: String, _ text: String) { self.init(path: path, text: Array(text.utf8)) }
}
