import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutVectors

extension DatasetDescription {
  /// Reads the value that a `dataset.lua` returned.
  ///
  /// Keys that mean nothing are errors with a suggestion: a misspelt `type` would otherwise be lost in silence.
  /// - Throws: `ReadoutError` that names `file` and the key.
  init(_ data: LuaData, file: String, formats: FormatFolders) throws(ReadoutError) {
    let place = ReadoutError.Place(file: file)
    let fields = DescriptionFields(data, place: place)
    try fields.check(known: ["title", "source", "licence", "license", "tables"])
    let licences = [try fields.string("licence"), try fields.string("license")].compactMap { $0 }
    self.init(
      title: try fields.string("title"), source: try fields.string("source"), licence: licences.first, tables: [])
    guard case .table = data, !data["tables"].entries.isEmpty else {
      throw ReadoutError(
        .request, "a dataset description returns its tables", place: place,
        hint: "return { tables = { statements = { file = \"statements.csv\" } } }")
    }
    for (name, entry) in data["tables"].entries {
      tables.append(
        try TableDescription(
          name, entry, place: ReadoutError.Place(file: file, step: "table \(name)"), formats: formats))
    }
  }
}

extension TableDescription {
  init(
    _ name: String, _ data: LuaData, place: ReadoutError.Place, formats: FormatFolders
  ) throws(ReadoutError) {
    let fields = DescriptionFields(data, place: place)
    try fields.check(known: ["file", "roles", "index", "stem"] + ReadingOptions.keys)
    guard let file = try fields.string("file") else {
      throw ReadoutError(.request, "a table needs a file", place: place, hint: "file = \"\(name).csv\"")
    }
    var stems: [String: Stemmer.Language] = [:]
    for (column, name) in try fields.strings("stem").sorted(by: { $0.key < $1.key }) {
      guard let language = Stemmer.Language(name) else {
        throw ReadoutError(
          .request, "unknown language of stems", value: name, place: place,
          hint: Suggestion.hint(for: name, among: Stemmer.Language.names.sorted(), kind: "languages"))
      }
      stems[column] = language
    }
    self.init(
      name, file: file, reading: try ReadingOptions(data, place: place, formats: formats),
      roles: try fields.strings("roles"),
      indexes: try fields.list("index") ?? [], stems: stems)
  }
}
