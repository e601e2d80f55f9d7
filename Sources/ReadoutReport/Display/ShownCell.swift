import ReadoutEngine

/// A value as the aligned table shows it: on one line, for people.
enum ShownCell {
  static func text(_ value: Scalar) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): text(number: value)
    case .date(let days): Calendar.text(ofDay: days)
    case .timestamp(let microseconds): Calendar.text(ofMoment: microseconds)
    case .string(let value): line(value)
    case .list(let items): line(items.joined(separator: "; "))
    }
  }

  /// At most six decimals; six significant digits for what is nearer to 0 than a thousandth. Reports have the exact number.
  static func text(number value: Double) -> String {
    guard value.isFinite, value != 0 else { return value.description }
    let magnitude = value.magnitude
    if magnitude >= 1e9 { return value.description }
    if magnitude >= 1e-3 { return ((value * 1e6).rounded() / 1e6).description }
    let text = value.description
    guard let exponent = text.firstIndex(of: "e"), let digits = Double(text[..<exponent]) else {
      return ((value * 1e9).rounded() / 1e9).description
    }
    return Double("\((digits * 1e5).rounded() / 1e5)\(text[exponent...])").map(\.description) ?? text
  }

  /// Control characters made visible, so that a cell stays on its line and cannot steer the terminal.
  static func line(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return text }
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: line += "\\n"
      case 0x0D: line += "\\r"
      case 0x09: line += "\\t"
      case 0..<0x20, 0x7F..<0xA0:
        line += "\\x" + ShownNumber.hexadecimal(UInt8(scalar.value))
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }
}
