import ReadoutEngine
import ReadoutVectors

/// The column names of one source, and where its records start.
///
/// Blanks around a name are dropped. A column without a name is called `column` and its number, from 1, and a note says so; two columns
/// of one name are an error.
struct Header {
  let names: [String]
  let dataStart: Int
  var notes: [String] = []

  init(_ text: RecordText, from place: Int, name: String, options: CSVOptions) throws(ReadoutError) {
    let span = text.bytes.vector.span
    var start = place
    var first: (fields: [String], next: Int) = ([], place)
    repeat {
      start = first.next
      guard start < span.count else {
        throw ReadoutError(
          .data, "the file is empty", place: .init(file: name),
          hint: options.hasHeader
            ? "a table needs at least a line with its column names" : "a table needs at least one record")
      }
      first = text.fields(at: start)
    } while RecordScanner.isBlank(span, from: start, next: first.next, text.dialect)
    var notes: [String] = []
    var names = options.hasHeader ? first.fields.map(Self.trimmed) : first.fields.indices.map { "column\($0 + 1)" }
    if let given = options.names {
      guard given.count == first.fields.count else {
        throw ReadoutError(
          .data, "the file has another number of columns than names were given",
          value: "\(first.fields.count) and \(given.count)",
          place: .init(file: name, line: 1), hint: "give one name for each column, in their order")
      }
      names = given
    }
    for (number, field) in names.enumerated() where field.isEmpty {
      names[number] = "column\(number + 1)"
      notes.append("\(name): column \(number + 1) has no name and is called column\(number + 1)")
    }
    try Self.refuseDuplicates(names, name: name)
    self.names = names
    self.notes = notes
    dataStart = options.hasHeader ? first.next : start
  }

  private static func trimmed(_ name: String) -> String {
    var scalars = name.unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }

  private static func refuseDuplicates(_ names: [String], name: String) throws(ReadoutError) {
    var seen: [String: Int] = [:]
    for (number, column) in names.enumerated() {
      if let before = seen.updateValue(number, forKey: column) {
        throw ReadoutError(
          .data, "two columns have one name", value: column,
          place: .init(file: name, line: 1, detail: "columns \(before + 1) and \(number + 1)"),
          hint: "give names of your own (names = { … }), or say header = false if the first line holds values")
      }
    }
  }
}
