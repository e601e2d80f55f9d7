import ReadoutEngine
import ReadoutVectors

/// The answer to a query: a table that can be read row by row, printed, and written in several forms.
public struct Report: Sendable {
  public let table: Table

  public init(_ table: Table) { self.table = table }

  public var names: [String] { table.names }
  public var rowCount: Int { table.rowCount }

  /// Its first rows.
  public func prefix(_ rows: Int) -> Report { Report(table.prefix(rows)) }
}

extension Report {
  /// Writes the report to a file: whole, or not at all. A file that is there already stays as it was until the new one
  /// is complete. What is no file (a pipe, `/dev/stdout`) is written to as it is.
  ///
  /// O(rows); two reports of equal tables have equal bytes.
  /// - Parameter folders: Where the file has to lie; nil is anywhere.
  /// - Throws: `ReadoutError` where the place cannot be written to.
  public func write(
    to path: String, as format: ReportFormat, options: ReportOptions = ReportOptions(),
    within folders: AllowedFolders? = nil
  ) throws(ReadoutError) {
    try ReportName.check(path)
    if Files.kind(path) == .other { return try writeStream(to: path, as: format, options: options, within: folders) }
    var file = try AtomicFile(path, within: folders)
    try write(to: &file, as: format, options: options)
    try file.commit()
  }

  /// Writes the report as `write` does, and gives the length and hash of what was written; nil where `path` is no file.
  ///
  /// `announce` is told them when all is written and not yet in its place.
  public func writeHashed(
    to path: String, as format: ReportFormat, options: ReportOptions = ReportOptions(),
    within folders: AllowedFolders? = nil, announce: (InputFiles.Digest) throws(ReadoutError) -> Void
  ) throws(ReadoutError) -> InputFiles.Digest? {
    try ReportName.check(path)
    if Files.kind(path) == .other {
      try writeStream(to: path, as: format, options: options, within: folders)
      return nil
    }
    var sink = HashedSink(try AtomicFile(path, within: folders))
    try write(to: &sink, as: format, options: options)
    let digest = sink.digest
    let file = sink.takeSink()
    try announce(digest)
    try file.commit()
    return digest
  }

  private func writeStream(
    to path: String, as format: ReportFormat, options: ReportOptions, within folders: AllowedFolders?
  ) throws(ReadoutError) {
    do {
      var file = try OutputFile(opening: path, within: folders)
      try write(to: &file, as: format, options: options)
    } catch let problem as FileProblem {
      throw ReadoutError(writing: problem)
    } catch let error as ReadoutError {
      throw error
    } catch {
      throw .bug("\(error)")
    }
  }

  public func writeCSV(to path: String, options: ReportOptions = ReportOptions()) throws(ReadoutError) {
    try write(to: path, as: .csv, options: options)
  }
  public func writeTSV(to path: String, options: ReportOptions = ReportOptions()) throws(ReadoutError) {
    try write(to: path, as: .tsv, options: options)
  }
  public func writeJSON(to path: String) throws(ReadoutError) { try write(to: path, as: .json) }
  public func writeJSONL(to path: String) throws(ReadoutError) { try write(to: path, as: .jsonl) }
  public func writeMarkdown(to path: String) throws(ReadoutError) { try write(to: path, as: .markdown) }

  /// The bytes that `write` would put into a file.
  public func bytes(as format: ReportFormat, options: ReportOptions = ReportOptions()) -> [UInt8] {
    var sink = MemorySink()
    // Memory never refuses.
    try? write(to: &sink, as: format, options: options)
    return sink.bytes
  }

  /// Length and hash of what `write` would put into a file.
  public func digest(as format: ReportFormat, options: ReportOptions = ReportOptions()) -> InputFiles.Digest {
    var sink = HashedSink(DiscardingSink())
    // Nothing refuses.
    try? write(to: &sink, as: format, options: options)
    return sink.digest
  }

  /// The text that `write` would put into a file.
  public func text(as format: ReportFormat, options: ReportOptions = ReportOptions()) -> String {
    String(decoding: bytes(as: format, options: options), as: UTF8.self)
  }
}

extension Report: CustomStringConvertible {
  /// The aligned table, as `print` shows it.
  public var description: String { text(as: .table) }
}
