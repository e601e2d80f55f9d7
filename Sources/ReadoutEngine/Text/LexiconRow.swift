/// A line of a lexicon in columns, cut at its tabs, or else at its commas.
struct LexiconRow {
  let number: Int
  let line: ArraySlice<UInt8>
  let fields: [ArraySlice<UInt8>]

  init(_ line: ArraySlice<UInt8>, number: Int) {
    self.number = number
    self.line = line
    let separator: UInt8 = line.contains(0x09) ? 0x09 : 0x2C
    var fields: [ArraySlice<UInt8>] = []
    var start = line.startIndex
    var isQuoted = false
    for at in line.indices {
      if line[at] == 0x22 { isQuoted.toggle() }
      if line[at] == separator, !isQuoted {
        fields.append(line[start..<at])
        start = at + 1
      }
    }
    fields.append(line[start...])
    self.fields = fields
  }

  var text: String { String(decoding: line, as: UTF8.self) }

  /// A field without its quotes.
  func cell(_ field: Int) -> String { Self.unquoted(fields[field]) }

  func weight(_ field: Int) -> Double? { NumberText.number(Array(cell(field).utf8).span) }

  /// All fields but the last as one, which has to have quotes around it otherwise.
  var allButLast: String { Self.unquoted(line[line.startIndex..<fields[fields.count - 1].startIndex - 1]) }

  func beginsLikeNumber(_ field: Int) -> Bool {
    // U+2212 is the minus of typesetters.
    cell(field).unicodeScalars.first { $0 != " " }.map { "0123456789+-.,\u{2212}".unicodeScalars.contains($0) } ?? true
  }

  private static func unquoted(_ cell: ArraySlice<UInt8>) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
    return text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
      .joined(separator: "\"")
  }
}
