import ReadoutVectors
import Synchronization

/// Hands out the pieces of a report to be formatted, and keeps their text until it is written.
final class PieceQueue: Sendable {
  private struct State {
    var next = 0
    var written = 0
    var isEnded = false
    var ready: [Int: Vector<UInt8>] = [:]
  }

  private let count: Int
  /// How many pieces may be formatted and not yet written.
  private let ahead: Int
  private let state = Mutex(State())

  init(count: Int, ahead: Int) {
    self.count = count
    self.ahead = ahead
  }

  /// The next piece to be formatted; nil where all are given out, or too many wait to be written.
  func next() -> Int? {
    state.withLock { state in
      guard !state.isEnded, state.next < count, state.next < state.written + ahead else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  /// The same, once there is one; nil where all are given out, or the writing has ended.
  func nextWaiting() -> Int? {
    while state.withLock({ !$0.isEnded && $0.next < count }) {
      if let number = next() { return number }
      WorkerThreads.rest()
    }
    return nil
  }

  func put(_ text: Vector<UInt8>, at number: Int) { state.withLock { $0.ready[number] = text } }

  /// The text of a piece, which is then written; nil where it is not ready.
  func take(_ number: Int) -> Vector<UInt8>? {
    state.withLock { state in
      guard let text = state.ready.removeValue(forKey: number) else { return nil }
      state.written = number + 1
      return text
    }
  }

  /// No further piece is given out.
  func end() { state.withLock { $0.isEnded = true } }
}
