/// The three bytes that give delimited text its structure.
public struct CSVDialect: Sendable, Equatable {
  /// Between fields; the same as `newline` where a record has one field.
  public var delimiter: UInt8
  /// Around fields; nil where there is no quoting.
  public var quote: UInt8?
  /// Ends records: LF (a CR before it belongs to it), or CR where the text has no LF.
  public var newline: UInt8

  /// What may part fields where nobody says: `, tab ; | ^ ~`, in the order of preference where two fit equally well.
  public static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C, 0x5E, 0x7E]

  public init(delimiter: UInt8, quote: UInt8?, newline: UInt8) {
    self.delimiter = delimiter
    self.quote = quote
    self.newline = newline
  }
}

/// What is wrong with a record's quoting; offsets are those of the bytes scanned.
public enum QuotingFault: Sendable, Equatable {
  /// Something other than a delimiter or a line end follows the closing quote.
  case textAfterQuote(at: Int)
  /// The quote opened here is never closed.
  case unterminated(at: Int)
}

/// Reads records one byte after the other: the plain statement of the grammar, which the vector scan must match.
///
/// A quote opens a quoted field only as the field's first byte; elsewhere in an unquoted field it is a byte like any other. Inside a
/// quoted field two quotes stand for one, and delimiters and line ends are bytes of the field.
public enum RecordScanner {
  /// Scans the record that starts at `from`; `field` is told the end of each field, its separator's place (or `limit`).
  ///
  /// Returns the start of the next record. The CR of a CRLF counts with the last field here.
  @inlinable
  public static func scan(
    _ bytes: Span<UInt8>, from: Int, to limit: Int, _ dialect: CSVDialect, fault: (QuotingFault) -> Void,
    field: (_ end: Int) -> Void
  ) -> Int {
    var at = from
    while true {
      if let quote = dialect.quote, at < limit, bytes[at] == quote {
        let opened = at
        at &+= 1
        var closed = false
        while at < limit {
          if bytes[at] == quote {
            if at &+ 1 < limit, bytes[at &+ 1] == quote {
              at &+= 2
              continue
            }
            closed = true
            at &+= 1
            break
          }
          at &+= 1
        }
        if !closed {
          fault(.unterminated(at: opened))
        } else if at < limit, bytes[at] != dialect.delimiter, bytes[at] != dialect.newline,
          !(bytes[at] == 0x0D && (at &+ 1 == limit || bytes[at &+ 1] == dialect.newline))
        {
          fault(.textAfterQuote(at: at))
        }
      }
      while at < limit, bytes[at] != dialect.delimiter, bytes[at] != dialect.newline { at &+= 1 }
      field(at)
      if at == limit { return limit }
      at &+= 1
      if bytes[at &- 1] == dialect.newline { return at }
    }
  }

  /// The first CR in a field as it stands in the text that ends no line, or LF where records end at CR; nil in a quoted field, which may
  /// hold both.
  public static func loneEnd(_ bytes: Span<UInt8>, _ field: Range<Int>, _ dialect: CSVDialect) -> Int? {
    if field.isEmpty || bytes[field.lowerBound] == dialect.quote { return nil }
    let other: UInt8 = dialect.newline == 0x0D ? 0x0A : 0x0D
    return field.first { at in
      let endsLine =
        other == 0x0D && at + 1 == field.upperBound && (at + 1 == bytes.count || bytes[at + 1] == dialect.newline)
      return bytes[at] == other && !endsLine
    }
  }

  /// Whether the record from `from` whose next one starts at `next` is an empty line.
  @inlinable
  public static func isBlank(_ bytes: Span<UInt8>, from: Int, next: Int, _ dialect: CSVDialect) -> Bool {
    var end = next
    if end > from, bytes[end &- 1] == dialect.newline { end &-= 1 }
    if end > from, bytes[end &- 1] == 0x0D { end &-= 1 }
    return end == from
  }
}
