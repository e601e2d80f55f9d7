import ReadoutEngine
import ReadoutReport

@testable import ReadoutIngest

extension Harness {
  /// The same bytes read in one stretch and in tiny ones give the same table, rejects and notes, or the same error; and a
  /// table that was read and written reads as itself.
  static let csv = Harness("csv", "delimited text, its encodings and its rejects") { bytes in
    var choices = Choices(bytes)
    var options = ReadingOptions()
    options.onError = choices.pick([.fail, .null, .skip])
    options.hasHeader = choices.next(8) != 0
    if choices.next(8) == 0 { options.quote = nil }
    if choices.next(4) == 0 { options.delimiter = choices.pick([0x2C, 0x3B, 0x09, 0x7C]) }
    var small = options
    small.threads = 2
    small.stretchBytes = 1 << choices.next(7)
    small.windowBytes = 64 << choices.next(4)
    small.batchBytes = 1 << (4 + choices.next(5))
    small.streamedBytes = choices.pick([0, 1 << 22])
    small.chunkRows = 1 + choices.next(8)
    let whole = Reading.of(bytes, options)
    let pieces = Reading.of(bytes, small)
    if whole != pieces { broken("two ways to read differ", "\(whole)", "\(pieces)") }
    if case .value(let reading) = whole { reading.expectWrittenAndReadAgain() }
  }
}

extension Reading {
  /// The table, written as CSV and read, is written the same again.
  fileprivate func expectWrittenAndReadAgain() {
    var options = ReadingOptions()
    options.delimiter = 0x2C
    options.encoding = .utf8
    let again = Outcome { () throws(ReadoutError) in
      Report(try CSVReader.read([.bytes(csv, named: "report")], options: options).table).bytes(as: .csv)
    }
    if again != .value(csv) {
      broken("a report does not read as itself", String(decoding: csv, as: UTF8.self), "\(again)")
    }
  }
}
