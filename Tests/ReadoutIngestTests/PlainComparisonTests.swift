import Foundation
import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutIngest

/// The parallel reader gives what the plain one gives, wherever its borders fall and however many threads it has.
@Suite struct PlainComparisonTests {
  /// Text with everything that moves a border: quoted line breaks, doubled quotes, CRLF, empty lines, late kinds, short records.
  static func text(seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    let newline = ["\n", "\r\n", "\r"][random.below(3)]
    let delimiter = [",", ";", "\t", "|"][random.below(4)]
    let columns = 1 + random.below(4)
    let strays = random.below(4) == 0
    let ragged = random.below(4) == 0
    let makers: [(inout SplitMix64) -> String] = (0..<columns).map { _ in
      let base = random.below(9)
      let odd = random.below(3) == 0
      return { random in
        if odd, random.below(40) == 0 {
          return ["x", "1984-09", "007", "\"\"", "2.5", "9007199254740993"][random.below(6)]
        }
        if random.below(12) == 0 { return "" }
        switch base {
        case 0: return String(random.below(1000) - 300)
        case 1: return String(Double(random.below(100_000)) / 1000)
        case 2: return random.below(2) == 0 ? "true" : "FALSE"
        case 3: return Calendar.text(ofDay: Int64(random.below(40_000) - 10_000))
        case 4: return Calendar.text(ofMoment: Int64(random.below(1_000_000_000)) * 1_000_003)
        case 5: return ["red", "green", "blau", "gelb ü", "a longer word of 33 bytes or so"][random.below(5)]
        case 6: return "\"line\(newline)break \(random.below(9))\""
        case 7: return "\"say \"\"\(random.below(30))\"\"\(delimiter) twice\""
        default: return "\"\(random.below(50))\""
        }
      }
    }
    var text = (0..<columns).map { "c\($0)" }.joined(separator: delimiter) + newline
    for row in 0..<(20 + random.below(60)) {
      var fields = makers.map { $0(&random) }
      if strays, random.below(15) == 0 { fields[0] = ["a\"b", "5\" pipe", "\"q\"x"][random.below(3)] }
      if ragged, random.below(15) == 0, columns > 1 {
        if random.below(2) == 0 { fields.removeLast() } else { fields.append("more") }
      }
      text += fields.joined(separator: delimiter)
      if row % 17 == 3, random.below(2) == 0 { text += newline }
      text += newline
    }
    if random.below(2) == 0 { text.unicodeScalars.removeLast() }
    return text
  }

  @Test(arguments: 0..<300) func everyBorder(seed: Int) throws {
    let bytes = Array(Self.text(seed: UInt64(seed)).utf8)
    var random = SplitMix64(seed: UInt64(seed) + 1000)
    var options = ReadingOptions()
    options.onError = [.fail, .null, .skip][seed % 3]
    if seed % 5 == 0 { options.nulls = ["", "x", "red"] }
    if seed % 7 == 0 { options.types = ["c0": DataType.allCases[random.below(8)]] }
    let sources = [Source.bytes(bytes, named: "a.csv")]
    let expected = Outcome { () throws(ReadoutError) in try readPlainly(sources, options) }
    for (stretch, batch, chunk, threads) in [
      (1, 1, 1, 1), (1, 7, 3, 2), (5, 64, 7, 1), (63, 1, 10, 8), (64, 65, 64, 2), (65, 33, 2, 3), (1000, 100, 13, 2),
      (1 << 18, 1 << 15, 65_536, 1),
    ] {
      options.stretchBytes = stretch
      options.batchBytes = batch
      options.chunkRows = chunk
      options.threads = threads
      let found = Outcome { () throws(ReadoutError) in try CSVReader.read(sources, options: options) }
      let difference = found.difference(from: expected)
      #expect(difference == nil, "seed \(seed), borders \(stretch) \(batch) \(chunk), \(threads) threads")
      if difference != nil { return }
    }
  }

