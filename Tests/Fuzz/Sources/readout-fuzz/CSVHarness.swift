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
    // Types, patterns of dates and nulls that are given, for the columns that there are.
    if choices.next(2) == 0 {
      for column in 0..<8 where choices.next(3) == 0 {
        let name = headerNames(bytes, column)
        options.types[name] = choices.pick([.integer, .number, .boolean, .date, .timestamp, .string, .text, .list])
        if options.types[name] == .date || options.types[name] == .timestamp, choices.next(2) == 0 {
          options.dateFormats[name] = choices.pick([
            "%d/%m/%Y", "%Y%m%d", "%d. %B %Y", "%m/%d/%y %H:%M", "%Y-%m-%dT%H:%M:%S",
          ])
        }
      }
    }
    if choices.next(6) == 0 { options.nulls = choices.pick([[""], ["NA", "-"], ["", "0"]]) }
    if choices.next(8) == 0 { options.encoding = choices.pick([.utf8, .windows1252, .utf16LittleEndian]) }
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
    // What was given is not told by the report, and found anew.
    if case .value(let reading) = whole, options.types.isEmpty, options.nulls == nil {
      reading.expectWrittenAndReadAgain()
    }
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

/// The name of a column, as far as a comma can tell: what is given for another one is an error, which is read as well.
private func headerNames(_ bytes: [UInt8], _ column: Int) -> String {
  let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
  let names = header.split(whereSeparator: { [0x2C, 0x3B, 0x09].contains($0) })
  return names.isEmpty ? "a" : String(decoding: names[column % names.count], as: UTF8.self)
}
