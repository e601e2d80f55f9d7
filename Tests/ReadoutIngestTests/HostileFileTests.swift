import Foundation
import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutIngest

/// Files that are broken at every place, and files that change while they are read.
@Suite struct HostileFileTests {
  private static let text = Array("name,n,day\nKOR,1,2025-11-04\n\"a,b\",2,2025-11-05\nUSA,,2025-11-06\n".utf8)

  /// Reads the bytes as one stretch, in tiny ones, and as a large file is read.
  private func outcomes(_ bytes: [UInt8]) -> [Outcome] {
    [(1 << 16, 1 << 22), (16, 1 << 22), (16, 0)].map { stretch, streamed in
      Outcome { () throws(ReadoutError) in
        try read(bytes) {
          $0.stretchBytes = stretch
          $0.windowBytes = 64
          $0.streamedBytes = streamed
          $0.threads = 2
        }
      }
    }
  }

  @Test func aNULByteAnywhere() {
    for place in Self.text.indices {
      var bytes = Self.text
      bytes[place] = 0
      for outcome in outcomes(bytes) {
        #expect(outcome.error?.contains("a NUL byte in the text") == true, "byte \(place): \(outcome.error ?? "read")")
        #expect(outcome.error?.contains("byte \(place)") == true, "byte \(place)")
      }
    }
  }

  /// Overlong forms, surrogates, lone continuations, cut sequences, bytes that no text has.
  @Test(
    arguments: [
      [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFE],
    ] as [[UInt8]]) func invalidUTF8Anywhere(_ sequence: [UInt8])
  {
    for place in 0...Self.text.count {
      let bytes = Self.text[..<place] + sequence + Self.text[place...]
      // Said to be UTF-8, so that nothing is taken for Windows-1252.
      for streamed in [1 << 22, 0] {
        let outcome = Outcome { () throws(ReadoutError) in
          try read(Array(bytes)) {
            $0.encoding = .utf8
            $0.streamedBytes = streamed
          }
        }
        #expect(outcome.error?.contains("byte \(place)") == true, "byte \(place): \(outcome.error ?? "read")")
      }
    }
  }

  /// A CR is read before an LF, within quotes, and at the end of the text; anywhere else it is an error at its place.
  @Test func aLoneCRAnywhere() {
    for place in 0...Self.text.count {
      let bytes = Array(Self.text[..<place] + [0x0D] + Self.text[place...])
      let isQuoted = place > 28 && place < 33
      let isRead = isQuoted || place == Self.text.count || Self.text[place] == 0x0A
      for outcome in outcomes(bytes) {
        let error = outcome.error ?? "read"
        if isRead {
          #expect(error == "read", "byte \(place)")
        } else if Self.text[place - (place > 0 ? 1 : 0)] == 0x22, place > 30 {
          #expect(error.contains("text after a closing quote"), "byte \(place): \(error)")
        } else {
          let isTold = error.contains("a CR that ends no line") && error.contains("byte \(place)")
          #expect(isTold, "byte \(place): \(error)")
        }
      }
    }
  }

  @Test func aLoneLFWhereRecordsEndAtCR() {
    let bytes = Array("a,b\r".utf8) + Array(repeating: Array("1,2\r".utf8), count: 300_000).joined()
    for outcome in outcomes(bytes + Array("3,4\n5,6\r".utf8)) {
      #expect(outcome.error?.contains("a LF that ends no line") == true, "\(outcome.error ?? "read")")
      #expect(outcome.error?.contains("test.csv:300002, byte \(bytes.count + 3)") == true)
    }
    #expect(outcomes(bytes + Array("3,\"4\n\"\r".utf8)).allSatisfy { $0.error == nil })
  }

  @Test func loneCRsAreKeptWhereErrorsArePassedOverAndWithoutQuotes() throws {
    let changes: [(inout ReadingOptions) -> Void] = [{ $0.onError = .skip }, { $0.quote = nil }]
    for change in changes {
      let loaded = try read("a,b\r\n1,x\r2\r\n5,z\r\n", change)
      #expect(loaded.column("b") == ["x\r2", "z"])
      #expect(loaded.notes == ["test.csv: line ends that end no record are kept in their values (first in line 2)"])
    }
  }

