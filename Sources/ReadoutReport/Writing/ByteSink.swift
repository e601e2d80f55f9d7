import ReadoutEngine
import ReadoutVectors

/// Where a report's bytes go.
public protocol ByteSink: ~Copyable {
  mutating func write(_ bytes: Span<UInt8>) throws(ReadoutError)
}

/// Keeps the bytes in memory.
public struct MemorySink: ByteSink, ~Copyable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func write(_ span: Span<UInt8>) {
    bytes.reserveCapacity(bytes.count + span.count)
    for i in span.indices { bytes.append(span[i]) }
  }
}

extension OutputFile: ByteSink {
  public mutating func write(_ bytes: Span<UInt8>) throws(ReadoutError) {
    do {
      try write(all: bytes)
    } catch {
      throw ReadoutError(writing: error)
    }
  }
}

extension ReadoutError {
  /// A report that could not be written. The data are not to blame, and neither is the expression; the place to write to is.
  public init(writing problem: FileProblem) {
    self.init(
      .request, "cannot write the report (\(problem.reason))", value: problem.path,
      hint: problem.isMissing
        ? "the folder must exist" : problem.exists ? "a file stands where a folder is wanted" : nil)
  }
}
