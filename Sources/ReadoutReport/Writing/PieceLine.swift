import ReadoutVectors
import Synchronization

/// Pieces of a report that are formatted in any order, a few ahead of the one that is written next.
final class PieceLine: Sendable {
  private struct State {
    var next = 0
    var written = 0
    var isEnded = false
    var done: [Int: Vector<UInt8>] = [:]
  }

  private let count: Int
  private let ahead: Int
  private let state = Mutex(State())

  init(count: Int, ahead: Int) {
    self.count = count
    self.ahead = ahead
  }

  /// The next piece to format; nil where none is left, or enough are waiting to be written.
  func next() -> Int? {
    state.withLock { state in
      guard !state.isEnded, state.next < min(count, state.written + ahead) else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func finish(_ piece: Int, _ bytes: Vector<UInt8>) { state.withLock { $0.done[piece] = bytes } }

  /// The text of a piece, to be written now; nil as long as it is not finished.
  func take(_ piece: Int) -> Vector<UInt8>? {
    state.withLock { state in
      guard let bytes = state.done.removeValue(forKey: piece) else { return nil }
      state.written = piece + 1
      return bytes
    }
  }

  /// Whether nothing is left to be formatted.
  var isOver: Bool { state.withLock { $0.isEnded || $0.next >= count } }

  /// No more is formatted, for all is written or something went wrong.
  func end() { state.withLock { $0.isEnded = true } }
}
