import ReadoutEngine
import ReadoutVectors

/// The column names of one source, and where its records start.
///
/// Blanks around a name are dropped. A column without a name is called `column` and its number, from 1, and a note says so; two columns
/// of one name are an error.
struct Header {
  /// Columns of a table at most: each takes memory of its own, whatever its rows.
  static let mostColumns = 200_000

  let names: [String]
  let dataStart: Int
  var notes: [String] = []

  /// Reads the first record from `place` on that is no empty line.
  init(_ source: OpenedSource, from place: Int, options: ReadingOptions) throws(ReadoutError) {
    let text = RecordText(bytes: source.bytes, dialect: source.dialect)
    let name = source.name
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
      first = text.fields(at: start, atMost: Self.mostColumns + 1)
    } while RecordScanner.isBlank(span, from: start, next: first.next, text.dialect)
    if options.hasHeader {
      if let offset = text.loneEnd(at: start) { throw source.loneEnd(at: offset) }
      if let fault = text.quotingFault(at: start) {
        throw ReadoutError(.data, fault.words, place: source.place(fault.offset), hint: QuotingFault.hint)
      }
    }
    let line = source.line(start)
    guard first.fields.count <= Self.mostColumns else {
      throw ReadoutError(
        .data, "a record of more fields than a table can have columns", value: "more than \(Self.mostColumns)",
        place: .init(file: name, line: line), hint: "a table has one column for each field of its first record")
    }
    var notes: [String] = []
    var names = options.hasHeader ? first.fields.map(Self.trimmed) : first.fields.indices.map { "column\($0 + 1)" }
    if let layout = options.layout {
      try Self.check(layout, names, options.names, place: .init(file: name, line: line))
      names = options.names ?? names
    } else if let given = options.names {
      guard given.count == first.fields.count else {
        throw ReadoutError(
          .data, "the file has another number of columns than names were given",
          value: "\(first.fields.count) and \(given.count)",
          place: .init(file: name, line: line), hint: "give one name for each column, in their order")
      }
      // The line is left out without a look where names are given for a file that has none.
      let values: [ValueKinds] = [.number, .date, .timestamp]
      if let value = names.first(where: { values.contains(ValueKinds(of: Array($0.utf8).span)) }) {
        notes.append(Self.noteOnValues(value, in: name))
      }
      names = given
    }
    for (number, field) in names.enumerated() where field.isEmpty {
      names[number] = "column\(number + 1)"
      notes.append("\(name): column \(number + 1) has no name and is called column\(number + 1)")
    }
    try Self.refuseDuplicates(names, place: .init(file: name, line: line))
    self.names = names
    self.notes = notes
    // Files of a named format come with and without their header.
    let isHeader = options.hasHeader || (options.layout != nil && first.fields == options.names)
    dataStart = isHeader ? first.next : start
  }

  /// What there is to say of a header that seems to be a record.
  static func noteOnValues(_ value: String, in file: String) -> String {
    "\(file): the first line seems to hold values (\(ReadoutError.shown(value: value))), not names; if so, say header = false"
  }

  /// Refuses a file that does not look like one of its format, and says which would.
  private static func check(
    _ layout: FileLayout, _ found: [String], _ given: [String]?, place: ReadoutError.Place
  ) throws(ReadoutError) {
    var place = place
    if let given, !(given.count - layout.optionalColumns...given.count).contains(found.count) {
      let others = layout.formats(found.count)
      let wanted = layout.optionalColumns == 0 ? "" : "\(given.count - layout.optionalColumns) to "
      place.detail = "\(layout.name) has \(wanted)\(given.count)"
      throw ReadoutError(
        .data, "the file does not have the columns of its format", value: ShownNumber.counted(found.count, "column"),
        place: place,
        hint: others.isEmpty
          ? "no format that is known has \(found.count); say names and delimiter instead"
          : others.map { "format = \"\($0)\"" }.joined(separator: " or ") + " has \(found.count)")
    }
    for column in layout.requiredColumns where !found.contains(column) {
      place.detail = "\(layout.name) has it"
      throw ReadoutError(
        .data, "the file does not have the columns of its format", value: column, place: place,
        hint: "leave the format out, and the header is taken as it is")
    }
  }

  private static func trimmed(_ name: String) -> String {
    var scalars = name.unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }

  private static func refuseDuplicates(_ names: [String], place: ReadoutError.Place) throws(ReadoutError) {
    var seen: [String: Int] = [:]
    for (number, column) in names.enumerated() {
      if let before = seen.updateValue(number, forKey: column) {
        var place = place
        place.detail = "columns \(before + 1) and \(number + 1)"
        throw ReadoutError(
          .data, "two columns have one name", value: column, place: place,
          hint: "give names of your own (names = { … }), or say header = false if the first line holds values")
      }
    }
  }
}
