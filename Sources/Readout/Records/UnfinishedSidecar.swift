import FoundationEssentials
import ReadoutEngine
import ReadoutReport
import ReadoutVectors

/// What stands in a sidecar's place from the moment before its report is put in place until the run knows all that it read: the report's hash
/// alone. Where the run is killed between, whoever finds it can say so.
struct UnfinishedSidecar: Codable, Sendable, Equatable {
  private let layout: Int
  private let isUnfinished: Bool
  /// Of the report that is about to stand beside it.
  private let sha256: String

  init(ofReport sha256: String) {
    layout = ReportSidecar.currentLayout
    isUnfinished = true
    self.sha256 = sha256
  }

  /// Puts it beside the report at `report`, in place of the sidecar of the report before.
  func write(beside report: String, within folders: AllowedFolders?) throws(ReadoutError) {
    let bytes: Data
    do { bytes = try JSONEncoder().encode(self) } catch { throw .bug("a sidecar cannot be written: \(error)") }
    var file = try AtomicFile(ReportSidecar.path(ofReport: report), within: folders)
    try file.write((Array(bytes) + [0x0A]).span)
    try file.commitProvisionally()
  }

  /// What happened to the run that left it.
  func error(_ report: String) -> ReadoutError {
    let isWritten = (try? Files.digest(report))?.sha256 == sha256
    return ReadoutError(
      .request,
      isWritten
        ? "the run that wrote this report was ended before it could write down what it had read"
        : "the report is older than its sidecar: the run that was to replace it was ended before it did", value: report,
      hint: "make it again; until then nothing says what it was made from")
  }
}
