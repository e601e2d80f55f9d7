import Readout
import ReadoutVectors
import Synchronization

/// The command's standard output and standard error.
///
/// When the reader of standard output has gone (`readout … | head`), what would still be printed is dropped in silence and
/// the command goes on: its reports are written all the same.
enum Console {
  private static let isClosed = Atomic<Bool>(false)

  static func print(_ text: String) {
    var sink = StandardOutput()
    // Only a full disk behind a redirection can fail here; there is no better place to say it than standard error.
    do { try sink.write(Array(text.utf8).span) } catch { complain(error.description) }
  }

  /// A line on standard error.
  static func complain(_ text: String) {
    ProgressBar.shared.clear()
    try? OutputFile.standardError.write(all: Array((text + "\n").utf8).span)
  }

  static var terminalColumns: Int? { OutputFile.standardOutput.terminalColumns }

  /// Standard output as a place for reports.
  struct StandardOutput: ByteSink {
    mutating func write(_ bytes: Span<UInt8>) throws(ReadoutError) {
      if isClosed.load(ordering: .relaxed) { return }
      ProgressBar.shared.clear()
      do {
        try OutputFile.standardOutput.write(all: bytes)
      } catch {
        guard error.isClosedPipe else { throw ReadoutError(writing: error) }
        isClosed.store(true, ordering: .relaxed)
      }
    }
  }
}
