import ReadoutVectors

/// `lower upper`: Unicode's full mappings, code point by code point, the same in every locale.
enum CaseMapping {
  static let lower = BuiltInScalar(
    "lower", [Parameter("s", .strings)], result: "the type of s", "Turns letters to lower case.",
    examples: [("lower('SEOUL')", "'seoul'"), ("lower('Ä')", "'ä'")]
  ) { arguments in
    kernel(arguments[0].type, letters: 0x41...0x5A) { $0.lowercaseMapping }
  }

  static let upper = BuiltInScalar(
    "upper", [Parameter("s", .strings)], result: "the type of s", "Turns letters to upper case.",
    examples: [("upper('seoul')", "'SEOUL'"), ("upper('straße')", "'STRASSE'")]
  ) { arguments in
    kernel(arguments[0].type, letters: 0x61...0x7A) { $0.uppercaseMapping }
  }

  /// `letters` are the ASCII letters to change, which lie 32 from their other case.
  private static func kernel(
    _ type: DataType, letters: ClosedRange<UInt8>, _ mapping: @escaping @Sendable (Unicode.Scalar.Properties) -> String
  ) -> ScalarKernel {
    StringKernel.kernel(type) { (strings, rows) throws(ReadoutError) in
      let mapped = try StringKernel.strings(count: strings.count, for: rows) { row, out in
        strings.withBytes(row) { bytes in
          var at = 0
          while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x80 {
              out.append(byte: letters.contains(byte) ? byte ^ 0x20 : byte)
              at += 1
            } else {
              let (value, length) = bytes.codePoint(at: at)
              let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
              for byte in mapping(scalar.properties).utf8 { out.append(byte: byte) }
              at += length
            }
          }
        }
      }
      return Values(strings: mapped, type: type)
    }
  }
}
