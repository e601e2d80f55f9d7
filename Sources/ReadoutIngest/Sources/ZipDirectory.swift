import ReadoutEngine
import ReadoutVectors

/// The directory at the end of a zip archive: what the files in it are called. libarchive reads them; it takes what the last directory
/// says for all there is, and says nothing of bytes before or behind it.
///
/// Layout: APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16.
struct ZipDirectory {
  private(set) var paths: [String] = []

  private static let endLength = 22
  private static let entryLength = 46

  /// - Throws: `.data` where the directory is missing or damaged, or where something stands before the archive or follows it.
  init(_ archive: PaddedBytes, name: String) throws(ReadoutError) {
    let vector = archive.vector
    let bytes = vector.span
    guard let end = Self.end(in: bytes) else {
      throw Archive.damaged(name, "no directory ends where the file ends: it is cut off, or something else follows")
    }
    let (size, start) = (bytes.number(at: end + 12), bytes.number(at: end + 16))
    // An archive of 4 GB or 65,536 files has its numbers elsewhere.
    if start == UInt32.max || size == UInt32.max || bytes.number(at: end + 8) & 0xFFFF == 0xFFFF { return }
    guard size + start == end else {
      throw Archive.damaged(
        name, "\(end - size - start) bytes stand before the archive that its directory does not know of")
    }
    var at = start
    var first = Int.max
    while at < end {
      guard at + Self.entryLength <= end, bytes.number(at: at) == 0x0201_4B50 else {
        throw Archive.damaged(name, "the directory is damaged at byte \(at)")
      }
      let lengths = bytes.number(at: at + 28)
      let pathLength = lengths & 0xFFFF
      let (extraLength, commentLength) = (lengths >> 16, bytes.number(at: at + 32) & 0xFFFF)
      let next = at + Self.entryLength + pathLength + extraLength + commentLength
      guard next <= end else { throw Archive.damaged(name, "the directory is damaged at byte \(at)") }
      let path = at + Self.entryLength..<at + Self.entryLength + pathLength
      paths.append(String(decoding: path.map { bytes[$0] }, as: UTF8.self))
      first = min(first, bytes.number(at: at + 42))
      at = next
    }
    guard paths.isEmpty || first == 0 else {
      throw Archive.damaged(name, "\(first) bytes stand before the archive that its directory does not know of")
    }
  }

  /// Where the record begins that ends the directory, and with its comment the file.
  private static func end(in bytes: Span<UInt8>) -> Int? {
    var at = bytes.count - endLength
    let least = max(0, at - 0xFFFF)
    while at >= least {
      if bytes.number(at: at) == 0x0605_4B50, at + endLength + bytes.number(at: at + 18) >> 16 == bytes.count {
        return at
      }
      at -= 1
    }
    return nil
  }

  /// The format that all files tell by their names; nil where they tell none.
  ///
  /// - Throws: `.request` where they tell several.
  func format(name: String) throws(ReadoutError) -> RecordFormat? {
    let files = paths.filter { !$0.hasSuffix("/") && !Archive.isLitter($0) }
    let formats = files.map { RecordFormat(ofFile: $0) }
    guard let first = formats.first, let other = formats.firstIndex(where: { $0 != first }) else {
      return formats.first ?? nil
    }
    throw ReadoutError(
      .request, "files of one archive in different formats", value: "\(name)/\(files[other])",
      place: .init(
        detail: "\(name)/\(files[0]) is \((first ?? .csv).rawValue), it is \((formats[other] ?? .csv).rawValue)"),
      hint: "unpack it, and read them as two tables")
  }
}

extension Span<UInt8> {
  /// Four bytes, the least first.
  fileprivate func number(at place: Int) -> Int {
    Int(self[place]) | Int(self[place + 1]) << 8 | Int(self[place + 2]) << 16 | Int(self[place + 3]) << 24
  }
}
