import ReadoutEngine
import ReadoutReport

@testable import ReadoutIngest

extension Harness {
  /// The same bytes read in one stretch and in tiny ones give the same table, rejects and notes, or the same error.
  static let json = Harness("json", "JSON Lines and JSON documents, and their rejects") { bytes in
    var choices = Choices(bytes)
    var options = ReadingOptions()
    options.format = choices.pick([.jsonl, .json])
    options.onError = choices.pick([.fail, .null, .skip])
    if options.format == .json, choices.next(4) == 0 { options.path = choices.pick(["a", "data.items"]) }
    if choices.next(4) == 0 { options.types = ["a": choices.pick([.integer, .string, .date, .list, .text])] }
    var small = options
    small.threads = 2
    small.stretchBytes = 1 << choices.next(7)
    small.windowBytes = 64 << choices.next(4)
    small.batchBytes = 1 << (4 + choices.next(5))
    small.chunkRows = 1 + choices.next(8)
    let whole = Reading.of(bytes, options)
    let pieces = Reading.of(bytes, small)
    if whole != pieces { broken("two ways to read differ", "\(whole)", "\(pieces)") }
  }
}
