import CArchive
import ReadoutEngine
import ReadoutVectors

/// Decompression block by block into memory: of gzip through zlib, of everything else through libarchive.
enum Archive {
  /// Whether the first bytes are those of gzip, Zstandard, bzip2, xz or zip.
  static func recognises(_ bytes: Span<UInt8>) -> Bool {
    let magics: [[UInt8]] = [
      [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06],
    ]
    // "BZh", a digit, then the start of a block or of the end.
    if bytes.count >= 5, bytes[0] == 0x42, bytes[1] == 0x5A, bytes[2] == 0x68, bytes[4] == 0x31 || bytes[4] == 0x17 {
      return true
    }
    return magics.contains { magic in
      bytes.count >= magic.count && magic.indices.allSatisfy { bytes[$0] == magic[$0] }
    } || isSkippable(bytes)
  }

  /// Whether a frame of Zstandard comes first that says nothing: pzstd writes such ones.
  private static func isSkippable(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 8 && bytes[0] & 0xF0 == 0x50 && bytes[1] == 0x2A && bytes[2] == 0x4D && bytes[3] == 0x18
  }

  /// A file inside an archive.
  struct Member {
    /// Its path there; nil for a compressed stream, which has one file without a name.
    var path: String?
    var text: PaddedBytes
  }

  /// The files inside `packed`, in their order: that of a compressed stream, or those of a zip archive. Folders, and what the Finder adds, are passed over.
  /// What is unpacked is not unpacked again.
  ///
  /// - Parameter ratio: how many times its size the file may unpack to; see `UnpackBudget`.
  /// - Throws: `.data` for what is damaged, cut off, encrypted, without a file, or compressed twice.
  static func unpack(
    _ packed: PaddedBytes, name: String, ratio: Int?, control: ExecutionControl
  ) throws(ReadoutError) -> [Member] {
    var budget = UnpackBudget(packed: packed.count, ratio: ratio, name: name)
    let members =
      if packed.vector[0] == 0x1F {
        [Member(path: nil, text: try Gzip.unpack(packed, &budget, control))]
      } else {
        try unpackByLibarchive(packed, &budget, control)
      }
    for member in members where recognises(member.text.vector.span) {
      throw ReadoutError(
        .data, "a compressed file inside a compressed file", value: member.path.map { "\(name)/\($0)" } ?? name,
        hint: "unpack it once, and read what is inside")
    }
    return members
  }

  private static func unpackByLibarchive(
    _ packed: PaddedBytes, _ budget: inout UnpackBudget, _ control: ExecutionControl
  ) throws(ReadoutError) -> [Member] {
    let name = budget.name
    let isZip = packed.vector[0] == 0x50 && packed.vector[1] == 0x4B
    // The end of a directory, and nothing before it.
    if isZip, packed.vector[2] == 0x05 { throw holdsNothing(name) }
    // Sound: the handle is made and freed here; `packed` outlives it, for libarchive reads it in place.
    guard let archive = unsafe archive_read_new() else { throw .bug("libarchive gave no handle") }
    defer { unsafe _ = archive_read_free(archive) }
    if isZip { _ = try ZipDirectory(packed, name: name) }
    let prepared =
      switch packed.vector[0] {
      // By the directory at its end, which a file that was cut off has lost.
      case 0x50 where isZip: unsafe archive_read_support_format_zip_seekable(archive)
      case 0x42: unsafe readRaw(archive, through: ARCHIVE_FILTER_BZIP2)
      case 0xFD: unsafe readRaw(archive, through: ARCHIVE_FILTER_XZ)
      default: unsafe readRaw(archive, through: ARCHIVE_FILTER_ZSTD)
      }
    guard prepared == ARCHIVE_OK else {
      throw ReadoutError(
        .request, "this machine's libarchive cannot unpack it", value: name, hint: "unpack it, and read what is inside")
    }
    return try withExtendedLifetime(packed) { () throws(ReadoutError) -> [Member] in
      let opened = unsafe packed.vector.withUnsafeBufferPointer {
        unsafe archive_read_open_memory(archive, $0.baseAddress, $0.count)
      }
      guard opened == ARCHIVE_OK else { throw unsafe failure(archive, name) }
      var members: [Member] = []
      var entry: OpaquePointer?
      while true {
        try control.check()
        switch unsafe archive_read_next_header(archive, &entry) {
        case ARCHIVE_OK: break
        case ARCHIVE_EOF:
          if members.isEmpty {
            throw holdsNothing(name)
          }
          // libarchive takes what is not the start of another stream for the end.
          if !isZip, unsafe archive_filter_bytes(archive, -1) != packed.count {
            throw damaged(name, "something else follows from byte \(unsafe archive_filter_bytes(archive, -1)) on")
          }
          return members
        default: throw unsafe failure(archive, name)
        }
        guard let current = unsafe entry else { throw .bug("libarchive gave no entry") }
        if unsafe archive_entry_is_encrypted(current) != 0 {
          throw ReadoutError(
            .data, "the archive is encrypted", value: name, hint: "unpack it with its password, and read what is inside"
          )
        }
        // Sound: the path lives until the next header is read, and is copied here.
        let path = isZip ? unsafe archive_entry_pathname(current).map { unsafe String(cString: $0) } ?? "?" : nil
        if let path, unsafe archive_entry_filetype(current) == S_IFDIR || isLitter(path) { continue }
        members.append(Member(path: path, text: try unsafe read(archive, &budget, control)))
      }
    }
  }

  /// Has the archive read as one stream that went through one filter, and that filter alone: of all that libarchive knows, some start
  /// programs. So does one that it was built without, which it tells by another status.
  @unsafe private static func readRaw(_ archive: OpaquePointer, through filter: Int32) -> Int32 {
    let status = unsafe archive_read_append_filter(archive, filter)
    return status == ARCHIVE_OK ? unsafe archive_read_support_format_raw(archive) : status
  }

  private static func holdsNothing(_ name: String) -> ReadoutError {
    ReadoutError(.data, "the archive holds no file", value: name, hint: "list it with unzip -l")
  }

  /// What the Finder adds to an archive, beside the files themselves.
  static func isLitter(_ path: String) -> Bool {
    path.hasPrefix("__MACOSX/") || path.hasSuffix("/.DS_Store") || path == ".DS_Store"
  }

  @unsafe private static func read(
    _ archive: OpaquePointer, _ budget: inout UnpackBudget, _ control: ExecutionControl
  ) throws(ReadoutError) -> PaddedBytes {
    let name = budget.name
    return try unsafe budget.gather(control) { output throws(ReadoutError) in
      let got = unsafe archive_read_data(archive, output.baseAddress, output.count)
      if got < 0 { throw unsafe failure(archive, name) }
      return got == 0 ? nil : got
    }
  }

  @unsafe private static func failure(_ archive: OpaquePointer, _ name: String) -> ReadoutError {
    let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return damaged(name, words)
  }

  static func damaged(_ name: String, _ words: String?) -> ReadoutError {
    ReadoutError(
      .data, "the compressed file is damaged or cut off", place: .init(file: name, detail: words),
      hint: "test it with gzip -t, zstd -t, xz -t, bzip2 -t or unzip -t, and fetch it again")
  }
}
