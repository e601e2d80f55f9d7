import ReadoutEngine
import ReadoutVectors

/// Finds the delimiter and the line end from the first records.
struct DialectFinder {
  /// In the order of preference where two fit equally well.
  static let candidates: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
  static let sampledRecords = 200

  let bytes: PaddedBytes
  let name: String
  let options: CSVOptions

  func dialect() throws(ReadoutError) -> CSVDialect {
    let newline = newline()
    if let delimiter = options.delimiter {
      guard delimiter != newline, delimiter != options.quote else {
        throw ReadoutError(.request, "the delimiter cannot be the quote or the line end", place: .init(file: name))
      }
      return CSVDialect(delimiter: delimiter, quote: options.quote, newline: newline)
    }
    // One field a record: the line end is the only separator.
    let single = CSVDialect(delimiter: newline, quote: options.quote, newline: newline)
    let found = Self.candidates.map { candidate in
      score(CSVDialect(delimiter: candidate, quote: options.quote, newline: newline))
    }
    let usable = found.filter { $0.fields > 1 }
    guard !usable.isEmpty else { return single }
    let consistent = usable.filter { $0.agreeing == $0.records }
    let pool = consistent.isEmpty ? usable.filter { $0.agreeing * 2 > $0.records } : consistent
    if let best = pool.max(by: { ($0.agreeing, $0.fields) < ($1.agreeing, $1.fields) }) {
      return pool.first { $0.agreeing == best.agreeing && $0.fields == best.fields }!.dialect
    }
    if usable.count == 1 { return usable[0].dialect }
    throw ReadoutError(
      .data, "the delimiter cannot be told", place: .init(file: name),
      hint: "records differ in their number of fields whichever of , ; | and tab is tried; name it: delimiter = \",\"")
  }

  /// LF, or CR where the first stretch of the text has CR and no LF outside quotes.
  private func newline() -> UInt8 {
    let span = bytes.vector.span
    var inside = false
    var sawReturn = false
    for i in 0..<min(span.count, 1 << 20) {
      let byte = span[i]
      if byte == options.quote { inside.toggle() }
      if byte == 0x0A, !inside { return 0x0A }
      if byte == 0x0D, !inside { sawReturn = true }
    }
    return sawReturn ? 0x0D : 0x0A
  }

  private struct Score {
    var dialect: CSVDialect
    /// Of the first record.
    var fields = 0
    var records = 0
    /// Records with as many fields as the first.
    var agreeing = 0
  }

  private func score(_ dialect: CSVDialect) -> Score {
    var score = Score(dialect: dialect)
    let span = bytes.vector.span
    var at = 0
    while at < span.count, score.records < Self.sampledRecords, at < 1 << 20 || score.records < 2 {
      var fields = 0
      let next = RecordScanner.scan(
        span, from: at, to: span.count, dialect, fault: { _ in }, field: { _ in fields += 1 })
      if !RecordScanner.isBlank(span, from: at, next: next, dialect) {
        if score.records == 0 { score.fields = fields }
        score.records += 1
        if fields == score.fields { score.agreeing += 1 }
      }
      at = next
    }
    return score
  }
}
