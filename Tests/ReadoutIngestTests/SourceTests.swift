import Foundation
import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutIngest

@Suite struct SourceTests {
  /// `a,b` `1,x` `2,y`, packed.
  static let packed: [String: [UInt8]] = [
    "gz": [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4, 0xA9, 0xE0, 0x32,
      0xD2, 0xA9,
      0xE4, 0x02, 0x00, 0xC2, 0x96, 0x7E, 0x9D, 0x0C, 0x00, 0x00, 0x00,
    ],
    "bz2": [
      0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0xBC, 0xC7, 0x28, 0x45, 0x00, 0x00, 0x04, 0x59, 0x80,
      0x00, 0x10,
      0x00, 0x04, 0x30, 0x00, 0x30, 0x00, 0x00, 0x60, 0x20, 0x00, 0x31, 0x0C, 0x08, 0x23, 0x41, 0x9A, 0x8E, 0x04, 0x22,
      0x17, 0x8B,
      0xB9, 0x22, 0x9C, 0x28, 0x48, 0x5E, 0x63, 0x94, 0x22, 0x80,
    ],
    "xz": [
      0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04, 0xE6, 0xD6, 0xB4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16, 0x00, 0x00,
      0x00, 0x74,
      0x2F, 0xE5, 0xA3, 0x01, 0x00, 0x0B, 0x61, 0x2C, 0x62, 0x0A, 0x31, 0x2C, 0x78, 0x0A, 0x32, 0x2C, 0x79, 0x0A, 0x00,
      0x4C, 0xE0,
      0xB7, 0x6E, 0x5D, 0x13, 0x21, 0x73, 0x00, 0x01, 0x24, 0x0C, 0xA6, 0x18, 0xD8, 0xD8, 0x1F, 0xB6, 0xF3, 0x7D, 0x01,
      0x00, 0x00,
      0x00, 0x00, 0x04, 0x59, 0x5A,
    ],
    "zst": [
      0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x0C, 0x61, 0x00, 0x00, 0x61, 0x2C, 0x62, 0x0A, 0x31, 0x2C, 0x78, 0x0A, 0x32, 0x2C,
      0x79, 0x0A,
    ],
    "zip": [
      0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x21, 0x00, 0xC2, 0x96, 0x7E, 0x9D, 0x0C,
      0x00, 0x00,
      0x00, 0x0C, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x74, 0x2E, 0x63, 0x73, 0x76, 0x61, 0x2C, 0x62, 0x0A, 0x31,
      0x2C, 0x78,
      0x0A, 0x32, 0x2C, 0x79, 0x0A, 0x50, 0x4B, 0x01, 0x02, 0x14, 0x03, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x21, 0x00,
      0xC2, 0x96, 0x7E, 0x9D, 0x0C, 0x00, 0x00, 0x00, 0x0C, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      0x00, 0x00,
      0x00, 0x00, 0x00, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x74, 0x2E, 0x63, 0x73, 0x76, 0x50, 0x4B, 0x05, 0x06, 0x00,
      0x00, 0x00,
      0x00, 0x01, 0x00, 0x01, 0x00, 0x33, 0x00, 0x00, 0x00, 0x2F, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
  ]

  @Test(arguments: ["gz", "bz2", "xz", "zst", "zip"]) func compressed(kind: String) throws {
    let bytes = Self.packed[kind]!
    #expect(try read(bytes).column("b") == ["x", "y"])
    // A zip archive has its directory behind the data.
    let data = kind == "zip" ? 40 : bytes.count / 2
    let cut = Outcome { () throws(ReadoutError) in try read(Array(bytes.prefix(data))) }
    #expect(cut.error?.hasPrefix("readout: ") == true, "cut \(kind)")
    var damaged = bytes
    damaged[data] ^= 0xFF
    let found = Outcome { () throws(ReadoutError) in try read(damaged) }
    // This Zstandard frame has no checksum, and most of it is the text itself.
    #expect(kind == "zst" || found.error?.contains("damaged") == true, "damaged \(kind): \(found)")
  }

  @Test func globsReadSeveralFilesIntoOneTable() throws {
    let folder = NSTemporaryDirectory() + "readout-ingest-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(filePath: folder + "/" + name))
    }
    try write("events-2.csv", Array("b,a\nq,3\n".utf8))
    try write("events-1.csv.gz", Self.packed["gz"]!)
    let loaded = try CSVReader.read(try Source.files(matching: folder + "/events-*"))
    #expect(loaded.column("a") == [1, 2, 3])
    #expect(loaded.column("b") == ["x", "y", "q"])

    try write("events-3.csv", Array("a,c\n1,2\n".utf8))
    let found = Outcome { () throws(ReadoutError) in
      try CSVReader.read(try Source.files(matching: folder + "/events-?.csv*"))
    }
    #expect(found.error?.contains("different columns: b") == true)
    #expect(found.error?.contains("events-3.csv:1") == true)
    #expect(found.error?.contains("events-1.csv.gz") == true)
    #expect(throws: ReadoutError.self) { try Source.files(matching: folder + "/none-*.csv") }
    let missing = Outcome { () throws(ReadoutError) in try CSVReader.read([.file(folder + "/none.csv")]) }
    #expect(missing.error == "readout: no such file: \(folder)/none.csv")
    let directory = Outcome { () throws(ReadoutError) in try CSVReader.read([.file(folder)]) }
    #expect(directory.error?.contains("a folder where a file is wanted") == true)
  }

