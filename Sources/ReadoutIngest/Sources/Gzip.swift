import CZlib
import ReadoutEngine
import ReadoutVectors

/// Decompression of gzip through zlib, which checks length and checksum of every member; libarchive checks neither.
enum Gzip {
  /// The text of all members, one behind the other. Zeros may follow the last one.
  ///
  /// - Throws: `.data` for what is damaged, cut off, or followed by anything else.
  static func unpack(
    _ packed: PaddedBytes, _ budget: inout UnpackBudget, _ control: ExecutionControl
  ) throws(ReadoutError) -> PaddedBytes {
    let name = budget.name
    // Sound: the stream is made, ended and freed here, and stays where it is, for zlib's state points back to it.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer { unsafe stream.deallocate() }
    // 16: nothing but gzip.
    guard unsafe inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .bug("zlib gave no stream")
    }
    defer { unsafe _ = inflateEnd(stream) }
    var read = 0
    var isOver = false
    return try unsafe budget.gather(control) { output throws(ReadoutError) in
      if isOver { return nil }
      let given = min(packed.count - read, 1 << 30)
      let room = output.count
      // Sound: zlib reads `given` bytes of `packed`, which outlives the call, and writes at most `room`.
      let status = unsafe packed.vector.withUnsafeBufferPointer { bytes in
        unsafe stream.pointee.next_in = bytes.baseAddress.map { unsafe UnsafeMutablePointer(mutating: $0 + read) }
        unsafe stream.pointee.avail_in = UInt32(given)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
      read += unsafe given - Int(stream.pointee.avail_in)
      switch status {
      case Z_OK: break
      case Z_STREAM_END:
        isOver = (read..<packed.count).allSatisfy { packed.vector[$0] == 0 }
        unsafe inflateReset(stream)
      case Z_BUF_ERROR: throw Archive.damaged(name, "it ends in the middle")
      default: throw Archive.damaged(name, unsafe stream.pointee.msg.map { unsafe String(cString: $0) })
      }
      return unsafe room - Int(stream.pointee.avail_out)
    }
  }
}
