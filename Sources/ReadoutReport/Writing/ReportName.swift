import ReadoutEngine

/// The names of files beside reports, which no report may have: one would be written over the other, or swept away.
public enum ReportName {
  /// Of sidecars.
  public static let sidecarEnding = ".run.json"
  /// Of unfinished files, whose names begin with a dot.
  static let unfinishedEnding = ".readout-part"

  /// Whether a file of this name is one that is not done.
  static func isUnfinished(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(unfinishedEnding) }

  /// Refuses a path at which no report can stand: one that is too long, or has the name of a sidecar or an unfinished file.
  public static func check(_ path: String) throws(ReadoutError) {
    try ReadoutError.check(path: path)
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    // As file systems see it that do not tell capitals.
    let plain = name.lowercased()
    guard plain.hasSuffix(sidecarEnding) || isUnfinished(plain) else { return }
    throw ReadoutError(
      .request, "a report may not have this name", value: path,
      hint: "*\(sidecarEnding) are the sidecars of reports, .*\(unfinishedEnding) are files that are not done")
  }
}
