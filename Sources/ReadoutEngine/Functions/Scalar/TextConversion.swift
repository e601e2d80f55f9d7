import ReadoutVectors

/// `string`: any value as reports write it.
enum TextConversion {
  static let string = BuiltInScalar(
    "string", [Parameter("x", .any)], result: "string",
    "Writes a value as reports do: shortest exact numbers, ISO 8601 dates, list items joined by ';'.",
    examples: [("string(42)", "'42'"), ("string(1.0)", "'1.0'"), ("string(date('2025-11-04'))", "'2025-11-04'")]
  ) { arguments in
    switch arguments[0].type {
    case .string, .text: return ScalarKernel(.string) { a, _ in a[0].retyped(.string) }
    case .integer:
      return ScalarKernel(.string) { (a, rows) throws(ReadoutError) in
        let integers = a[0].integers
        return Values(
          strings: try StringKernel.strings(count: rows.count, for: rows) { row, out in
            out.append(textOf: integers[row])
          })
      }
    default:
      return ScalarKernel(.string) { (a, rows) throws(ReadoutError) in
        let values = a[0]
        return Values(
          strings: try StringKernel.strings(count: rows.count, for: rows) { row, out in
            for byte in text(of: values[row]).utf8 { out.append(byte: byte) }
          })
      }
    }
  }

  /// A value as reports write it; null is empty.
  static func text(of scalar: Scalar) -> String {
    switch scalar {
    case .null: ""
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    // The sign of a nan is an accident of the order of operands.
    case .number(let value): value.isNaN ? "nan" : "\(value)"
    case .date(let days): Calendar.text(ofDay: days)
    case .timestamp(let microseconds): Calendar.text(ofMoment: microseconds)
    case .string(let value): value
    case .list(let items): items.joined(separator: ";")
    }
  }
}
