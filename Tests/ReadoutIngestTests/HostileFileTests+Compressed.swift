import Foundation
import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutIngest

/// Compressed files that are damaged, that hold other compressed files, or hold many small ones.
extension HostileFileTests {
  private static let text = Array("a,b\n1,x\n2,y\n3,z\n4,w\n".utf8)

  /// `text` in three members: by gzip and zlib 1.2.13, bzip2 1.0.8, xz 5.4.1, and zstd 1.5.4 with checksums.
  private static let members: [String: [[UInt8]]] = [
    "gz": [
      "1F8B08000000000002034BD449E232D4A9E00200F4A0010008000000",
      "1F8B080000000000020333D2A9E432D6A9E20200800C862A08000000",
      "1F8B080000000000020333D129E702004109F1EF04000000",
    ],
    "bz2": [
      "425A6839314159265359D47BF16E000002D98000100004200030000040200021A699A0C028150B0BB9229C28486A3DF8B700",
      "425A68393141592653597530971000000258800010000418000030200021A699A0C002950B0BB9229C28483A984B8800",
      "425A683931415926535902B02AC2000001588000100004040000802000219A68334D173C5DC914E142400AC0AB08",
    ],
    "xz": [
      "FD377A585A000004E6D6B4460200210116000000742FE5A3010007612C620A312C780A007B8A245B0F33CBC600012008BB19D9BB"
        + "1FB6F37D010000000004595A",
      "FD377A585A000004E6D6B4460200210116000000742FE5A3010007322C790A332C7A0A000E3EC96684E8A5D600012008BB19D9BB"
        + "1FB6F37D010000000004595A",
      "FD377A585A000004E6D6B4460200210116000000742FE5A3010003342C770A000575D8FC0BBB9F2700011C046F2C9CC11FB6F37D"
        + "010000000004595A",
    ],
    "zst": [
      "28B52FFD0458410000612C620A312C780A6603301F",
      "28B52FFD0458410000322C790A332C7A0A78F73807",
      "28B52FFD0458210000342C770A4AFEC30C",
    ],
  ].mapValues { $0.map(bytes) }

