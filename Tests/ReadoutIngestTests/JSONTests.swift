import Foundation
import ReadoutEngine
import ReadoutVectors
import Testing

@testable import ReadoutIngest

/// JSON made from values that are known gives these values back, in every form, with every border and number of threads.
@Suite struct JSONTests {
  @Test(arguments: 0..<150) func everyBorder(seed: Int) throws {
    let sample = JSONSample(seed: seed)
    if sample.order.isEmpty { return }
    let lines = sample.records.joined(separator: seed % 2 == 0 ? "\n" : "\r\n\n") + (seed % 3 == 0 ? "" : "\n")
    let array = "[" + sample.records.joined(separator: ",\n") + "]"
    let texts: [(RecordFormat, String?, String)] = [
      (.jsonl, nil, lines), (.json, nil, array), (.json, nil, sample.records.joined(separator: "\n\n")),
      (.json, "data.rows", "{\"n\": [1], \"data\": {\"rows\": \(array)}, \"more\": null}"),
    ]
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("readout-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (number, (format, path, text)) in texts.enumerated() {
      let file = folder.appendingPathComponent("\(number)").path
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      for (stretch, window, chunk, threads) in [
        (1, 1, 1, 1), (7, 40, 3, 2), (64, 100, 10, 8), (1 << 16, 1 << 18, 65_536, 2),
      ] {
        var options = ReadingOptions()
        options.format = format
        options.path = path
        options.stretchBytes = stretch
        options.windowBytes = window
        options.chunkRows = chunk
        options.threads = threads
        let source = window % 2 == 0 ? Source.file(file) : .bytes(Array(text.utf8), named: "bytes")
        let loaded = try TableReader.read([source], options: options)
        let from = "seed \(seed), text \(number), borders \(stretch) \(window) \(chunk), \(threads) threads"
        #expect(
          loaded.table.names == sample.order.filter { name in sample.columns.contains { $0.name == name } }, "\(from)")
        for column in sample.columns {
          let wanted = column.values.map(\.value)
          let found = loaded.column(column.name)
          #expect(found == wanted, "\(from), \(column.name)")
          if found != wanted { return }
        }
      }
    }
  }

  /// What is rejected does not depend on borders either; records at fault are left out, and others are what they are.
  @Test(arguments: 0..<60) func faults(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let odd = [
      "{", "[1]", "{\"id\": 1, \"id\": 2}", "no", "{\"id\": 01}", "{\"id\": \"\\ud800\"}", "{\"id\": true} x", "  ",
    ]
    var records = JSONSample(seed: seed).records
    for place in records.indices where random.below(4) == 0 { records[place] = odd[random.below(odd.count)] }
    records.append("{\"id\": 1}")
    let bytes = Array(records.joined(separator: "\n").utf8)
    var expected: Outcome?
    for (stretch, window, chunk, threads) in [
      (1 << 16, 1 << 18, 65_536, 1), (1, 10, 1, 8), (13, 64, 7, 2), (1000, 1, 20, 3),
    ] {
      var options = ReadingOptions()
      options.format = .jsonl
      options.onError = [.fail, .null, .skip][seed % 3]
      if seed % 2 == 0 { options.types = ["id": .integer] }
      (options.stretchBytes, options.windowBytes, options.chunkRows, options.threads) = (
        stretch, window, chunk, threads
      )
      let found = Outcome { () throws(ReadoutError) in
        try TableReader.read([.bytes(bytes, named: "a.jsonl")], options: options)
      }
      let difference = expected.flatMap { found.difference(from: $0) }
      #expect(difference == nil, "seed \(seed), \(stretch) \(window) \(chunk) \(threads)")
      expected = expected ?? found
    }
  }

  /// More columns than a batch has room for at first, and more than are allowed.
  @Test func manyColumns() throws {
    func record(_ count: Int) -> [UInt8] {
      Array("{\((0..<count).map { "\"k\($0)\": \($0)" }.joined(separator: ", "))}\n".utf8)
    }
    var options = ReadingOptions()
    options.format = .jsonl
    let loaded = try TableReader.read([.bytes(Array("{\"z\": 1}\n".utf8) + record(1000), named: "a")], options: options)
    #expect(loaded.table.names.count == 1001)
    #expect(loaded.column("k999") == [.null, 999])
    let wide = Outcome { () throws(ReadoutError) in
      try TableReader.read([.bytes(record(10_001), named: "a")], options: options)
    }
    #expect(wide.error?.contains("too many columns") == true)
  }

  /// JSONTestSuite (N. Seriot): every text that is no JSON is refused, every one that is JSON is read, but for what no table can hold.
  @Test(.enabled(if: SharedData.isHere, "shared/data is not beside the repository: JSONTestSuite is left out"))
  func suite() throws {
    let folder = SharedData.path("nasty/jsontestsuite/test_parsing")
    let refused: Set = [
      "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json", "y_object_empty.json",
      "y_object_escaped_null_in_key.json", "y_string_null_escape.json",
    ]
    var counts = (valid: 0, invalid: 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      let bytes = Array("{\"v\":".utf8) + Array(text) + Array("}".utf8)
      for format in [RecordFormat.json, .jsonl] {
        // A line has no line ends inside.
        if format == .jsonl, text.contains(0x0A) { continue }
        var options = ReadingOptions()
        options.format = format
        options.encoding = .utf8
        let found = Outcome { () throws(ReadoutError) in
          try TableReader.read([.bytes(bytes, named: name)], options: options)
        }
        if name.hasPrefix("n_") {
          counts.invalid += 1
          #expect(found.error != nil, "\(name) is no JSON")
        } else if name.hasPrefix("y_") {
          counts.valid += 1
          #expect((found.error != nil) == refused.contains(name), "\(name): \(found.error ?? "read")")
        }
      }
    }
    #expect(counts.valid > 100 && counts.invalid > 200)
  }
}