  /// A file that is counted and parsed at the same time, through windows that end anywhere.
  @Test(arguments: 0..<200) func streamedFile(seed: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("readout-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.csv").path
    try Data(Self.text(seed: UInt64(seed)).utf8).write(to: URL(fileURLWithPath: path))
    var options = ReadingOptions()
    options.onError = [.fail, .null, .skip][seed % 3]
    if seed % 5 == 0 { options.nulls = ["", "x", "red"] }
    let sources = [Source.file(path)]
    let expected = Outcome { () throws(ReadoutError) in try readPlainly(sources, options) }
    for (stretch, window, batch, chunk, threads) in [
      (1, 1, 1, 1, 1), (5, 40, 7, 3, 2), (64, 128, 65, 10, 3), (100, 30, 64, 7, 8),
      (1 << 16, 1 << 18, 1 << 15, 65_536, 2),
    ] {
      options.streamedBytes = 0
      options.stretchBytes = stretch
      options.windowBytes = window
      options.batchBytes = batch
      options.chunkRows = chunk
      options.threads = threads
      let found = Outcome { () throws(ReadoutError) in try CSVReader.read(sources, options: options) }
      let difference = found.difference(from: expected)
      #expect(difference == nil, "seed \(seed), borders \(stretch) \(window) \(batch) \(chunk), \(threads) threads")
      if difference != nil { return }
    }
  }

  /// Columns of plain values, read eight at a time, with values among them that only look plain.
  @Test(arguments: 0..<150) func eightAtATime(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let kinds: [(plain: (inout SplitMix64) -> String, odd: [String])] = [
      (
        { String($0.below(10) == 0 ? -$0.below(1_000_000) : $0.below(100_000_000)) },
        ["-0", "0", "99999999", "-9999999", "100000000", "1234567890123456", "-12345678", "9223372036854775807"]
      ),
      (
        { Calendar.text(ofDay: Int64($0.below(3_652_424)) - 719_162) },
        ["2024-02-29", "2000-02-29", "1900-02-28", "9999-12-31", "0000-01-01", "2023-12-31"]
      ),
      (
        { String(Double($0.below(1_000_000_000) - 500_000_000) / 10_000) },
        [
          "-0.0", "-0", "0", ".5", "-.5", "12345678.1234567", "123456789.5", "0.12345678", "1e5", "99999999.9999999",
          "7",
          "-12345678.25", "inf", "0.1", "100000000",
        ]
      ),
    ]
    let broken = [
      "", "5.", "-", "1.2.3", "00.5", "007", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00",
      "20240101", "1-2", "\"12\"",
    ]
    let columns = (0..<3).map { _ in random.below(kinds.count) }
    let oddness = (0..<3).map { _ in [0, 3, 20][random.below(3)] }
    let brokenness = (0..<3).map { _ in [0, 0, 0, 60][random.below(4)] }
    var text = "a,b,c\n"
    for _ in 0..<400 {
      text +=
        columns.enumerated().map { place, kind in
          if random.below(15) == 0 { return "" }
          if brokenness[place] > 0, random.below(brokenness[place]) == 0 { return broken[random.below(broken.count)] }
          let odd = kinds[kind].odd
          if oddness[place] > 0, random.below(oddness[place]) == 0 { return odd[random.below(odd.count)] }
          return kinds[kind].plain(&random)
        }.joined(separator: ",") + "\n"
    }
    let sources = [Source.bytes(Array(text.utf8), named: "a.csv")]
    var options = ReadingOptions()
    let expected = Outcome { () throws(ReadoutError) in try readPlainly(sources, options) }
    options.threads = 2
    options.chunkRows = [65_536, 100][seed % 2]
    let found = Outcome { () throws(ReadoutError) in try CSVReader.read(sources, options: options) }
    #expect(found.difference(from: expected) == nil, "seed \(seed)")
  }

