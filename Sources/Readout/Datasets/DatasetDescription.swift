import ReadoutEngine
import ReadoutIngest
import ReadoutVectors

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
  public var reading: ReadingOptions
  /// What columns stand for: `date`, `speaker`, `text`, `label` and the like, by role.
  public var roles: [String: String]
  /// Columns of texts whose words are numbered when the table is read, not when a query first needs it.
  public var indexes: [String]
  /// By column of texts: the language by whose stems terms are compared with its words.
  public var stems: [String: Stemmer.Language]

  public init(
    _ name: String, file: String, reading: ReadingOptions = ReadingOptions(), roles: [String: String] = [:],
    indexes: [String] = [], stems: [String: Stemmer.Language] = [:]
  ) {
    self.name = name
    self.file = file
    self.reading = reading
    self.roles = roles
    self.indexes = indexes
    self.stems = stems
  }
}
