import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutVectors

extension ReadingOptions {
  /// The keys by which a description, or the options of `open`, say how a file is read.
  static let keys = [
    "format", "path", "delimiter", "quote", "header", "names", "encoding", "types", "formats", "null", "on_error",
    "unpack_ratio",
  ]

  /// Reads the keys that are given; the others are those of the named format, or keep their defaults.
  ///
  /// - Parameter formats: Where named formats are looked for; nil in the description of one.
  init(_ data: LuaData, place: ReadoutError.Place, formats: FormatFolders?) throws(ReadoutError) {
    self.init()
    let fields = DescriptionFields(data, place: place)
    if let name = try fields.string("format") {
      if let known = RecordFormat(rawValue: name) {
        format = known
      } else if let formats {
        self = try formats.options(named: name, place: place)
      } else {
        throw ReadoutError(
          .request, "unknown format", value: name, place: place,
          hint: "formats: " + RecordFormat.allCases.map(\.rawValue).joined(separator: ", "))
      }
    }
    if let text = try fields.string("path") { path = text }
    if let text = try fields.string("delimiter") { delimiter = try fields.byte(text, "delimiter") }
    switch data["quote"] {
    case .boolean(false): quote = nil
    case .null, .boolean(true): break
    default: quote = try fields.string("quote").map { text throws(ReadoutError) in try fields.byte(text, "quote") }
    }
    hasHeader = try fields.boolean("header") ?? hasHeader
    names = try fields.list("names") ?? names
    if let name = try fields.string("encoding") {
      guard let known = TextEncoding(named: name) else {
        throw ReadoutError(
          .request, "unknown encoding", value: name, place: place,
          hint: "encodings: " + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
      }
      encoding = known
    }
    for (column, name) in try fields.strings("types").sorted(by: { $0.key < $1.key }) {
      types[column] = try DataType(named: name, column: column, place: place)
      // The format may give a date's form, which another type has no use for.
      if !types[column]!.isTime { dateFormats[column] = nil }
      layout?.typedColumns.remove(column)
    }
    for (column, pattern) in try fields.strings("formats") {
      dateFormats[column] = pattern
      layout?.typedColumns.remove(column)
    }
    nulls = try fields.list("null") ?? nulls
    switch data["unpack_ratio"] {
    case .null: break
    case .boolean(false): unpackRatio = nil
    default: unpackRatio = try fields.count("unpack_ratio")
    }
    if let name = try fields.string("on_error") {
      guard let policy = ErrorPolicy(rawValue: name == "error" ? "fail" : name) else {
        throw ReadoutError(
          .request, "unknown on_error", value: name, place: place, hint: "on_error: fail, null, skip")
      }
      onError = policy
    }
    try checkQuote(place)
  }

  /// Refuses a character that would quote fields and part them.
  private func checkQuote(_ place: ReadoutError.Place) throws(ReadoutError) {
    guard let quote else { return }
    let character = String(UnicodeScalar(quote))
    if quote == delimiter {
      throw ReadoutError(
        .request, "quote and delimiter are the same character", value: character, place: place,
        hint: "fields are parted by one, and quoted by the other; quote = false where no field is quoted")
    }
    if delimiter == nil, CSVDialect.delimiters.contains(quote) {
      throw ReadoutError(
        .request, "the quote is a character that may be the delimiter", value: character, place: place,
        hint: "name the delimiter as well, such as delimiter = \";\", or another quote")
    }
  }

  /// How the files of a named format are read, `gdelt-events` for one: a format that comes with Readout, or that a file `formats/NAME.lua` in `folder` or the
  /// working folder describes.
  ///
  /// - Throws: `ReadoutError` for a name that is unknown, with those there are, and for a description that is wrong.
  public init(format name: String, beside folder: String = ".") throws(ReadoutError) {
    self = try FormatFolders(beside: [folder, "."]).options(named: name, place: .init())
  }
}

extension DataType {
  init(named name: String, column: String, place: ReadoutError.Place) throws(ReadoutError) {
    guard let type = DataType(rawValue: name) else {
      var place = place
      place.detail = "column \(column)"
      throw ReadoutError(
        .request, "unknown type", value: name, place: place,
        hint: Suggestion.hint(for: name, among: DataType.allCases.map(\.rawValue), kind: "types"))
    }
    self = type
  }
}
