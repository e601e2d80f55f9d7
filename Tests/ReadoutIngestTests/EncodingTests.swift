import ReadoutEngine
import Testing

@testable import ReadoutIngest

@Suite struct EncodingTests {
  let text = "name,city\nÄrzte,Köln\n金,서울 🎌\n"

  @Test func byteOrderMarkIsLeftOut() throws {
    let loaded = try read([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(loaded.table.names == ["name", "city"])
    #expect(loaded.column("city") == ["Köln", "서울 🎌"])
  }

  @Test(arguments: [true, false], [true, false]) func utf16(bigEndian: Bool, mark: Bool) throws {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    let bytes = units.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try read(bytes).column("city") == ["Köln", "서울 🎌"])
    let broken = Outcome { () throws(ReadoutError) in try read(Array(bytes.dropLast())) }
    #expect(broken.error?.contains("no UTF-16") == true)
  }

  @Test func windows1252IsDetectedWithANote() throws {
    // "Müller – 5 €" and "Ärzte"
    let bytes =
      Array("a,b\nM".utf8) + [0xFC] + Array("ller ".utf8) + [0x96] + Array(" 5 ".utf8) + [0x80]
      + Array(",1\n".utf8) + [0xC4] + Array("rzte,x\n".utf8)
    let loaded = try read(bytes)
    #expect(loaded.column("a") == ["Müller – 5 €", "Ärzte"])
    #expect(loaded.notes.first == "test.csv: read as Windows-1252, for it is no UTF-8 (first at byte 5)")
    let error = Outcome { () throws(ReadoutError) in try read(bytes) { $0.types = ["b": .integer] } }
    // The byte is that of the file, before conversion.
    #expect(error.error?.contains("at test.csv:3, byte 25, column b") == true)
  }

  @Test func bytesInNoEncodingAreAnError() {
    let bytes = Array("a,b\nKöln und Zürich, Ärger,1\nx".utf8) + [0xFF, 0x81] + Array(",2\n".utf8)
    let found = Outcome { () throws(ReadoutError) in try read(bytes) { $0.delimiter = UInt8(ascii: ",") } }
    #expect(found.error?.hasPrefix("readout: bytes that are no UTF-8: 0xFF\n  at test.csv:3, byte 33\n") == true)
    #expect(found.error?.contains("encoding = \"windows-1252\"") == true)
  }

  @Test func aNamedEncodingIsTaken() throws {
    #expect(try read([0x61, 0x0A, 0xE9, 0x0A]) { $0.encoding = .windows1252 }.column("a") == ["é"])
    #expect(TextEncoding(named: "Latin-1") == .windows1252)
    #expect(TextEncoding(named: "UTF8") == .utf8)
    #expect(TextEncoding(named: "koi8-r") == nil)
  }

  /// Every cut of a sequence, at every place about a block of 64 bytes, is found at its offset.
  @Test func invalidSequencesAreFoundWhereverTheyStand() {
    for sequence in [
      [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x8E], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0x80], [0xF5, 0x80, 0x80, 0x80],
    ]
      as [[UInt8]]
    {
      for place in 0..<70 {
        for stretch in [1, 7, 64] {
          let bytes =
            Array("a\n\u{1F38C}é".utf8) + Array(repeating: 0x78, count: place) + sequence + Array("z\u{1F38C}\n".utf8)
          let found = Outcome { () throws(ReadoutError) in try read(bytes) { $0.stretchBytes = stretch } }
          #expect(found.error?.contains("byte \(8 + place)\n") == true, "\(sequence) at \(place), stretch \(stretch)")
        }
      }
    }
  }
}
