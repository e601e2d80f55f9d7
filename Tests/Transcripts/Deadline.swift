import Dispatch
import Foundation
import Synchronization

/// Ends a process group once its time is up.
///
/// On a queue of the system's, not as a task: the tests beside it may keep every thread that runs tasks busy.
final class Deadline: Sendable {
  private enum State { case waiting, over, fired }
  private let state = Mutex(State.waiting)

  /// Foundation starts every process as the leader of its own group, so what it started ends with it.
  func start(_ limit: Duration, process: Int32) {
    let milliseconds = Int(limit / .milliseconds(1))
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
      let isTime = state.withLock { state in
        if state == .over { return false }
        state = .fired
        return true
      }
      if isTime, kill(-process, SIGKILL) != 0 { kill(process, SIGKILL) }
    }
  }

  /// Whether the process was ended by this deadline.
  func stop() -> Bool {
    state.withLock { state in
      if state == .fired { return true }
      state = .over
      return false
    }
  }
}
