import ReadoutEngine
import ReadoutVectors

/// `DATASET/TABLE` as it is typed: the longest beginning that exists is the dataset, what follows names the table.
public struct DatasetLocation: Sendable, Equatable {
  public let dataset: String
  public let table: String?

  /// - Throws: `ReadoutError` where nothing stands at the path or at the one above it.
  public init(_ text: String) throws(ReadoutError) {
    try ReadoutError.check(path: text)
    var path = text
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let above = Path.folder(of: path)
    if path == "-" || Files.kind(path) != nil {
      self.dataset = path
      self.table = nil
    } else if path.contains("/"), Files.kind(above) == .folder, Files.kind(Path.join(above, "dataset.lua")) != nil {
      self.dataset = above
      self.table = Path.name(of: path)
    } else if path.utf8.contains(where: { "*?[".utf8.contains($0) }) {
      self.dataset = path
      self.table = nil
    } else if path.contains("/"), Files.kind(above) == .file {
      self.dataset = above
      self.table = Path.name(of: path)
    } else if path.contains("/"), let files = try? Files.names(in: above),
      !DataFile.isData(path), files.contains(where: { DataFile.isData($0) })
    {
      self.dataset = above
      self.table = Path.name(of: path)
    } else {
      throw DatasetFolder.missing(text)
    }
  }

  /// The table as a query, of `dataset` opened.
  public func query(in dataset: Dataset) throws(ReadoutError) -> Query {
    if let table { return try dataset[table] }
    return try dataset[dataset.onlyTable]
  }
}