  /// A file whose size is a multiple of the page: the loads behind its end must find memory.
  @Test func filesThatFillTheirLastPage() throws {
    let path = NSTemporaryDirectory() + "readout-page-\(UInt64.random(in: 0 ... .max)).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for size in [4096, 8192, 4095, 4097] {
      var text = "a,b\n"
      while text.utf8.count < size - 8 { text += "1,x\n" }
      text += "2," + String(repeating: "y", count: size - text.utf8.count - 2)
      try Data(text.utf8).write(to: URL(filePath: path))
      let loaded = try CSVReader.read([.file(path)])
      #expect(loaded.column("a").last == 2)
      #expect(loaded.table.rowCount == text.split(separator: "\n").count - 1)
    }
  }

  @Test func cancellationAndTimeLimitsEndTheReading() throws {
    let control = ExecutionControl()
    control.cancel()
    let source = Source.bytes(Array("a\n1\n".utf8), named: "a.csv")
    #expect(throws: ReadoutError.cancelled) { try CSVReader.read([source], control: control) }
    let late = ExecutionControl(timeLimit: .zero)
    let found = Outcome { () throws(ReadoutError) in try CSVReader.read([source], control: late) }
    #expect(found.error?.contains("the time limit was reached") == true)
  }

  @Test func progressEndsAtTheTotal() throws {
    let seen = Gathered<[Int]>([])
    var text = "a,b\n"
    for i in 0..<1000 { text += "\(i),x\n" }
    var options = ReadingOptions()
    options.chunkRows = 100
    _ = try CSVReader.read([.bytes(Array(text.utf8), named: "a.csv")], options: options) { done, _ in
      seen.update { $0.append(done) }
    }
    #expect(seen.value.count == 10)
    #expect(seen.value.last == text.utf8.count - 4)
  }
}

@Suite struct ChecksumTests {
  @Test func crc32() {
    #expect(CRC32.update(0, Array("123456789".utf8).span) == 0xCBF4_3926)
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    for cut in 0..<40 {
      #expect(
        CRC32.update(CRC32.update(0, Array(bytes[..<cut]).span), Array(bytes[cut...]).span)
          == CRC32.update(0, bytes.span))
    }
  }

  @Test func gzipOfTwoMembersIsReadWhole() throws {
    let one = SourceTests.packed["gz"]!
    #expect(try read(one + one) { $0.types = ["a": .string] }.column("a") == ["1", "2", "a", "1", "2"])
  }
}
