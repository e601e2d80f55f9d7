extension ReadoutError: CustomStringConvertible {
  /// The error as the user reads it, two to four lines without a line end after the last.
  public var description: String {
    // A script may raise any text: it must not pass for lines of ours, or move the terminal's cursor.
    var text = "readout: \(Self.shown(message, bytes: 1000))"
    if let value { text += ": \(Self.shown(value))" }
    if let line = placeLine { text += "\n  \(line)" }
    if let hint { text += "\n  hint: \(Self.shown(hint, bytes: 1000))" }
    return text
  }

  private var placeLine: String? {
    var at = Self.shown(place.file ?? "", bytes: 1000)
    if let line = place.line { at += ":\(line)" }
    if let column = place.column { at += place.line == nil ? ", character \(column)" : ":\(column)" }
    var parts: [String] = []
    if !at.isEmpty { parts.append("at \(at)") }
    if let step = place.step { parts.append("in \(step)") }
    if let row { parts.append("row \(row)") }
    if let detail = place.detail { parts.append(detail) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The text with control characters made visible, cut on a code point's border.
  static func shown(_ value: String, bytes: Int = 80) -> String {
    var shown = ""
    for scalar in value.unicodeScalars {
      let piece = visible(scalar)
      if shown.utf8.count + piece.utf8.count > bytes { return shown + "…" }
      shown += piece
    }
    return shown
  }

  /// A text with control characters made visible, so that it stays on its line and cannot steer the terminal.
  public static func visible(_ text: String) -> String { text.unicodeScalars.map { visible($0) }.joined() }

  private static func visible(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
      "\\x" + ShownNumber.hexadecimal(UInt8(scalar.value))
    default: String(scalar)
    }
  }
}
