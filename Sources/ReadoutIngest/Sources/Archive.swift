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

  /// The one file inside `packed`: the compressed stream, or the only file of a zip archive.
  ///
  /// - Parameter ratio: how many times its size the file may unpack to; see `UnpackBudget`.
  static func unpack(
    _ packed: PaddedBytes, name: String, ratio: Int?, control: ExecutionControl
  ) throws(ReadoutError) -> PaddedBytes {
    var budget = UnpackBudget(packed: packed.count, ratio: ratio, name: name)
    // Sound: the handle is made and freed here; `packed` outlives it, for libarchive reads it in place.
    guard let archive = unsafe archive_read_new() else { throw .bug("libarchive gave no handle") }
    defer { unsafe _ = archive_read_free(archive) }
    unsafe _ = archive_read_support_filter_all(archive)
    unsafe _ = archive_read_support_format_zip(archive)
    unsafe _ = archive_read_support_format_raw(archive)
    return try withExtendedLifetime(packed) { () throws(ReadoutError) -> PaddedBytes in
      let opened = unsafe packed.vector.withUnsafeBufferPointer {
        unsafe archive_read_open_memory(archive, $0.baseAddress, $0.count)
      }
      guard opened == ARCHIVE_OK else { throw unsafe failure(archive, name) }
      var entry: OpaquePointer?
      guard unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK else { throw unsafe failure(archive, name) }
      while let current = unsafe entry, unsafe archive_entry_filetype(current) == S_IFDIR {
        guard unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK else {
          throw unsafe failure(archive, name)
        }
      }
      let text = try unsafe read(archive, &budget, control)
      switch unsafe archive_read_next_header(archive, &entry) {
      case ARCHIVE_EOF:
        guard GzipCheck.passes(packed.vector.span, text: text.vector.span) else {
          throw damaged(name, "its checksum is another")
        }
        return text
      case ARCHIVE_OK:
        throw ReadoutError(
          .data, "the archive holds more than one file", value: name, hint: "unpack it, or keep one file in it")
      default: throw unsafe failure(archive, name)
      }
    }
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
