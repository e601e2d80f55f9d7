import CArchive
import ReadoutEngine
import ReadoutVectors

/// Decompression through libarchive, streamed block by block into memory.
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
    }
  }

  /// A file inside an archive.
  struct Member {
    /// Its path there; nil for a compressed stream, which has one file without a name.
    var path: String?
    var text: PaddedBytes
  }

  /// The files inside `packed`, in their order: that of a compressed stream, or those of a zip archive. Folders, and what the Finder adds, are passed over.
  ///
  /// - Parameter ratio: how many times its size the file may unpack to; see `UnpackBudget`.
  /// - Throws: `.data` for what is damaged, cut off, encrypted or without a file.
  static func unpack(
    _ packed: PaddedBytes, name: String, ratio: Int?, control: ExecutionControl
  ) throws(ReadoutError) -> [Member] {
    // The end of a directory, and nothing before it.
    if packed.vector[0] == 0x50, packed.vector[2] == 0x05 { throw holdsNothing(name) }
    var budget = UnpackBudget(packed: packed.count, ratio: ratio, name: name)
    // Sound: the handle is made and freed here; `packed` outlives it, for libarchive reads it in place.
    guard let archive = unsafe archive_read_new() else { throw .bug("libarchive gave no handle") }
    defer { unsafe _ = archive_read_free(archive) }
    let isZip = packed.vector[0] == 0x50
    if isZip {
      // By the directory at its end, which a file that was cut off has lost.
      unsafe _ = archive_read_support_format_zip_seekable(archive)
    } else {
      unsafe _ = archive_read_support_filter_all(archive)
      unsafe _ = archive_read_support_format_raw(archive)
    }
    return try withExtendedLifetime(packed) { () throws(ReadoutError) -> [Member] in
      let opened = unsafe packed.vector.withUnsafeBufferPointer {
        unsafe archive_read_open_memory(archive, $0.baseAddress, $0.count)
      }
      guard opened == ARCHIVE_OK else { throw unsafe failure(archive, name) }
      var members: [Member] = []
      var entry: OpaquePointer?
      while true {
        switch unsafe archive_read_next_header(archive, &entry) {
        case ARCHIVE_OK: break
        case ARCHIVE_EOF:
          if members.isEmpty {
            throw holdsNothing(name)
          }
          let first = members[0].text.vector
          if !isZip, !GzipCheck.passes(packed.vector.span, text: first.span) {
            throw damaged(name, "its checksum is another")
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

  private static func holdsNothing(_ name: String) -> ReadoutError {
    ReadoutError(.data, "the archive holds no file", value: name, hint: "list it with unzip -l")
  }

  /// What the Finder adds to an archive, beside the files themselves.
  private static func isLitter(_ path: String) -> Bool {
    path.hasPrefix("__MACOSX/") || path.hasSuffix("/.DS_Store") || path == ".DS_Store"
  }

  @unsafe private static func read(
    _ archive: OpaquePointer, _ budget: inout UnpackBudget, _ control: ExecutionControl
  ) throws(ReadoutError) -> PaddedBytes {
    let name = budget.name
    let block = 1 << 20
    var builder = PaddedBytesBuilder()
    while true {
      try control.check()
      if MemoryAccount.wouldExceed(adding: builder.count + 2 * block) { throw .memoryLimit(while: "unpacking \(name)") }
      var got = 0
      builder.append(upTo: block) { output in
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
          unsafe got = archive_read_data(archive, buffer.baseAddress, buffer.count)
          count = max(0, got)
        }
      }
      if got < 0 { throw unsafe failure(archive, name) }
      if got == 0 { return builder.freeze() }
      try budget.take(got)
    }
  }

  @unsafe private static func failure(_ archive: OpaquePointer, _ name: String) -> ReadoutError {
    let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return damaged(name, words)
  }

  private static func damaged(_ name: String, _ words: String?) -> ReadoutError {
    ReadoutError(
      .data, "the compressed file is damaged or cut off", place: .init(file: name, detail: words),
      hint: "test it with gzip -t, zstd -t, xz -t, bzip2 -t or unzip -t, and fetch it again")
  }
}
