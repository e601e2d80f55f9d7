import ReadoutEngine
import ReadoutVectors

/// What is to be read: the sources with their columns brought into one order, and what is known about each column.
struct LoadPlan: Sendable {
  struct PlannedColumn: Sendable {
    var name: String
    /// The type that was asked for; nil is inferred.
    var given: DataType?
    /// The format that was asked for.
    var pattern: DatePattern?

    init(name: String) { self.name = name }

    /// With what the options say of it.
    init(_ name: String, _ options: ReadingOptions) throws(ReadoutError) {
      self.name = name
      given = options.types[name]
      guard let format = options.dateFormats[name] else { return }
      let pattern = try DatePattern(format)
      if let given, !given.isTime {
        throw ReadoutError(
          .request, "a date format for a column of another type", value: name,
          place: .init(detail: "its type is \(given.rawValue)"),
          hint: "give the type date or timestamp, or leave the type out")
      }
      self.pattern = pattern
      given = given ?? (pattern.hasTime ? .timestamp : .date)
    }
  }

  var sources: [OpenedSource]
  let columns: [PlannedColumn]
  let nulls: NullFields
  let options: ReadingOptions

  init(sources: [OpenedSource], options: ReadingOptions) throws(ReadoutError) {
    let names = sources[0].names
    self.sources = sources
    self.options = options
    nulls = NullFields(options.nulls)
    for number in sources.indices { self.sources[number].order = try Self.order(sources[number], like: sources[0]) }
    let known = options.types.isEmpty && options.dateFormats.isEmpty ? [] : Set(names)
    for name in (Array(options.types.keys) + Array(options.dateFormats.keys)).sorted() where !known.contains(name) {
      if options.layout?.typedColumns.contains(name) == true { continue }
      throw ReadoutError(
        .request, "unknown column in types or formats", value: name, place: .init(file: sources[0].name),
        hint: Suggestion.hint(for: name, among: names, kind: "columns"))
    }
    var columns: [PlannedColumn] = []
    for name in names { columns.append(try PlannedColumn(name, options)) }
    self.columns = columns
  }

  /// For each column of the first source its number in `source`; both must have the same names.
  private static func order(_ source: OpenedSource, like first: OpenedSource) throws(ReadoutError) -> [Int] {
    // Nearly always the columns stand in the same order; a dictionary is for wide tables in which they do not.
    if source.names == first.names { return Array(source.names.indices) }
    let places = Dictionary(source.names.enumerated().map { ($1, $0) }) { a, _ in a }
    var order: [Int] = []
    for name in first.names {
      guard let number = places[name] else { throw difference(name, has: first, lacks: source) }
      order.append(number)
    }
    let known = Set(first.names)
    for name in source.names where !known.contains(name) { throw difference(name, has: source, lacks: first) }
    return order
  }

  private static func difference(_ name: String, has: OpenedSource, lacks: OpenedSource) -> ReadoutError {
    ReadoutError(
      .data, "files of one table with different columns", value: name,
      place: .init(file: lacks.name, line: 1, detail: "which lacks the column that \(has.name) has"),
      hint: "read them as two tables, or give both the same header")
  }
}

/// The fields that are null.
struct NullFields: Sendable {
  /// Their bytes, the empty one left out.
  let words: [[UInt8]]
  /// Whether a quoted empty field is null, too.
  let quotedEmpty: Bool

  init(_ named: [String]?) {
    words = (named ?? []).filter { !$0.isEmpty }.map { Array($0.utf8) }
    quotedEmpty = named?.contains("") ?? false
  }

  /// Whether a field with this value is null; an unquoted empty one always is.
  func contains(_ value: Span<UInt8>, quoted: Bool) -> Bool {
    if value.count == 0 { return !quoted || quotedEmpty }
    return words.contains { word in
      word.count == value.count && value.indices.allSatisfy { value[$0] == word[$0] }
    }
  }
}
