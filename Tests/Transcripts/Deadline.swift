import Foundation
import Synchronization

/// Ends a process group once its time is up.
final class Deadline: Sendable {
  private struct State {
    var watch: Task<Void, Never>?
    var hasFired = false
  }
  private let state = Mutex(State())

  /// Foundation starts every process as the leader of its own group, so what it started ends with it.
  func start(_ limit: Duration, process: Int32) {
    let watch = Task.detached { [self] in
      guard (try? await Task.sleep(for: limit)) != nil else { return }
      state.withLock { $0.hasFired = true }
      if kill(-process, SIGKILL) != 0 { kill(process, SIGKILL) }
    }
    state.withLock { $0.watch = watch }
  }

  /// Whether the process was ended by this deadline.
  func stop() -> Bool {
    state.withLock {
      $0.watch?.cancel()
      return $0.hasFired
    }
  }
}
