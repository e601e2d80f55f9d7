import ReadoutEngine
import Testing

@testable import ReadoutIngest

/// The parallel reader gives what the plain one gives, wherever its borders fall and however many threads it has.
@Suite struct PlainComparisonTests {
  /// Text with everything that moves a border: quoted line breaks, doubled quotes, CRLF, empty lines, late kinds, short records.
  static func text(seed: UInt64) -> String {
    var random = SeededRandom(seed)
    let newline = ["\n", "\r\n", "\r"][random.below(3)]
    let delimiter = [",", ";", "\t", "|"][random.below(4)]
    let columns = 1 + random.below(4)
    let strays = random.below(4) == 0
    let ragged = random.below(4) == 0
    let makers: [(inout SeededRandom) -> String] = (0..<columns).map { _ in
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
    var random = SeededRandom(UInt64(seed) + 1000)
    var options = CSVOptions()
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

  /// Bytes without sense: whatever they are, both readers say the same, and neither stops the program.
  @Test(arguments: 0..<40) func anyBytes(seed: Int) throws {
    let pieces = [
      "\n", "\r\n", "\r", ",", ";", "\"", "\"\"", "\",", "\"\n", "a", "1", "-", ".", "é", " ", "2025-01-01", "true",
      "0", "9", "e5", "T10:00",
    ].map { Array($0.utf8) }
    for number in 0..<60 {
      var random = SeededRandom(UInt64(seed * 1000 + number))
      var bytes: [UInt8] = []
      for _ in 0..<random.below(150) { bytes += pieces[random.below(pieces.count)] }
      if random.below(10) == 0, !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      var options = CSVOptions()
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
    var random = SeededRandom(UInt64(seed))
    let files = (0..<3).map { number in
      var text = number == 1 ? "b,a\n" : "a,b\n"
      for _ in 0..<random.below(40) { text += "\(random.below(99)),\(random.below(7))\n" }
      return Source.bytes(Array(text.utf8), named: "\(number).csv")
    }
    var options = CSVOptions()
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

/// SplitMix64 (Sebastiano Vigna, public domain).
struct SeededRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
