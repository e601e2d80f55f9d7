import ReadoutVectors

/// Values of JSON (RFC 8259): dates and timestamps as ISO 8601 strings, lists as arrays of strings.
///
/// JSON has no NaN and no infinities: they become `null`, as a null does.
struct JSONSyntax: CellSyntax {
  var timeQuote: UInt8? { UInt8(ascii: "\"") }

  func appendNull(to out: inout ReportBytes) { out.append(ascii: "null") }

  func append(nonFinite value: Double, to out: inout ReportBytes) { out.append(ascii: "null") }

  func append(string: Span<UInt8>, to out: inout ReportBytes) {
    out.append(UInt8(ascii: "\""))
    for i in string.indices {
      let byte = string[i]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case UInt8(ascii: "\n"): out.append(ascii: "\\n")
      case UInt8(ascii: "\r"): out.append(ascii: "\\r")
      case UInt8(ascii: "\t"): out.append(ascii: "\\t")
      case 0..<0x20:
        out.append(ascii: "\\u00")
        out.append(UInt8(ascii: "0") &+ byte >> 4)
        let low = byte & 15
        out.append(low < 10 ? UInt8(ascii: "0") &+ low : UInt8(ascii: "a") &+ low &- 10)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  func append(list items: borrowing ListItems, to out: inout ReportBytes) {
    out.append(UInt8(ascii: "["))
    for i in 0..<items.count {
      if i > 0 { out.append(UInt8(ascii: ",")) }
      items.withBytes(i) { append(string: $0, to: &out) }
    }
    out.append(UInt8(ascii: "]"))
  }
}