  /// Dictionaries that are sorted at the end have the strings in their order, and the rows keep theirs.
  @Test func sortedDictionary() throws {
    let names = [
      "zebra", "ant", "", "antelope", "äffchen", "a name of more than eight bytes", "a name of more than nine",
    ]
    var text = "name\n"
    for row in 0..<200 { text += "\"\(names[row * 5 % names.count])\"\n" }
    let table = try CSVReader.read([.bytes(Array(text.utf8), named: "a.csv")]).table
    let dictionary = try #require(table.columns[0].dictionary)
    #expect(dictionary.isSorted && dictionary.count == names.count)
    for row in 0..<200 { #expect(try table.values(0)[row] == .string(names[row * 5 % names.count])) }
  }

  /// Bytes without sense: whatever they are, both readers say the same, and neither stops the program.
  @Test(arguments: 0..<40) func anyBytes(seed: Int) throws {
    let pieces = [
      "\n", "\r\n", "\r", ",", ";", "\"", "\"\"", "\",", "\"\n", "a", "1", "-", ".", "é", " ", "2025-01-01", "true",
      "0", "9", "e5", "T10:00",
    ].map { Array($0.utf8) }
    for number in 0..<60 {
      var random = SplitMix64(seed: UInt64(seed * 1000 + number))
      var bytes: [UInt8] = []
      for _ in 0..<random.below(150) { bytes += pieces[random.below(pieces.count)] }
      if random.below(10) == 0, !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      var options = ReadingOptions()
      options.onError = [.fail, .null, .skip][random.below(3)]
      if random.below(3) == 0 { options.delimiter = 0x2C }
      if random.below(5) == 0 { options.hasHeader = false }
      let sources = [Source.bytes(bytes, named: "a.csv")]
      let expected = Outcome { () throws(ReadoutError) in try readPlainly(sources, options) }
      options.stretchBytes = 1 + random.below(70)
      options.batchBytes = 1 + random.below(70)
      options.chunkRows = 1 + random.below(6)
      options.threads = 1 + random.below(3)
      let found = Outcome { () throws(ReadoutError) in try CSVReader.read(sources, options: options) }
      #expect(
        found.difference(from: expected) == nil, "seed \(seed) \(number): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test(arguments: 0..<60) func severalFiles(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let files = (0..<3).map { number in
      var text = number == 1 ? "b,a\n" : "a,b\n"
      for _ in 0..<random.below(40) { text += "\(random.below(99)),\(random.below(7))\n" }
      return Source.bytes(Array(text.utf8), named: "\(number).csv")
    }
    var options = ReadingOptions()
    let expected = Outcome { () throws(ReadoutError) in try readPlainly(files, options) }
    options.chunkRows = 1 + random.below(30)
    options.threads = 2
    let found = Outcome { () throws(ReadoutError) in try CSVReader.read(files, options: options) }
    #expect(found.difference(from: expected) == nil)
  }
}

/// A table with all its values, or the error.
struct Outcome: Equatable {
  var schema: [String] = []
  var columns: [[Scalar]] = []
  var rejects: [Reject] = []
  var notes: [String] = []
  var error: String?

  /// The first thing that differs.
  func difference(from other: Outcome) -> String? {
    if error != other.error { return "error \(error ?? "none"), not \(other.error ?? "none")" }
    if schema != other.schema { return "schema \(schema), not \(other.schema)" }
    if notes != other.notes { return "notes \(notes), not \(other.notes)" }
    for (column, (a, b)) in zip(columns, other.columns).enumerated() {
      if a.count != b.count { return "\(a.count) rows, not \(b.count)" }
      for row in a.indices where a[row] != b[row] { return "column \(column), row \(row): \(a[row]), not \(b[row])" }
    }
    for (a, b) in zip(rejects, other.rejects) where a != b { return "\(a), not \(b)" }
    return self == other ? nil : "rejects \(rejects.count), not \(other.rejects.count)"
  }

  init(_ body: () throws(ReadoutError) -> LoadedTable) {
    do throws(ReadoutError) {
      let loaded = try body()
      schema = loaded.schema
      columns = loaded.table.names.map { loaded.column($0) }
      rejects = loaded.rejects
      notes = loaded.notes
    } catch {
      self.error = error.description
    }
  }
}
