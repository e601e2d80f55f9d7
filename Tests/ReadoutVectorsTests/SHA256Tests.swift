import ReadoutVectors
import Testing

/// The examples of FIPS 180-4 and NIST's test vectors, in one go and in pieces of every length around a block.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func knownDigests(text: String, digest: String) {
    #expect(SHA256.hexadecimal(of: Array(text.utf8).span) == digest)
  }

  @Test func piecesGiveTheDigestOfTheWhole() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let whole = SHA256.hexadecimal(of: bytes.span)
    for piece in 1...130 {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: piece) {
        hash.update(bytes.span.extracting(start..<min(start + piece, bytes.count)))
      }
      #expect(hash.byteCount == 300)
      #expect(hash.hexadecimal() == whole)
      // Asking ends nothing.
      #expect(hash.hexadecimal() == whole)
    }
  }
}
