/// What a file's records are written in.
public enum RecordFormat: String, Sendable, CaseIterable {
  /// Delimited text: CSV, TSV and the like.
  case csv
  /// One JSON object a line.
  case jsonl
  /// A JSON document with an array of objects, or JSON objects one behind the other.
  case json

  /// The format that a file's name tells; compression endings are passed over.
  public init?(ofFile name: String) {
    var name = name.lowercased()[...]
    for ending in [".gz", ".zst", ".bz2", ".xz", ".zip"] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
      self = .jsonl
    } else if name.hasSuffix(".json") {
      self = .json
    } else {
      return nil
    }
  }
}
