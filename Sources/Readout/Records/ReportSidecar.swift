import ReadoutEngine
import ReadoutReport

/// What stands beside a report in `REPORT.run.json`: all that it takes to make the report again, and to see what has changed.
///
/// Nothing in it depends on when or on how many threads the run was. Its paths count from its own folder, so that a project
/// can be moved with its reports.
struct ReportSidecar: Codable, Sendable, Equatable {
  /// The layout that this Readout writes; one with a higher number is not read.
  static let currentLayout = 1

  var layout = currentLayout
  /// Versions of Readout and of Lua.
  var readout: String
  var lua: String
  /// The working folder of the run.
  var folder: String
  var run: Run
  var report: Written
  var inputs: [Input]

  /// What was run: an analysis or a query.
  struct Run: Codable, Sendable, Equatable {
    var analysis: String?
    var arguments: [String]?
    var settings: [Setting]?
    var query: QueryRequest?
    /// The folders of `--plugins`.
    var plugins: [String]?
  }

  /// The report as it was written.
  struct Written: Codable, Sendable, Equatable {
    /// As the analysis, or `-o`, named it.
    var path: String
    var format: String
    var byteOrderMark: Bool
    var disarm: Bool
    var rows: Int
    var columns: [Column]
    /// The columns that tell its rows apart: those of the last `by`.
    var keys: [String]
    /// The seeds of the steps that draw random numbers.
    var seeds: [UInt64]?
    var bytes: Int
    var sha256: String
    /// The lines of `explain`.
    var plan: [String]
  }

  struct Column: Codable, Sendable, Equatable {
    var name: String
    var type: String
  }

  /// A file that the run had read when the report was written.
  struct Input: Codable, Sendable, Equatable {
    /// From the sidecar's folder; from Readout's own plugins where `isShipped`.
    var path: String
    var role: String
    /// Whether it came with Readout.
    var isShipped: Bool
    /// Length and hash are missing of a stream, such as standard input.
    var bytes: Int?
    var sha256: String?
  }

  static func path(ofReport report: String) -> String { report + ending }
  static let ending = ReportName.sidecarEnding
}
