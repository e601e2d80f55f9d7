import ReadoutEngine
import ReadoutIngest

/// What a dataset holds and how its files are to be read: the contents of a `dataset.lua`.
public struct DatasetDescription: Sendable {
  public var title: String?
  public var source: String?
  public var licence: String?
  public var tables: [TableDescription]

  public init(title: String? = nil, source: String? = nil, licence: String? = nil, tables: [TableDescription]) {
    self.title = title
    self.source = source
    self.licence = licence
    self.tables = tables
  }
}

/// One table of a dataset: its files and how to read them.
public struct TableDescription: Sendable {
  public var name: String
  /// A file, or a pattern of files that are read into one table one behind the other.
  public var file: String
  public var reading: CSVOptions
  /// What columns stand for: `date`, `speaker`, `text`, `label` and the like, by role.
  public var roles: [String: String]

  public init(_ name: String, file: String, reading: CSVOptions = CSVOptions(), roles: [String: String] = [:]) {
    self.name = name
    self.file = file
    self.reading = reading
    self.roles = roles
  }
}
