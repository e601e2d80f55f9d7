import Foundation
import Readout
import Testing
import Transcripts

/// Public data that nobody here wrote, in `shared/data` beside the repository. It is no part of the project, so every suite
/// over it is left out, by name, where it is missing.
enum SharedData {
  static let isThere = FileManager.default.fileExists(atPath: path("README.md"))
  static let missing: Comment = "shared/data is not beside the repository: tests over real data are left out"

  static func path(_ file: String) -> String { Repository.sharedData.appending(path: file).path }

  /// The only table of a file.
  static func table(_ file: String, reading: ReadingOptions? = nil) throws -> Query {
    let dataset = try Dataset(opening: path(file), reading: reading)
    return try dataset[dataset.onlyTable]
  }

  static func files(in folder: String, ending: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path(folder)))?.filter { $0.hasSuffix(ending) }.sorted() ?? []
  }
}

extension Query {
  /// The rows of the answer as text, each value as reports write it; null is empty.
  func answer() throws -> [[String]] { try collect().rows.map { row in row.values.map(\.text) } }
}
