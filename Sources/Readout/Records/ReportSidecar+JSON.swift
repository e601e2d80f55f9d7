import FoundationEssentials
import ReadoutEngine
import ReadoutVectors

extension ReportSidecar {
  /// More than this is no sidecar.
  private static let mostBytes = 64 << 20

  /// Two-space JSON with its keys in order: the same sidecar has the same bytes.
  func json() throws(ReadoutError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do { return try Array(encoder.encode(self)) + [0x0A] } catch { throw .bug("a sidecar cannot be written: \(error)") }
  }

  /// Reads the sidecar at a path.
  /// - Throws: `ReadoutError` where there is none, or what is there is none, or was left by a run that was killed.
  init(reading path: String, of report: String) throws(ReadoutError) {
    guard let state = Files.stamp(path) else {
      throw ReadoutError(
        .request, "no sidecar beside this report", value: path,
        hint: "readout run and readout query -o write one, unless --no-sidecar says not to")
    }
    guard Files.kind(path) == .file, state.byteCount <= Self.mostBytes else {
      throw ReadoutError(.data, "not a report's sidecar", value: path)
    }
    let bytes: [UInt8]
    do throws(FileProblem) { bytes = try Files.contents(path) } catch {
      throw ReadoutError(.request, "cannot read", value: path, hint: error.reason)
    }
    do {
      let layout = try JSONDecoder().decode(Layout.self, from: Data(bytes)).layout
      guard layout <= Self.currentLayout else {
        throw ReadoutError(
          .data, "a sidecar of a newer Readout", value: path, place: .init(detail: "layout \(layout)"),
          hint: "this is Readout \(Version.current), which knows layout \(Self.currentLayout)")
      }
      if let unfinished = try? JSONDecoder().decode(UnfinishedSidecar.self, from: Data(bytes)) {
        throw unfinished.error(report)
      }
      self = try JSONDecoder().decode(ReportSidecar.self, from: Data(bytes))
    } catch let error as ReadoutError {
      throw error
    } catch {
      throw ReadoutError(.data, "not a report's sidecar", value: path, place: .init(detail: Self.reason(error)))
    }
  }

  private struct Layout: Codable { var layout: Int }

  private static func reason(_ error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): return "it lacks \(place(context.codingPath + [key]))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(context.codingPath.isEmpty ? "it" : place(context.codingPath)) is of another type"
    case .dataCorrupted, nil: return "it is no JSON"
    @unknown default: return "it cannot be read"
    }
  }
}
