import ReadoutVectors

/// Cells of a Markdown table, as GitHub reads it: what would be markup is escaped, a line break becomes `<br>`, and a
/// null is empty.
struct MarkdownSyntax: CellSyntax {
  var timeQuote: UInt8? { nil }

  func appendNull(to out: inout ReportBytes) {}

  func append(nonFinite value: Double, to out: inout ReportBytes) { out.append(ascii: value.description) }

  func append(string: Span<UInt8>, to out: inout ReportBytes) {
    for i in string.indices {
      let byte = string[i]
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case UInt8(ascii: "<"): out.append(ascii: "&lt;")
      case UInt8(ascii: "\n"):
        out.append(ascii: "<br>")
      case UInt8(ascii: "\r"):
        if i + 1 == string.count || string[i + 1] != UInt8(ascii: "\n") { out.append(ascii: "<br>") }
      default: out.append(byte)
      }
    }
  }

  func append(list items: borrowing ListItems, to out: inout ReportBytes) {
    for i in 0..<items.count {
      if i > 0 { out.append(ascii: "; ") }
      items.withBytes(i) { append(string: $0, to: &out) }
    }
  }
}
