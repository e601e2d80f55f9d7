import ReadoutEngine
import ReadoutVectors

extension ExecutionControl {
  /// Ends the work that was cancelled, ran out of time, or holds more memory than allowed.
  public func check(while step: String = "reading") throws(ReadoutError) {
    if isCancelled { throw .cancelled }
    if isLate {
      throw ReadoutError(
        .request, "the time limit was reached", place: .init(step: step), hint: "give more time with --time-limit")
    }
    if MemoryAccount.isOverLimit { throw .memoryLimit(while: step) }
  }
}

extension ReadoutError {
  static func memoryLimit(while step: String) -> ReadoutError {
    ReadoutError(
      .request, "the memory limit was reached", value: MemoryAccount.shown(MemoryAccount.limit),
      place: .init(step: step),
      hint: "raise it with --memory, or read fewer columns or files")
  }
}
