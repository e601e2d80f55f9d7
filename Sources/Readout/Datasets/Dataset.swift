import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutVectors

/// Tables that belong together: a folder, a file, or tables from Swift.
///
/// ```swift
/// let opcon = try Dataset(opening: "datasets/opcon")
/// let report = try opcon["statements"].by("country").measure("n = count()").collect()
/// ```
///
/// A table is read when it is first asked for, and kept. A dataset may be used from several threads at once.
public struct Dataset: Sendable {
  /// The folder's or file's name.
  public let name: String
  public let description: DatasetDescription
  /// The functions and metrics that queries of its tables may call.
  public var metrics: Metrics
  private let tables: TableStore
  /// What it was opened by.
  private let path: String

  /// Opens a folder or a file.
  ///
  /// A folder with a `dataset.lua` is read as that says. Without one every `.csv`, `.tsv`, `.tab`, `.jsonl` and
  /// `.ndjson` file in it, compressed or not, is a table named after its stem. A single file is one table, as is a pattern such as
  /// `events-*.csv.gz`, and `-` is standard input.
  /// - Parameters:
  ///   - path: The folder, file or pattern.
  ///   - reading: How the files are read; where there is a `dataset.lua`, that decides instead.
  ///   - metrics: What queries of its tables may call.
  ///   - options: Threads, time limit and progress of reading.
  /// - Throws: `ReadoutError` where nothing stands at `path`, or the description is wrong. What is wrong with a table's
  ///   data is said when the table is asked for.
  public init(
    opening path: String, reading: ReadingOptions? = nil, metrics: Metrics = .standard,
    options: ExecutionOptions = .standard
  ) throws(ReadoutError) {
    try self.init(
      path, reading: reading, metrics: metrics, options: options, access: nil, inputs: nil,
      formats: FormatFolders(beside: ["."], limits: LuaLimits(control: options.control)))
  }

  init(
    _ path: String, reading: ReadingOptions?, metrics: Metrics, options: ExecutionOptions, access: FileAccess?,
    inputs: InputFiles?, formats: FormatFolders
  ) throws(ReadoutError) {
    let location = try DatasetFolder(
      path, reading: reading, inputs: inputs, formats: formats, within: access?.readable)
    self.name = location.name
    self.path = path
    self.description = location.description
    self.metrics = metrics
    self.tables = TableStore(folder: location.folder, options: options, access: access, inputs: inputs)
  }

  /// A dataset of tables that exist already, in this order.
  public init(named name: String = "dataset", tables: KeyValuePairs<String, Table>, metrics: Metrics = .standard) {
    self.name = name
    self.path = name
    self.description = DatasetDescription(tables: tables.map { TableDescription($0.key, file: "") })
    self.metrics = metrics
    self.tables = TableStore(folder: "", options: .standard, known: tables)
  }

  /// The names of its tables, in order.
  public var tableNames: [String] { description.tables.map(\.name) }

  /// A table as a query without steps.
  /// - Throws: `ReadoutError` for an unknown name, with the tables there are, and for data that cannot be read.
  public subscript(table: String) -> Query {
    get throws(ReadoutError) {
      let loaded = try load(table)
      var query = Query(loaded.table, named: "\(name)/\(table)", functions: metrics)
      query.places = loaded.places
      query.roles = description.tables.first { $0.name == table }?.roles ?? [:]
      return query
    }
  }

  /// A table with what was rejected while it was read.
  public func load(_ table: String) throws(ReadoutError) -> LoadedTable {
    guard let found = description.tables.first(where: { $0.name == table }) else {
      throw ReadoutError(
        .request, "unknown table", value: table, place: .init(detail: "dataset \(name)"),
        hint: Suggestion.hint(for: table, among: tableNames, kind: "tables"))
    }
    return try tables.load(found)
  }

  /// The tables that were read so far, in order.
  public var loadedTables: [LoadedTable] { tables.loaded(of: tableNames) }

  /// The only table's name.
  /// - Throws: `ReadoutError` that lists the tables where there are several.
  public var onlyTable: String {
    get throws(ReadoutError) {
      guard tableNames.count == 1 else {
        throw ReadoutError(
          .request, "the dataset has several tables", value: name,
          hint: "name one: \(tableNames.map { Path.join(path, $0) }.joined(separator: ", "))")
      }
      return tableNames[0]
    }
  }
}
