extension ReadoutError: CustomStringConvertible {
  /// The error as the user reads it, two to four lines without a line end after the last.
  public var description: String {
    var text = "readout: \(message)"
    if let value { text += ": \(Self.shown(value))" }
    if let line = placeLine { text += "\n  \(line)" }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }

  private var placeLine: String? {
    var at = place.file ?? ""
    if let line = place.line { at += ":\(line)" }
    if let column = place.column { at += place.line == nil ? ", character \(column)" : ":\(column)" }
    var parts: [String] = []
    if !at.isEmpty { parts.append("at \(at)") }
    if let step = place.step { parts.append("in \(step)") }
    if let row { parts.append("row \(row)") }
    if let detail = place.detail { parts.append(detail) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The value with control characters made visible, cut at 80 bytes on a code point's border.
  static func shown(_ value: String) -> String {
    var shown = ""
    for scalar in value.unicodeScalars {
      let piece: String
      switch scalar {
      case "\n": piece = "\\n"
      case "\r": piece = "\\r"
      case "\t": piece = "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: piece = "\\x" + hex(UInt8(scalar.value))
      default: piece = String(scalar)
      }
      if shown.utf8.count + piece.utf8.count > 80 { return shown + "…" }
      shown += piece
    }
    return shown
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
