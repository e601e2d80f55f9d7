import CNettle

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
public struct SHA256 {
  private var context = sha256_ctx()
  public private(set) var byteCount = 0

  public init() { unsafe nettle_sha256_init(&context) }

  public mutating func update(_ bytes: Span<UInt8>) {
    byteCount += bytes.count
    // Sound: the function reads `count` bytes of the span, and nothing where there are none.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe nettle_sha256_update(&context, buffer.count, base)
    }
  }

  /// The digest of all bytes so far, in 64 hexadecimal digits.
  public func hexadecimal() -> String {
    var context = context
    var digest = [UInt8](repeating: 0, count: 32)
    // Sound: the function writes the digest's 32 bytes.
    unsafe digest.withUnsafeMutableBufferPointer { unsafe readout_sha256_digest(&context, $0.baseAddress!) }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  public static func hexadecimal(of bytes: Span<UInt8>) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexadecimal()
  }
}

extension Files {
  /// The length and SHA-256 of a file. O(bytes), a block of them in memory at a time.
  public static func digest(_ path: String) throws(FileProblem) -> (byteCount: Int, sha256: String) {
    var hash = SHA256()
    try forEachBlock(path, blockBytes: 1 << 18) { hash.update($0) }
    let count = hash.byteCount
    return (count, hash.hexadecimal())
  }
}
