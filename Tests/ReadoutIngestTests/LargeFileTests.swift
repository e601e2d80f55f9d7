import Foundation
import ReadoutEngine
import Testing

@testable import ReadoutIngest

/// Files of gigabytes, made in a temporary folder: `READOUT_LARGE=1 swift test -c release --filter LargeFileTests`.
@Suite(.serialized, .enabled(if: environment["READOUT_LARGE"] != nil)) struct LargeFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "readout-\(UUID().uuidString)").path

  private func file(_ name: String, _ write: (FileHandle) throws -> Void) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(name)"
    try Data().write(to: URL(fileURLWithPath: path))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try write(handle)
    try handle.close()
    return path
  }

  private func load(_ pattern: String) throws -> LoadedTable {
    var options = ReadingOptions()
    options.threads = 2
    return try CSVReader.read(try Source.files(matching: pattern), options: options)
  }

  @Test func aLineOfAGigabyte() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("line.csv") { handle in
      try handle.write(contentsOf: Data("a,b\n1,".utf8))
      let block = Data(repeating: 0x78, count: 1 << 20)
      for _ in 0..<1024 { try handle.write(contentsOf: block) }
      try handle.write(contentsOf: Data("\n2,y\n".utf8))
    }
    let table = try load(path).table
    let texts = try table.values(1).strings
    #expect(table.rowCount == 2)
    #expect(texts.length(0) == 1 << 30)
    #expect(texts.length(1) == 1)
  }

  /// A record beyond 4 GiB cannot be in a table, and is an error.
  @Test func aLineOfFiveGigabytes() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("line.csv") { handle in
      try handle.write(contentsOf: Data("a,b\n1,\"".utf8))
      let block = Data(repeating: 0x78, count: 1 << 20)
      for _ in 0..<5 * 1024 { try handle.write(contentsOf: block) }
      try handle.write(contentsOf: Data("\"\n".utf8))
    }
    let error = #expect(throws: ReadoutError.self) { try load(path) }
    #expect(error?.message == "a record of more than 4 GiB")
  }

  /// A chunk's text stays below 4 GiB, however long the records are: files of fewer each are cut where they meet. What needs the texts of
  /// a column in one piece is an error.
  @Test func textsBeyondFourGibibytes() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let block = Data(repeating: 0x78, count: 1 << 20)
    for name in ["a", "b"] {
      _ = try file("\(name).csv") { handle in
        try handle.write(contentsOf: Data("id,txt\n".utf8))
        for row in 0..<2200 {
          try handle.write(contentsOf: Data("\(row),\(name)\(row) ".utf8))
          try handle.write(contentsOf: block)
          try handle.write(contentsOf: Data("\n".utf8))
        }
      }
    }
    let table = try load("\(folder)/*.csv").table
    #expect(table.rowCount == 4400)
    let texts = table.pieces(1, rows: 0..<4400).flatMap { piece in
      (0..<piece.count).map { String(decoding: piece.strings.vector($0).prefix(8), as: UTF8.self) }
    }
    #expect(texts == ["a", "b"].flatMap { name in (0..<2200).map { String("\(name)\($0) xxxxxxx".prefix(8)) } })
    let error = #expect(throws: ReadoutError.self) { try table.values(1) }
    #expect(error?.message.contains("pass 4 GiB") == true)
  }

  /// Distinct strings that no dictionary holds, behind thousands of rows for which one pays.
  @Test func distinctStringsBeyondFourGibibytes() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let block = Data(repeating: 0x78, count: 1 << 20)
    let path = try file("strings.csv") { handle in
      try handle.write(contentsOf: Data(("id,txt\n" + (0..<70_000).map { "\($0),a\($0 % 5)\n" }.joined()).utf8))
      for row in 0..<4300 {
        try handle.write(contentsOf: Data("\(row),\(row) ".utf8))
        try handle.write(contentsOf: block)
        try handle.write(contentsOf: Data("\n".utf8))
      }
    }
    for threads in [1, 2] {
      var options = ReadingOptions()
      options.threads = threads
      let table = try CSVReader.read(try Source.files(matching: path), options: options).table
      #expect(table.rowCount == 74_300 && table.columns[1].dictionary == nil)
      let texts = table.pieces(1, rows: 69_998..<74_300).flatMap { piece in
        (0..<piece.count).map { String(decoding: piece.strings.vector($0).prefix(8), as: UTF8.self) }
      }
      #expect(texts == ["a3", "a4"] + (0..<4300).map { String("\($0) xxxxxxx".prefix(8)) })
    }
  }

  @Test func aHundredThousandColumns() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("wide.csv") { handle in
      for prefix in ["c", "", "-"] {
        try handle.write(contentsOf: Data(((0..<100_000).map { "\(prefix)\($0)" }.joined(separator: ",") + "\n").utf8))
      }
    }
    let table = try load(path).table
    #expect(table.fields.count == 100_000)
    #expect(try table.values(99_999)[1] == .integer(-99_999))
  }

  @Test func tenMillionTinyRows() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try file("rows.csv") { handle in
      try handle.write(contentsOf: Data("a\n".utf8))
      let block = Data(String(repeating: "1\n", count: 100_000).utf8)
      for _ in 0..<100 { try handle.write(contentsOf: block) }
    }
    #expect(try load(path).table.rowCount == 10_000_000)
  }

  @Test func twentyThousandFiles() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for number in 0..<20_000 {
      _ = try file("f\(number).csv") { try $0.write(contentsOf: Data("a,b\n\(number),x\n".utf8)) }
    }
    #expect(try load("\(folder)/*.csv").table.rowCount == 20_000)
  }
}
