import ReadoutVectors

/// Cells of CSV (RFC 4180) and TSV.
///
/// A null is an empty field and an empty string is `""`. A field is quoted where it holds the delimiter, a quotation
/// mark or a line break, and where a reader would take it for something else: an empty string, or a byte order mark.
/// A list is its items joined with `;`: an empty list is `""`, as is one whose only item is empty.
/// NaN and the infinities are `nan`, `inf` and `-inf`.
struct SeparatedSyntax: CellSyntax {
  let delimiter: UInt8
  /// Whether a text that a spreadsheet program would run as a formula gets an apostrophe in front.
  let disarms: Bool

  /// Whether a name of one column is quoted too where it holds what a reader may take for the delimiter.
  var guardsDelimiters = false

  var timeQuote: UInt8? { nil }

  func appendNull(to out: inout ReportBytes) {}

  func append(nonFinite value: Double, to out: inout ReportBytes) { out.append(ascii: value.description) }

  func append(string: Span<UInt8>, to out: inout ReportBytes) {
    let isArmed = disarms && string.count > 0 && Self.startsFormula(string[0])
    guard needsQuotes(string) || (guardsDelimiters && mayPart(string)) else {
      if isArmed { out.append(UInt8(ascii: "'")) }
      out.append(contentsOf: string)
      return
    }
    out.append(UInt8(ascii: "\""))
    if isArmed { out.append(UInt8(ascii: "'")) }
    for i in string.indices {
      if string[i] == UInt8(ascii: "\"") { out.append(UInt8(ascii: "\"")) }
      out.append(string[i])
    }
    out.append(UInt8(ascii: "\""))
  }

  func append(list items: borrowing ListItems, to out: inout ReportBytes) {
    var joined = ReportBytes(capacity: 64)
    for i in 0..<items.count {
      if i > 0 { joined.append(UInt8(ascii: ";")) }
      items.withBytes(i) { joined.append(contentsOf: $0) }
    }
    append(string: joined.span, to: &out)
  }

  private func needsQuotes(_ string: Span<UInt8>) -> Bool {
    if string.isEmpty { return true }
    if string.count >= 3, string[0] == 0xEF, string[1] == 0xBB, string[2] == 0xBF { return true }
    for i in string.indices {
      let byte = string[i]
      if byte == delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        return true
      }
    }
    return false
  }

  /// Whether a reader that looks for the delimiter may find one here, or is told one: `sep=;`.
  private func mayPart(_ string: Span<UInt8>) -> Bool {
    let declares = string.count == 5 && Array("sep=".utf8).enumerated().allSatisfy { string[$0] | 0x20 == $1 | 0x20 }
    return declares || string.indices.contains { CSVDialect.delimiters.contains(string[$0]) }
  }

  /// `=`, `+`, `-`, `@`, a tab or a carriage return, after the OWASP advice on CSV injection.
  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: true
    default: false
    }
  }
}
