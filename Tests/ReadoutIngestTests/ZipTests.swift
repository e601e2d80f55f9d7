import ReadoutEngine
import Testing

@testable import ReadoutIngest

/// Zip archives of one file and of several, in every form that programs write.
@Suite struct ZipTests {
  private let first = ZipArchive.Entry("part/1.csv", "a,b\n1,x\n")
  private let second = ZipArchive.Entry("part/2.csv", "b,a\ny,2\n")

  @Test func severalFilesAreOneTable() throws {
    let loaded = try read(ZipArchive(.init("part/", ""), first, .init("__MACOSX/part/._1.csv", "?"), second).bytes)
    #expect(loaded.column("a") == [1, 2])
    #expect(loaded.column("b") == ["x", "y"])
  }

  @Test func errorsNameTheFileInside() throws {
    let found = Outcome { () throws(ReadoutError) in
      try read(ZipArchive(first, .init("part/3.csv", "a,c\n1,x\n")).bytes)
    }
    #expect(found.error?.contains("test.csv/part/3.csv") == true, "\(found)")
  }

  @Test(arguments: [false, true], [false, true]) func forms(hasDescriptor: Bool, isWide: Bool) throws {
    // A descriptor of wide sizes has another layout, which no reader needs here.
    if hasDescriptor, isWide { return }
    var entries = [first, second]
    for number in entries.indices {
      entries[number].hasDescriptor = hasDescriptor
      entries[number].isWide = isWide
    }
    #expect(try read(ZipArchive(entries[0], entries[1]).bytes).column("a") == [1, 2])
  }

  /// Packed by DEFLATE, as nearly all archives are: `a,b` and 1,000 records `4711,xyz`, by zlib 1.2.13.
  @Test(arguments: [false, true], [false, true]) func deflatedFiles(hasDescriptor: Bool, isWide: Bool) throws {
    if hasDescriptor, isWide { return }
    var entry = ZipArchive.Entry("part/1.csv", "a,b\n" + String(repeating: "4711,xyz\n", count: 1000))
    entry.hasDescriptor = hasDescriptor
    entry.isWide = isWide
    entry.deflated = [
      0xED, 0xC6, 0x31, 0x0D, 0x00, 0x20, 0x0C, 0x00, 0xB0, 0x1F, 0x2D, 0x7B, 0x96, 0x2C, 0x41, 0x0F, 0xA8, 0x80,
      0xA9, 0xC7, 0x07, 0x69, 0xAF, 0xAE, 0xD8, 0xA3, 0x66, 0x66, 0x9C, 0xDB, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22,
      0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x3F, 0xE7, 0x01,
    ]
    let loaded = try read(ZipArchive(entry, second).bytes)
    #expect(loaded.column("a") == [Scalar](repeating: 4711, count: 1000) + [2])
    #expect(loaded.column("b").first == "xyz")
    entry.deflated![8] ^= 1
    let broken = Outcome { () throws(ReadoutError) in try read(ZipArchive(entry, second).bytes) }
    #expect(broken.error?.contains("damaged or cut off") == true, "\(broken)")
  }

  /// What a directory does not know of is lost in silence otherwise.
  @Test func whatStandsAroundIsSaid() {
    func error(_ bytes: [UInt8]) -> String { Outcome { () throws(ReadoutError) in try read(bytes) }.error ?? "none" }
    let (one, two) = (ZipArchive(first).bytes, ZipArchive(second).bytes)
    #expect(error(one + two).contains("\(one.count) bytes stand before the archive"))
    #expect(error(one + Array("more".utf8)).contains("something else follows"))
    #expect(error(Array(one.dropLast())).contains("damaged or cut off"))
  }

  /// The files' names tell the format, as they do outside of an archive.
  @Test func formatsOfFiles() throws {
    func loaded(_ archive: ZipArchive) throws(ReadoutError) -> LoadedTable {
      try TableReader.read([.bytes(archive.bytes, named: "test.zip")])
    }
    let lines = ZipArchive.Entry("lines.jsonl", "{\"a\": 1}\n{\"a\": 2}\n")
    #expect(try loaded(ZipArchive(.init("part/", ""), lines)).column("a") == [1, 2])
    #expect(try loaded(ZipArchive(.init("all.json", "[{\"a\": 3}]"))).column("a") == [3])
    #expect(try loaded(ZipArchive(first)).column("a") == [1])
    let mixed = Outcome { () throws(ReadoutError) in try loaded(ZipArchive(first, lines)) }
    #expect(mixed.error?.contains("different formats") == true, "\(mixed)")
  }

  @Test func whatCannotBeReadIsSaid() {
    func error(_ bytes: [UInt8]) -> String { Outcome { () throws(ReadoutError) in try read(bytes) }.error ?? "none" }
    var encrypted = first
    encrypted.isEncrypted = true
    #expect(error(ZipArchive(second, encrypted).bytes).contains("encrypted"))
    var wrong = first
    wrong.checksum = 7
    #expect(error(ZipArchive(second, wrong).bytes).contains("damaged or cut off"))
    #expect(error(ZipArchive().bytes).contains("holds no file"))
    #expect(error(ZipArchive(.init("part/", "")).bytes).contains("holds no file"))
  }

  /// An archive that was cut off is an error wherever the cut is, never a table of the files before it.
  @Test func everyCut() {
    let whole = ZipArchive(first, second).bytes
    for length in 4..<whole.count {
      let found = Outcome { () throws(ReadoutError) in try read(Array(whole.prefix(length))) }
      #expect(found.error != nil, "cut at \(length)")
    }
  }
}
