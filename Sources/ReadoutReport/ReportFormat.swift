/// The forms a report can be written in.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// RFC 4180 with a header and LF line ends.
  case csv
  /// As CSV, with tabs between the fields.
  case tsv
  /// An array of objects, one a line.
  case json
  /// JSON Lines: one object a line.
  case jsonl
  /// A Markdown table.
  case markdown
  /// The aligned table of `print`; for people, not for programs: long tables and wide cells are cut.
  case table

  /// The format that a file's name asks for, by its ending; nil where it says none.
  public init?(path: String) {
    let name = path.lowercased()
    let endings: [(String, ReportFormat)] = [
      (".csv", .csv), (".tsv", .tsv), (".json", .json), (".jsonl", .jsonl), (".ndjson", .jsonl), (".md", .markdown),
      (".markdown", .markdown), (".txt", .table),
    ]
    guard let found = endings.first(where: { name.hasSuffix($0.0) }) else { return nil }
    self = found.1
  }

  /// The ending of a file's name by which other programs know a format that no report has, such as `xlsx`; nil where it has none.
  public static func otherEnding(of path: String) -> String? {
    let name = path.lowercased()
    return otherEndings.first { name.hasSuffix("." + $0) }
  }

  private static let otherEndings = [
    "arrow", "avro", "bz2", "db", "duckdb", "feather", "gz", "html", "ods", "orc", "parquet", "pdf", "sqlite", "xls",
    "xlsx", "xz", "zip", "zst",
  ]
}
