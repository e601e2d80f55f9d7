import Foundation
import ReadoutEngine
import ReadoutReport
import ReadoutVectors
import Testing

@Suite final class AtomicFileTests {
  private let folder: String

  init() throws {
    folder =
      "\(Files.environment("TMPDIR") ?? "/tmp")/readout-atomic-\(Files.processNumber)-\(UInt64.random(in: 0...UInt64.max))"
    try Files.makeFolder(folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private let report = Report(Table(("a", .integer, [1, 2])))

  @Test func writesTheSameBytesAsMemory() throws {
    let path = "\(folder)/a.csv"
    try report.writeCSV(to: path)
    #expect(try Files.contents(path) == report.bytes(as: .csv))
    try report.writeJSON(to: path)
    #expect(try Files.contents(path) == report.bytes(as: .json))
    #expect(try Files.names(in: folder) == ["a.csv"])
  }

  @Test func nothingIsLeftWithoutCommit() throws {
    do {
      var file = try AtomicFile("\(folder)/b.csv")
      try file.write(Array("half".utf8).span)
    }
    #expect(Files.kind("\(folder)/b.csv") == nil)
    #expect(try Files.allNames(in: folder) == [])
  }

  @Test func theOldFileStaysUntilTheNewOneIsWhole() throws {
    let path = "\(folder)/c.csv"
    try report.writeCSV(to: path)
    do {
      var file = try AtomicFile(path)
      try file.write(Array("half".utf8).span)
    }
    #expect(try Files.contents(path) == report.bytes(as: .csv))
  }

  @Test func placesThatCannotBeWrittenTo() {
    let missing = #expect(throws: ReadoutError.self) { try report.writeCSV(to: "\(folder)/none/d.csv") }
    #expect(missing?.value == "\(folder)/none/d.csv")
    #expect(missing?.hint == "the folder must exist")
    let isFolder = #expect(throws: ReadoutError.self) { try report.writeCSV(to: folder) }
    #expect(isFolder?.message.contains("folder") == true)
    #expect(throws: ReadoutError.self) { try report.writeCSV(to: "/dev/full") }
  }
}
