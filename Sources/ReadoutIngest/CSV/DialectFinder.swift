import ReadoutEngine
import ReadoutVectors

/// What the first records tell of a text: its dialect, and where its header begins.
struct FoundDialect {
  var dialect: CSVDialect
  /// Behind a preamble, or 0.
  var start = 0
  var notes: [String] = []
}

/// Finds the delimiter, the quote, the line end and a preamble from the first records.
///
/// What is not plain to see is said in a note: lines that were passed over, another quote, and what looks like a delimiter and was not
/// taken for one.
struct DialectFinder {
  static let sampledRecords = 200
  /// Lines of a preamble, at most.
  static let preambleLines = 20

  let bytes: PaddedBytes
  let name: String
  let options: ReadingOptions

  func found() throws(ReadoutError) -> FoundDialect {
    let newline = newline()
    if let delimiter = options.delimiter {
      guard delimiter != newline, delimiter != options.quote else {
        throw ReadoutError(
          .request, "the delimiter cannot be the quote or the line end", place: .init(file: name))
      }
      return FoundDialect(dialect: CSVDialect(delimiter: delimiter, quote: options.quote, newline: newline))
    }
    if let declared = declared(newline) { return declared }
    let plain = DialectSample.all(self, quote: options.quote, newline: newline)
    if let single = singleQuoted(newline, plain: plain) { return single }
    if let sample = best(of: plain) { return described(sample) }
    if let sample = DialectSample.all(self, quote: options.quote, newline: newline, behindPreamble: true).first {
      var found = described(sample)
      found.start = sample.start
      found.notes.insert(
        "\(name): \(ShownNumber.counted(sample.skipped, "line")) above the header passed over", at: 0)
      return found
    }
    let usable = plain.filter { $0.fields > 1 }
    if usable.count == 1 { return described(usable[0]) }
    guard usable.isEmpty else {
      throw ReadoutError(
        .data, "the delimiter cannot be told", place: .init(file: name),
        hint:
          "records differ in their number of fields whichever of , ; | ^ ~ and tab is tried; name it: delimiter = \",\""
      )
    }
    // One field a record: the line end is the only separator.
    var single = FoundDialect(dialect: CSVDialect(delimiter: newline, quote: options.quote, newline: newline))
    let colon = DialectSample(self, CSVDialect(delimiter: 0x3A, quote: options.quote, newline: newline))
    if colon.fields > 1, colon.agrees, colon.records > 1 {
      single.notes.append("\(name): read as one column; if a colon parts its fields, say delimiter = \":\"")
    }
    if let sample = plain.first(where: { $0.commonest * 2 > $0.records }) {
      single.notes.append(
        "\(name): read as one column, for its first line has one field; if '\(Unicode.Scalar(sample.dialect.delimiter))' parts the others, name it as delimiter"
      )
    }
    return single
  }

  /// The sample that fits best of those that fit.
  private func best(of samples: [DialectSample]) -> DialectSample? {
    let usable = samples.filter { $0.fields > 1 }
    let consistent = usable.filter(\.agrees)
    let pool = consistent.isEmpty ? usable.filter { $0.agreeing * 2 > $0.records } : consistent
    guard let best = pool.max(by: { ($0.agreeing, $0.fields) < ($1.agreeing, $1.fields) }) else { return nil }
    return pool.first { $0.agreeing == best.agreeing && $0.fields == best.fields }
  }

  private func described(_ sample: DialectSample) -> FoundDialect {
    var found = FoundDialect(dialect: sample.dialect)
    if sample.allBeginWithBlank {
      found.notes.append("\(name): every field but the first begins with a blank, which is kept")
    }
    return found
  }

  /// The delimiter that a first line `sep=;` declares, as spreadsheet programs write it.
  private func declared(_ newline: UInt8) -> FoundDialect? {
    let span = bytes.vector.span
    guard span.count >= 5, Array("sep=".utf8).enumerated().allSatisfy({ span[$0] | 0x20 == $1 | 0x20 }) else {
      return nil
    }
    var end = 5
    if end < span.count, span[end] == 0x0D, newline != 0x0D { end += 1 }
    guard end == span.count || span[end] == newline, span[4] != options.quote, span[4] != newline else { return nil }
    return FoundDialect(
      dialect: CSVDialect(delimiter: span[4], quote: options.quote, newline: newline), start: min(end + 1, span.count))
  }

  /// The dialect with single quotes, where the text has no double ones, and single ones quote without a fault: all values of some
  /// column, or what would else break the records' form.
  private func singleQuoted(_ newline: UInt8, plain: [DialectSample]) -> FoundDialect? {
    guard options.quote == 0x22, bytes.vector[0..<min(bytes.count, 1 << 20)].contains(0x27) else { return nil }
    let quoted = DialectSample.all(self, quote: 0x27, newline: newline).filter {
      $0.agrees && $0.fields > 1 && !$0.hasFault && !$0.hasDoubleQuote && $0.quotedFields > 1
        && ($0.hasQuotedColumn || best(of: plain)?.agrees != true)
    }
    guard let sample = best(of: quoted) else { return nil }
    var found = described(sample)
    found.notes.insert("\(name): fields are quoted by ', which is no part of the values", at: 0)
    return found
  }

  /// LF, or CR where the first stretch of the text has CR and no LF outside quotes.
  private func newline() -> UInt8 {
    let span = bytes.vector.span
    var inside = false
    var sawReturn = false
    /// Whether a quote here opens a field, or is doubled inside one.
    var mayOpen = true
    for i in 0..<min(span.count, 1 << 20) {
      let byte = span[i]
      let toggles = byte == options.quote && (inside || mayOpen)
      mayOpen =
        toggles && inside || byte == 0x0A || byte == 0x0D || byte == options.delimiter
        || CSVDialect.delimiters.contains(byte)
      if toggles { inside.toggle() }
      if byte == 0x0A, !inside { return 0x0A }
      if byte == 0x0D, !inside { sawReturn = true }
    }
    return sawReturn ? 0x0D : 0x0A
  }
}