  private static func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! }
  }

  /// The texts inside; nil where the file is refused.
  private func unpacked(_ bytes: [UInt8]) -> [[UInt8]]? {
    let packed = PaddedBytes(bytes)
    guard Archive.recognises(packed.vector.span),
      let members = try? Archive.unpack(packed, name: "a", ratio: 250, control: ExecutionControl())
    else { return nil }
    return members.map { member in member.text.vector.indices.map { member.text.vector[$0] } }
  }

  /// Each bit in turn is another one: the same text comes out, or none.
  @Test(arguments: ["gz", "bz2", "xz", "zst"]) func aBitAnywhere(_ kind: String) {
    let whole = Self.members[kind]!.flatMap(\.self)
    #expect(unpacked(whole) == [Self.text])
    var refused = 0
    for bit in 0..<whole.count * 8 {
      var damaged = whole
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let found = unpacked(damaged)
      #expect(found == nil || found == [Self.text], "byte \(bit / 8), bit \(bit % 8)")
      if found == nil { refused += 1 }
    }
    #expect(refused > whole.count * 4)
  }

  /// A file that ends between two members is one of fewer members; any other that was cut is refused.
  @Test(arguments: ["gz", "bz2", "xz", "zst"]) func aCompressedFileCutAnywhere(_ kind: String) {
    let members = Self.members[kind]!
    let whole = members.flatMap(\.self)
    let ends = [0, members[0].count, members[0].count + members[1].count]
    for length in 0..<whole.count where !ends.contains(length) {
      #expect(unpacked(Array(whole[..<length])) == nil, "cut at \(length)")
    }
  }

  @Test(arguments: ["gz", "bz2", "xz", "zst"]) func whatFollowsACompressedFile(_ kind: String) {
    let whole = Self.members[kind]!.flatMap(\.self)
    for rest in ["x", "trailing garbage", "BZh", "\u{1F}", "a,b\n1,x\n"] {
      #expect(unpacked(whole + Array(rest.utf8)) == nil, "\(rest)")
    }
  }

  /// Tapes fill their last block.
  @Test func zerosMayFollowGzip() {
    let whole = Self.members["gz"]!.flatMap(\.self)
    let zeros = [UInt8](repeating: 0, count: 1000)
    #expect(unpacked(whole + zeros) == [Self.text])
    #expect(unpacked(whole + zeros + [1]) == nil)
    #expect(unpacked(whole + zeros + whole) == nil)
  }

  @Test func gzipOfNothing() {
    let nothing = Self.bytes("1F8B080000000000020303000000000000000000")
    #expect(unpacked(nothing) == [[]])
    let manyTimes = [[UInt8]](repeating: nothing, count: 1000).flatMap(\.self)
    #expect(unpacked(manyTimes + Self.members["gz"]![0]) == [Array("a,b\n1,x\n".utf8)])
  }

  /// Up to 255 bytes as a Zstandard frame (RFC 8878) of one block that is stored as it is.
  private func stored(_ bytes: [UInt8]) -> [UInt8] {
    let block = bytes.count << 3 | 1
    return [0x28, 0xB5, 0x2F, 0xFD, 0x20, UInt8(bytes.count), UInt8(block & 0xFF), UInt8(block >> 8), 0] + bytes
  }

  /// What libarchive would decode, or start a program for.
  private static let foreign = [
    "uuencode": "begin 644 x.csv\n(82QB\"C$L,@H`\n`\nend\n", "base64": "begin-base64 644 x.csv\nYSxiCjEsMgo=\n====\n",
    "lrzip": "LRZI\u{0}\u{6}\(String(repeating: "\u{0}", count: 30))",
    "lzip": "LZIP\u{1}\(String(repeating: "a,b\n", count: 20))",
    "lz4": "\u{4}\"M\u{18}d@", "grzip": "GRZipII\u{0}\u{2}\u{4}:)", "lzop": "\u{FFFD}LZO\u{0}\r\n\u{1A}\n",
  ]

  @Test(arguments: foreign.keys.sorted()) func whatIsInsideIsTextOnly(_ kind: String) {
    let inside = Array(Self.foreign[kind]!.utf8)
    #expect(unpacked(stored(inside)) == [inside])
  }

  @Test(arguments: ["gz", "bz2", "xz", "zst"]) func aCompressedFileInsideIsAnError(_ kind: String) {
    for outer in [stored, { ZipArchive(.init(path: "x.csv", text: $0)).bytes }] {
      let found = Outcome { () throws(ReadoutError) in try read(outer(Self.members[kind]![0])) }
      #expect(found.error?.contains("a compressed file inside a compressed file") == true, "\(found)")
    }
  }

  /// Each took 2 MB.
  @Test func thousandsOfSmallFilesInAnArchiveTakeLittleMemory() throws {
    var archive = ZipArchive()
    archive.entries = (0..<4_000).map { ZipArchive.Entry("\($0).csv", "a,b\n\($0),x\n") }
    let packed = PaddedBytes(archive.bytes)
    let before = MemoryAccount.bytesInUse
    let members = try Archive.unpack(packed, name: "a.zip", ratio: 250, control: ExecutionControl())
    #expect(members.count == 4_000)
    // Other tests run meanwhile.
    #expect(MemoryAccount.bytesInUse - before < 1 << 30)
  }

  // MARK: What never ends

  /// The error of reading a file within a tenth of a second.
  private func endlessly(_ path: String) -> String? {
    Outcome { () throws(ReadoutError) in
      try CSVReader.read([.file(path)], control: ExecutionControl(timeLimit: .milliseconds(100)))
    }.error
  }

  @Test func aDeviceWithoutEndLooksAtTheClock() {
    #expect(endlessly("/dev/zero")?.contains("the time limit was reached") == true)
  }

  @Test func aPipeWithoutWriterLooksAtTheClock() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "readout-\(UUID().uuidString)").path
    try #require(unsafe mkfifo(path, 0o600) == 0)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(endlessly(path)?.contains("the time limit was reached") == true)
    // A writer that holds it, and writes nothing.
    let held = unsafe open(path, O_RDWR)
    #expect(endlessly(path)?.contains("the time limit was reached") == true)
    close(held)
    let writer = Thread { try? Data("a\n1\n".utf8).write(to: URL(fileURLWithPath: path)) }
    writer.start()
    #expect(try CSVReader.read([.file(path)]).column("a") == [1])
  }
}
