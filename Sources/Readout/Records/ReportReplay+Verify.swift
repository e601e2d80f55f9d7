import ReadoutEngine
import ReadoutReport
import ReadoutVectors

extension ReportReplay {
  /// Whether a report made again is the same.
  public struct Verification: Sendable {
    /// Whether the report has the bytes that it had when it was written, and has them when it is made again.
    public let isSame: Bool
    /// What is to be said, a line each.
    public let lines: [String]
  }

  /// Runs again what made the report and compares.
  ///
  /// - Parameters:
  ///   - changes: What `changes` gave.
  ///   - shownRows: How many differing rows are told at most.
  public func verify(
    changes: [String], shownRows: Int, session make: (Setup) -> Session
  ) throws(ReadoutError) -> Verification {
    let made = Made()
    let new = try run(make) { (table, _, format, options) throws(ReadoutError) in
      made.bytes = Report(table).bytes(as: format, options: options)
      made.format = format
    }
    let isMadeSame = made.bytes == bytes
    let isSame = isMadeSame && sidecar.report.sha256 == SHA256.hexadecimal(of: bytes.span)
    let how = sidecar.run.analysis == nil ? "made again from \(source)" : "made again by \(source)"
    var lines = ["\(report): \(isMadeSame ? "the same bytes" : "not the same"), \(how)"]
    lines += (changes + new).map { "  \($0)" }
    if !isMadeSame {
      let difference = ReportDifference(
        before: ReportRows(bytes, format: made.format), now: ReportRows(made.bytes, format: made.format),
        keys: sidecar.report.keys)
      lines += difference.lines(most: shownRows).map { "  \($0)" }
    }
    return Verification(isSame: isSame, lines: lines.map(ReadoutError.visible))
  }

  private final class Made {
    var bytes: [UInt8] = []
    var format = ReportFormat.csv
  }
}
