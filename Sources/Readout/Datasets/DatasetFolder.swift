import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutVectors

/// What stands at the path of a dataset: the folder its files are in, and their description, read or made up.
struct DatasetFolder {
  let name: String
  let folder: String
  let description: DatasetDescription

  /// `formats` are those that a description may name, beside those of its own folder, and say what a description may take;
  /// it has to lie in `folders`.
  init(
    _ path: String, reading: ReadingOptions?, inputs: InputFiles? = nil, formats: FormatFolders,
    within folders: AllowedFolders? = nil
  ) throws(ReadoutError) {
    try ReadoutError.check(path: path)
    let options = reading ?? ReadingOptions()
    if path == "-" {
      self.init(name: "input", folder: "", description: .init(tables: [.init("input", file: "-", reading: options)]))
      return
    }
    switch Files.kind(path) {
    case .folder:
      let name = Path.name(of: Path.resolved(path))
      let file = Path.join(path, "dataset.lua")
      if Files.kind(file) == nil {
        self.init(name: name, folder: path, description: try Self.describing(path, options))
      } else if reading != nil {
        throw ReadoutError(
          .request, "this dataset has a description, which says how it is read", value: file,
          hint: "change it there, or open one of the files")
      } else {
        let data = try DescriptionFile.read(file, limits: formats.limits, inputs: inputs, within: folders)
        self.init(
          name: name, folder: path,
          description: try DatasetDescription(data, file: file, formats: formats.first(beside: path)))
      }
    case .file, .other:
      self.init(name: Path.stem(of: path), folder: "", description: Self.oneTable(path, options))
    case nil where path.utf8.contains { "*?[".utf8.contains($0) }:
      self.init(name: Self.patternName(path), folder: "", description: Self.oneTable(path, options))
    case nil: throw Self.missing(path)
    }
  }

  private init(name: String, folder: String, description: DatasetDescription) {
    self.name = name
    self.folder = folder
    self.description = description
  }

  private static func oneTable(_ path: String, _ options: ReadingOptions) -> DatasetDescription {
    let name = Files.kind(path) == nil ? patternName(path) : Path.stem(of: path)
    return DatasetDescription(tables: [TableDescription(name, file: path, reading: options)])
  }

  /// `events` for `events-*.csv.gz`.
  private static func patternName(_ path: String) -> String {
    let stem = Path.stem(of: path)
    let name = stem.prefix { !"*?[".contains($0) }
    let trimmed = name.reversed().drop { "-_. ".contains($0) }.reversed()
    return trimmed.isEmpty ? "files" : String(trimmed)
  }

  /// Every data file a table.
  private static func describing(_ path: String, _ options: ReadingOptions) throws(ReadoutError) -> DatasetDescription {
    var tables: [TableDescription] = []
    for file in (try? Files.names(in: path)) ?? [] where DataFile.isData(file) {
      let name = Path.stem(of: file)
      if let other = tables.first(where: { $0.name == name }) {
        throw ReadoutError(
          .request, "two files would be one table", value: name, place: .init(file: path),
          hint: "\(other.file) and \(file); say in a dataset.lua which is meant")
      }
      tables.append(TableDescription(name, file: file, reading: options))
    }
    guard !tables.isEmpty else {
      throw ReadoutError(
        .request, "no data files in this folder", value: path,
        hint: "expected .csv, .tsv, .tab, .jsonl or .ndjson files, or a dataset.lua")
    }
    return DatasetDescription(tables: tables)
  }

  static func missing(_ path: String) -> ReadoutError {
    let folder = Path.folder(of: path)
    let names = ((try? Files.names(in: folder)) ?? []).map { Path.join(folder, $0) }
    // The nearest name, or nothing: a folder's other files say little about the one that was meant.
    let hint = Suggestion.hint(for: path, among: names, kind: "").flatMap { $0.hasPrefix("did") ? $0 : nil }
    return ReadoutError(.request, "no such file or folder", value: path, hint: hint)
  }
}