  @Test func cutAnywhere() {
    for length in 0..<Self.text.count {
      let found = outcomes(Array(Self.text[..<length]))
      #expect(found.allSatisfy { $0 == found[0] }, "cut at \(length)")
    }
  }

  // MARK: Files that change

  private final class Scratch: Sendable {
    let path: String

    init(_ bytes: Data) throws {
      path = FileManager.default.temporaryDirectory.appending(path: "readout-\(UUID().uuidString).csv").path
      try bytes.write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func cut(to length: UInt64) throws {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.truncate(atOffset: length)
      try handle.close()
    }
  }

  private static let rows = Data(
    ("i,s\n" + (0..<300_000).map { "\($0),row \($0)" }.joined(separator: "\n") + "\n").utf8)

  @Test func aMappedFileThatShrinksReadsAsZerosAndSaysSo() throws {
    let file = try Scratch(Self.rows)
    let bytes = try PaddedBytes(file: file.path)
    #expect(bytes.isFile && bytes.isUnchanged)
    try file.cut(to: 10_000)
    // Without a guard this ends the process.
    #expect(bytes.vector[bytes.count - 1] == 0)
    #expect(bytes.vector[9_999] == Self.rows[9_999])
    #expect(!bytes.isUnchanged)
  }

  @Test func aFileThatGrowsKeepsItsBytes() throws {
    let file = try Scratch(Self.rows)
    let bytes = try PaddedBytes(file: file.path)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file.path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("more".utf8))
    try handle.close()
    #expect(bytes.isUnchanged)
    #expect(bytes.count == Self.rows.count)
  }

