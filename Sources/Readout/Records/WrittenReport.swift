import ReadoutEngine
import ReadoutReport
import ReadoutVectors

/// A report that was written in this run, as its sidecar will tell it.
struct WrittenReport: Sendable {
  /// Where it stands.
  var file: String
  /// Where it, and its sidecar, have to lie; nil is anywhere.
  var folders: AllowedFolders?
  var description: ReportSidecar.Written
  /// What was run for it.
  var run: ReportSidecar.Run
  /// How many input files had been read by then: those that it can depend on.
  var inputCount: Int
}

extension ReportSidecar.Written {
  /// - Parameter path: As the analysis, or `-o`, names the report.
  init(
    _ table: Table, of query: Query, path: String, format: ReportFormat, options: ReportOptions,
    digest: InputFiles.Digest
  ) throws(ReadoutError) {
    self.init(
      path: path, format: format.rawValue, byteOrderMark: options.byteOrderMark, disarm: options.disarm,
      rows: table.rowCount, columns: table.fields.map { .init(name: $0.name, type: $0.type.rawValue) },
      keys: query.groupKeys.filter { table.names.contains($0) }, seeds: query.seeds.isEmpty ? nil : query.seeds,
      bytes: digest.byteCount,
      sha256: digest.sha256, plan: try query.explain().split(separator: "\n").map(String.init))
  }
}
