import ReadoutVectors

/// The first records of a text, read in one dialect.
struct DialectSample {
  let dialect: CSVDialect
  /// Of the header, or else of the first record.
  private(set) var fields = 0
  private(set) var records = 0
  /// Records with as many fields.
  private(set) var agreeing = 0
  /// Where the header begins, and the lines above it that are not empty.
  private(set) var start = 0
  private(set) var skipped = 0
  private(set) var hasFault = false
  private(set) var hasDoubleQuote = false
  /// Fields that begin with the quote.
  private(set) var quotedFields = 0
  /// Whether the fields of a column are quoted in all records behind the first.
  private(set) var hasQuotedColumn = false
  /// Whether every field but a record's first begins with a blank.
  private(set) var allBeginWithBlank = false

  /// Records of the commonest number of fields beyond one.
  private(set) var commonest = 0

  /// Whether all records have the same number of fields.
  var agrees: Bool { agreeing == records }

  /// A sample for each candidate of the finder. With `behindPreamble`, those that are a table behind some lines of another form, best
  /// first.
  static func all(_ finder: DialectFinder, quote: UInt8?, newline: UInt8, behindPreamble: Bool = false)
    -> [DialectSample]
  {
    let dialects = CSVDialect.delimiters.map { CSVDialect(delimiter: $0, quote: quote, newline: newline) }
    guard behindPreamble else { return dialects.map { DialectSample(finder, $0) } }
    guard finder.options.hasHeader, finder.options.names == nil else { return [] }
    let found = dialects.compactMap { DialectSample(behindPreamble: finder, $0) }
    return found.sorted { ($0.records, $0.fields) > ($1.records, $1.fields) }
  }

  init(_ finder: DialectFinder, _ dialect: CSVDialect) {
    self.dialect = dialect
    let seen = SeenRecord.first(of: finder, dialect)
    take(seen[...])
    hasDoubleQuote = dialect.quote != 0x22 && seen.contains(where: \.hasDoubleQuote)
  }

  /// nil where there is no preamble in front of a table: at most 20 lines of one field (two, where the table has five and more), then a header
  /// and at least two records, all with the same number of fields, three or more; with two fields it takes ten records, for prose has a comma
  /// here and there. A header that is only a name too short is none.
  private init?(behindPreamble finder: DialectFinder, _ dialect: CSVDialect) {
    self.dialect = dialect
    let seen = SeenRecord.first(of: finder, dialect)
    guard let width = seen.last?.fields, width > 1 else { return nil }
    let header = seen.lastIndex { $0.fields != width || $0.isComment }.map { $0 + 1 } ?? 0
    guard header > 0, header <= DialectFinder.preambleLines, header < seen.count,
      seen[..<header].allSatisfy({ $0.isComment || $0.fields <= (width > 4 ? 2 : 1) })
    else { return nil }
    take(seen[header...])
    guard agrees, !hasFault, seen[header].hasAllFields, records >= (fields > 2 ? 3 : 11) else { return nil }
    start = seen[header].start
    skipped = header
  }

  private mutating func take(_ seen: ArraySlice<SeenRecord>) {
    guard let first = seen.first else { return }
    fields = first.fields
    records = seen.count
    agreeing = seen.count { $0.fields == first.fields }
    hasFault = seen.contains(where: \.hasFault)
    var counts: [Int: Int] = [:]
    for record in seen where record.fields > 1 { counts[record.fields, default: 0] += 1 }
    commonest = counts.values.max() ?? 0
    quotedFields = seen.reduce(0) { $0 + $1.quoted.count }
    var everywhere = Set(0..<fields)
    for record in seen.dropFirst() { everywhere.formIntersection(record.quoted) }
    hasQuotedColumn = seen.count > 1 && !everywhere.isEmpty
    allBeginWithBlank = seen.count > 1 && fields > 1 && seen.allSatisfy(\.restBeginsWithBlanks)
  }
}

/// What a sample notes of one record.
private struct SeenRecord {
  var start: Int
  var fields = 0
  /// The numbers of the fields that begin with the quote.
  var quoted: Set<Int> = []
  var hasFault = false
  /// Whether none of its fields is empty.
  var hasAllFields = true
  var isComment = false
  var hasDoubleQuote = false
  var restBeginsWithBlanks = true

  /// The first records that are no empty lines: 200, and no more than of a megabyte.
  static func first(of finder: DialectFinder, _ dialect: CSVDialect) -> [SeenRecord] {
    let span = finder.bytes.vector.span
    var seen: [SeenRecord] = []
    var at = 0
    while at < span.count, seen.count < DialectFinder.sampledRecords, at < 1 << 20 || seen.count < 2 {
      var record = SeenRecord(start: at)
      record.isComment = span[at] == 0x23
      var from = at
      var hasFault = false
      let next = RecordScanner.scan(span, from: at, to: span.count, dialect, fault: { _ in hasFault = true }) { end in
        if from < end {
          if span[from] == dialect.quote { record.quoted.insert(record.fields) }
          if span[from] == 0x22 { record.hasDoubleQuote = true }
        } else {
          record.hasAllFields = false
        }
        if record.fields > 0, from == end || span[from] != 0x20 { record.restBeginsWithBlanks = false }
        record.fields += 1
        from = end + 1
      }
      record.hasFault = hasFault
      if !RecordScanner.isBlank(span, from: at, next: next, dialect) { seen.append(record) }
      at = next
    }
    return seen
  }
}