  /// Cut at some moment while it is read: the whole table, or an error that says what happened; or what the shorter file gives, where it
  /// was cut before it was opened.
  @Test func aFileThatShrinksWhileItIsReadIsAnError() throws {
    for round in 0..<20 {
      let file = try Scratch(Self.rows)
      let cutter = Thread {
        usleep(UInt32(round) * 700)
        try? file.cut(to: UInt64(round) * 100_000)
      }
      cutter.start()
      func load() throws(ReadoutError) -> LoadedTable {
        var options = ReadingOptions()
        options.threads = 2
        return try CSVReader.read([.file(file.path)], options: options)
      }
      let found = Outcome(load)
      while !cutter.isFinished { usleep(1000) }
      let isWhole = found.columns.first?.count == 300_000
      let isTold = found.error?.contains("the file changed while it was read") == true
      #expect(
        isWhole || isTold || found == Outcome(load), "\(found.error ?? "\(found.columns.first?.count ?? 0) rows")")
    }
  }

  /// Cut between opening and parsing, for certain.
  @Test func aFileThatIsCutOnceItIsOpenIsAnError() throws {
    for length in [0, 5_000, 2_000_000] as [UInt64] {
      let file = try Scratch(Self.rows)
      let outcome = Outcome { () throws(ReadoutError) in
        var options = ReadingOptions()
        options.streamedBytes = 0
        return try CSVReader.read(
          [.file(file.path)], options: options, progress: { done, _ in if done > 0 { try? file.cut(to: length) } })
      }
      #expect(outcome.error?.contains("the file changed while it was read") == true, "\(outcome.error ?? "read")")
    }
  }

  @Test func guardsAreGivenBack() throws {
    let file = try Scratch(Self.rows)
    for _ in 0..<3_000 { #expect(try PaddedBytes(file: file.path).isFile) }
  }

  // MARK: Compressed files that never end

  /// The error with which a budget refuses the last of some portions.
  private func refusal(packed: Int, ratio: Int?, taking portions: [Int]) -> String? {
    var budget = UnpackBudget(packed: packed, ratio: ratio, name: "a.gz")
    do throws(ReadoutError) {
      for portion in portions { try budget.take(portion) }
      return nil
    } catch {
      return error.message
    }
  }

  @Test func unpackingHasABudget() {
    #expect(refusal(packed: 1 << 20, ratio: 250, taking: [250 << 20]) == nil)
    #expect(
      refusal(packed: 1 << 20, ratio: 250, taking: [250 << 20, 1])
        == "the compressed file unpacks to more than 250 times its size")
    // Small files may unpack to 64 MiB whatever their size, and without a ratio there is no bound.
    #expect(refusal(packed: 10, ratio: 250, taking: [UnpackBudget.free]) == nil)
    #expect(refusal(packed: 10, ratio: 250, taking: [UnpackBudget.free, 1]) != nil)
    #expect(refusal(packed: 10, ratio: nil, taking: [1 << 50]) == nil)
  }

  // MARK: Many files, many columns

  @Test func thousandsOfFilesAreOneTable() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "readout-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for number in 0..<3_000 {
      try Data("a,b\n\(number),x\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(number).csv"))
    }
    let loaded = try CSVReader.read(try Source.files(matching: "\(folder)/*.csv"))
    #expect(loaded.table.rowCount == 3_000)
    #expect(Set(loaded.column("a")) == Set((0..<3_000).map { .integer(Int64($0)) }))
  }

  @Test func thousandsOfColumns() throws {
    let count = 20_000
    let names = (0..<count).map { "c\($0)" }
    let text = names.joined(separator: ",") + "\n" + (0..<count).map(String.init).joined(separator: ",") + "\n"
    let loaded = try read(text)
    #expect(loaded.table.fields.count == count)
    #expect(loaded.column("c\(count - 1)") == [.integer(Int64(count - 1))])
  }

  @Test func tooManyColumnsAreRefused() {
    let commas = String(repeating: ",", count: 1_000_000) + "\n"
    let outcome = Outcome { () throws(ReadoutError) in try read(commas + commas) }
    #expect(
      outcome.error == """
        readout: a record of more fields than a table can have columns: more than 200000
          at test.csv:1
          hint: a table has one column for each field of its first record
        """)
  }

  /// Short records of a wide table: a few bytes each, and as many values as the table has columns.
  @Test(arguments: [1 << 22, 0]) func shortRecordsOfAWideTable(streamed: Int) throws {
    let header = (0..<6_000).map { "c\($0)" }.joined(separator: ",")
    let loaded = try read(header + "\n" + String(repeating: "1,2\n", count: 3_000)) {
      $0.onError = .null
      $0.delimiter = 0x2C
      $0.streamedBytes = streamed
    }
    #expect(loaded.table.rowCount == 3_000 && loaded.rejects.count == 3_000)
    #expect(loaded.column("c1") == Array(repeating: .integer(2), count: 3_000))
    #expect(loaded.rejects.last?.line == 3_001)
  }

  /// Where a few bytes make many values, the time limit holds meanwhile.
  @Test func wideTablesKeepTheTimeLimit() {
    let csv = (0..<10_000).map { "c\($0)" }.joined(separator: ",") + "\n" + String(repeating: "1,2\n", count: 20_000)
    let json = (0..<8_000).map { "{\"k\($0)\":1}" }.joined(separator: "\n")
    for (text, isJSON) in [(csv, false), (json, true)] {
      let start = ContinuousClock.now
      let outcome = Outcome { () throws(ReadoutError) in
        var options = ReadingOptions()
        options.onError = .null
        options.delimiter = 0x2C
        let source = Source.bytes(Array(text.utf8), named: isJSON ? "wide.jsonl" : "wide.csv")
        return try TableReader.read(
          [source], options: options, control: ExecutionControl(timeLimit: .milliseconds(200)))
      }
      #expect(outcome.error?.contains("the time limit was reached") == true, "\(outcome.error ?? "read")")
      #expect(start.duration(to: .now) < .seconds(20))
    }
  }
}
