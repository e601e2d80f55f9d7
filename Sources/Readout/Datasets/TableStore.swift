import ReadoutEngine
import ReadoutIngest
import Synchronization

/// The tables of a dataset that were read so far. Each is read once, also when several threads ask at the same time.
final class TableStore: Sendable {
  private let folder: String
  private let options: ExecutionOptions
  /// Where files may be read; nil is everywhere.
  private let access: FileAccess?
  /// Where the files that are read are noted.
  private let inputs: InputFiles?
  private let loaded: Mutex<[String: LoadedTable]>

  init(
    folder: String, options: ExecutionOptions, access: FileAccess? = nil, inputs: InputFiles? = nil,
    known: KeyValuePairs<String, Table> = [:]
  ) {
    self.folder = folder
    self.options = options
    self.access = access
    self.inputs = inputs
    var tables: [String: LoadedTable] = [:]
    for (name, table) in known { tables[name] = LoadedTable(table: table) }
    self.loaded = Mutex(tables)
  }

  func load(_ description: TableDescription) throws(ReadoutError) -> LoadedTable {
    let outcome = loaded.withLock { tables -> Result<LoadedTable, ReadoutError> in
      if let known = tables[description.name] { return .success(known) }
      do throws(ReadoutError) {
        let table = try read(description)
        tables[description.name] = table
        return .success(table)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Those of `names` that were read.
  func loaded(of names: [String]) -> [LoadedTable] {
    loaded.withLock { tables in names.compactMap { tables[$0] } }
  }

  /// Refuses files that are neither delimited text nor JSON by their name: read as such they would give wrong tables in silence.
  private static func checkFormat(_ file: String) throws(ReadoutError) {
    let formats = [
      "parquet": "Parquet", "arrow": "Arrow",
      "feather": "Arrow", "xlsx": "Excel", "xls": "Excel", "ods": "OpenDocument", "sqlite": "SQLite", "db": "SQLite",
    ]
    let name = Path.name(of: file).lowercased()
    guard let format = formats.first(where: { name.hasSuffix(".\($0.key)") || name.contains(".\($0.key).") }) else {
      return
    }
    throw ReadoutError(
      .data, "\(format.value) files are not read", value: file,
      hint: "convert it to CSV, TSV or JSON Lines, plain or compressed")
  }

  private func read(_ description: TableDescription) throws(ReadoutError) -> LoadedTable {
    var reading = description.reading
    reading.threads = options.threads
    let sources =
      description.file == "-"
      ? [Source.standardInput]
      : try Source.files(matching: Path.join(folder, description.file), within: access?.readable)
    for source in sources {
      try access?.check(source.name, shown: source.name)
      try Self.checkFormat(source.name)
    }
    for source in sources { inputs?.note(description.file == "-" ? "-" : source.name, as: .data) }
    let loaded = try TableReader.read(sources, options: reading, control: options.control, progress: options.progress)
    let table = try loaded.table.withTexts(of: description, options)
    return LoadedTable(table: table, rejects: loaded.rejects, notes: loaded.notes, places: loaded.places)
  }
}

extension Table {
  /// The table with what its description says of columns of texts: stems, and indexes built now.
  fileprivate func withTexts(
    of description: TableDescription, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    var fields = fields
    for (column, language) in description.stems.sorted(by: { $0.key < $1.key }) {
      fields[try textColumn(column, of: description, key: "stem")].stem = language
    }
    for column in description.indexes {
      _ = try TextIndex.of(columns[try textColumn(column, of: description, key: "index")], options: options)
    }
    return Table(fields: fields, columns: columns, rowCount: rowCount)
  }

  private func textColumn(_ name: String, of description: TableDescription, key: String) throws(ReadoutError) -> Int {
    let place = ReadoutError.Place(step: "table \(description.name)", detail: key)
    guard let index = index(of: name) else {
      throw ReadoutError(
        .request, "unknown column", value: name, place: place,
        hint: Suggestion.hint(for: name, among: names, kind: "the columns are"))
    }
    guard fields[index].type.isString else {
      throw ReadoutError(
        .request, "\(key) is for columns of text, not \(fields[index].type.withArticle)", value: name, place: place)
    }
    return index
  }
}
